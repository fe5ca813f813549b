"""The state of a question for ССТУ.РФ, derived from the question and its case."""

from __future__ import annotations

from datetime import date

from otklik.casework.appeals.vocabulary import Result, Status
from otklik.coordination.sstu.rules.facts import CaseFacts, QuestionFacts
from otklik.coordination.sstu.vocabulary import SstuStatus

REVIEWED = {
    Result.SUPPORTED: SstuStatus.SUPPORTED,
    Result.EXPLAINED: SstuStatus.EXPLAINED,
    Result.NOT_SUPPORTED: SstuStatus.NOT_SUPPORTED,
}


def status_of(case: CaseFacts, question: QuestionFacts, as_of: date) -> SstuStatus:
    """One of the nine states on the day `as_of`.

    A result that the executor has chosen counts only once the answer has gone; a decision of the
    case (forwarded, left, withdrawn) counts for its questions without a result of their own.
    """
    if case.received_on is None or case.received_on > as_of:
        return SstuStatus.NOT_RECEIVED
    if case.registered_on is None or case.status == Status.RECEIVED:
        return SstuStatus.NOT_REGISTERED
    decided = question.result or _of_case(case.status)
    if decided == Result.TRANSFERRED:
        return SstuStatus.TRANSFERRED
    if decided == Result.LEFT:
        return SstuStatus.LEFT
    if responded_on(case, question) is None:
        return SstuStatus.IN_WORK
    return REVIEWED.get(Result(decided), SstuStatus.ANSWERED) if decided else SstuStatus.ANSWERED


def responded_on(case: CaseFacts, question: QuestionFacts) -> date | None:
    """The day the author got an answer or a decision on this question."""
    if question.answered_on is not None:
        return question.answered_on
    return case.answered_on if case.status == Status.ANSWERED else None


def _of_case(status: str) -> str:
    if status == Status.FORWARDED:
        return Result.TRANSFERRED
    return Result.LEFT if status in (Status.LEFT, Status.WITHDRAWN) else ""
