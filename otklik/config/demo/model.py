"""What the generator yields: plain frozen values, words as the product's own vocabularies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from otklik.config.demo.people import Person
from otklik.config.demo.places import Place


@dataclass(frozen=True, slots=True)
class DemoDraft:
    """A draft of the answer shown to the approver; `remark` is why it came back.

    `reason` is the remark's ReturnReason.
    """

    at: datetime
    text: str
    remark: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DemoQuestion:
    """One question. `answered_at` is None while it is open; `result` is then empty."""

    number: int
    text: str
    topic: str
    code: str
    place: Place
    body: str
    assigned_at: datetime | None
    answered_at: datetime | None
    answer: str
    result: str
    measures_taken: bool


@dataclass(frozen=True, slots=True)
class DemoAppeal:
    """One appeal with its life up to the end of the demo. All moments are aware.

    After `reopened_at` the case is open again until `second_answered_at`. `usual_end` is the
    term as executors reckon it, before an extension; the lawful one is computed from rules.
    `trouble` says why a signed answer has not reached the citizen by `tried_at` (signed: nobody has
    sent it, to_carry, failed, unconfirmed); such a case is not answered.
    `repeat_of` and `duplicate_of` are numbers (`order`) of earlier appeals; `story` names a
    planned event.
    """

    order: int
    channel: str
    regime: str
    kind: str
    status: str
    external_number: str
    applicant: Person
    text: str
    questions: tuple[DemoQuestion, ...]
    received_at: datetime
    registered_at: datetime | None
    usual_end: datetime
    extended_at: datetime | None
    drafts: tuple[DemoDraft, ...]
    answer: str
    answered_at: datetime | None
    score: int | None
    comment: str
    scored_at: datetime | None
    reopened_at: datetime | None
    second_answer: str
    second_answered_at: datetime | None
    complained_body: str
    repeat_of: int | None
    duplicate_of: int | None
    story: str
    thanks: bool
    trouble: str = ""
    tried_at: datetime | None = None

    @property
    def classified(self) -> bool:
        """Whether somebody has named the topic: not yet for a part of what nobody is given."""
        given = any(question.assigned_at for question in self.questions)
        return self.registered_at is not None and (given or self.order % 3 > 0)

    @property
    def place(self) -> Place:
        return self.questions[0].place
