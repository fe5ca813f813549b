"""Reading formal parts and the lists of work on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from otklik.casework.appeals.models import Appeal, Question
from otklik.casework.appeals.queries import may_classify, visible_to
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.casework.formalising.models import Formalisation
from otklik.casework.formalising.rules import may_confirm
from otklik.casework.formalising.vocabulary import FormalState
from otklik.directory.organisation.queries import reached
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.language.essence import Formal, formal


@dataclass(frozen=True)
class Part:
    """One question of a card with its formal part, if any, and what the text suggests."""

    question: Question
    found: Formalisation | None
    suggested: Formal
    may_enter: bool
    may_confirm: bool

    @property
    def waiting(self) -> bool:
        return self.found is not None and self.found.state == FormalState.ENTERED


def parts_of(access: Access, case: Appeal, reasons: list[str]) -> list[Part]:
    """Of a case read by `appeals.queries.card`. One query.

    The whole text is read for the first question while it has no text of its own; `reasons` are
    the words that spoke for the topic.
    """
    found = {
        one.question_id: one
        for one in Formalisation.objects.filter(question__appeal=case).select_related(
            "holder", "given_to", "landmark"
        )
    }
    classifies = may_classify(access, case)
    return [_part(access, case, one, found.get(one.pk), classifies, reasons)
            for one in case.questions.all()]  # fmt: skip


def _part(
    access: Access,
    case: Appeal,
    question: Question,
    found: Formalisation | None,
    classifies: bool,
    reasons: list[str],
) -> Part:
    mine = found is not None and found.given_to_id == access.account_id
    return Part(
        question=question,
        found=found,
        suggested=suggested_for(case, question, reasons),
        may_enter=classifies or mine,
        may_confirm=may_confirm(
            classifies=classifies,
            account_id=access.account_id,
            given_to=found.given_to_id if found else None,
            given_by=found.given_by_id if found else None,
        ),
    )


def suggested_for(case: Appeal, question: Question, reasons: list[str]) -> Formal:
    """What the text of a question says of it. No queries."""
    return formal(question.text or case.text, reasons if question.number == 1 else ())


def _visible(access: Access) -> QuerySet[Formalisation]:
    seen = reached(access, Permission.VIEW_APPEALS, "question__appeal__")
    return (
        Formalisation.objects.filter(question__appeal__municipality_id=access.municipality_id)
        .filter(seen)
        .select_related("question__appeal__topic", "question__appeal__settlement", "given_to")
    )


def given_to_me(access: Access) -> QuerySet[Formalisation]:
    """Work that waits for this person, by its day."""
    mine = _visible(access).filter(given_to_id=access.account_id, state=FormalState.PROPOSED)
    return mine.order_by("due_on", "pk")


def given_out(access: Access) -> QuerySet[Formalisation]:
    """Work that others have not done yet, of cases this person may classify."""
    return (
        _of_mine(access)
        .filter(given_to__isnull=False, state=FormalState.PROPOSED)
        .order_by("due_on", "pk")
    )


def to_check(access: Access) -> QuerySet[Formalisation]:
    """What was entered and waits for a check, of cases this person may classify."""
    own = Q(given_to_id=access.account_id) & ~Q(given_by_id=access.account_id)
    found = _of_mine(access).filter(state=FormalState.ENTERED)
    return found.exclude(own).order_by("entered_at", "pk")


def confirmed(access: Access) -> QuerySet[Formalisation]:
    return _visible(access).filter(state=FormalState.CONFIRMED).order_by("-confirmed_at", "-pk")


def _of_mine(access: Access) -> QuerySet[Formalisation]:
    return _visible(access).filter(reached(access, Permission.CLASSIFY, "question__appeal__"))


def without(access: Access) -> QuerySet[Appeal]:
    """Open cases of this person's right where nobody has begun."""
    begun = Formalisation.objects.filter(question__appeal=OuterRef("pk"))
    return (
        visible_to(access)
        .filter(reached(access, Permission.CLASSIFY), status__in=OPEN_STATUSES)
        .filter(~Exists(begun))
    )


def numbers(access: Access, **wanted: Any) -> dict[tuple[str, str], int]:
    """How many confirmed questions there are by (theme, kind); `wanted`: conditions on cases.

    (novoduginsky 2.4: структурирует количество)
    """
    conditions = {f"question__appeal__{name}": value for name, value in wanted.items()}
    rows = (
        _visible(access)
        .filter(state=FormalState.CONFIRMED, **conditions)
        .order_by()
        .values_list("question__appeal__theme", "kind")
        .annotate(number=Count("pk"))
    )
    return {(theme, kind): number for theme, kind, number in rows}


def holder_of(appeal: Appeal) -> int | None:
    """The body on whose balance the object of the case is; at most two queries."""
    said = (
        Formalisation.objects.filter(question__appeal=appeal, holder__isnull=False)
        .exclude(state=FormalState.PROPOSED)
        .order_by("question__number")
        .values_list("holder_id", flat=True)
        .first()
    )
    if said is not None or appeal.house_id is None:
        return said
    return appeal.house.holder_id if appeal.house else None
