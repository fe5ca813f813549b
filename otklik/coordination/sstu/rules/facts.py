"""What the package needs to know of a case, without the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from otklik.coordination.sstu.vocabulary import Mend


@dataclass(frozen=True, kw_only=True)
class TransferFacts:
    """One copy sent to one addressee (59-ФЗ, art. 8 part 4)."""

    addressee: str
    department_id: UUID | None
    on: date
    number: str


@dataclass(frozen=True, kw_only=True)
class AnswerFacts:
    """The answer that covers the question; its file is made only when the package leaves."""

    reply_id: int
    text: str


@dataclass(frozen=True, kw_only=True)
class QuestionFacts:
    number: int
    topic: str
    code: str
    result: str
    answered_on: date | None
    measures_taken: bool
    transfers: tuple[TransferFacts, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """Days are local days of the municipality; `status` is the status of the case."""

    appeal_id: int
    number: str
    status: str
    direct: bool
    electronic: bool
    anonymous: bool
    name: str
    address: str
    email: str
    received_on: date | None
    registered_on: date | None
    answered_on: date | None
    extended: bool
    answer: AnswerFacts | None
    questions: tuple[QuestionFacts, ...]


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """What keeps a case out of the package, and where to mend it."""

    appeal_id: int
    number: str
    question: int | None
    missing: str
    mend: str
    where: str = str(Mend.CARD)
