"""The registers as a person sees them. Every list starts from `visible_to(access)`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from otklik.base.errors import NotFound
from otklik.casework.quality.models import Advice, Finding, Signal
from otklik.casework.quality.vocabulary import ADVICE_OPEN, AdviceState, SignalState, Sort
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

PAGE = 50
RIGHTS = (Permission.QUALITY, Permission.CONTROL)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a register shows; empty conditions do not count, dates are inclusive."""

    sort: str = ""
    kind: str = ""
    state: str = ""
    body_id: int | None = None
    since: date | None = None
    until: date | None = None


def visible_to(access: Access) -> QuerySet[Finding]:
    """Findings of the bodies whose quality or terms this person keeps an eye on, and his own."""
    return Finding.objects.filter(municipality_id=access.municipality_id).filter(
        _reach(access, "body_id", "appeal", "person_id")
    )


def advice_to(access: Access) -> QuerySet[Advice]:
    """Recommendations addressed to those bodies, or made on findings that are seen."""
    seen = _reach(access, "finding__body_id", "finding__appeal", "finding__person_id") | _reach(
        access, "body_id", "finding__appeal"
    )
    return Advice.objects.filter(seen, finding__municipality_id=access.municipality_id)


def signals_for(access: Access) -> QuerySet[Signal]:
    return Signal.objects.filter(
        _reach(access, "appeal__executor_body_id", "appeal"), municipality_id=access.municipality_id
    )


def findings(access: Access, wanted: Wanted) -> QuerySet[Finding]:
    """One register, the newest first. Raises Forbidden without the right to any of it."""
    _require(access)
    given = {
        "sort": wanted.sort,
        "kind": wanted.kind,
        "state": wanted.state,
        "body_id": wanted.body_id,
        "happened_on__gte": wanted.since,
        "happened_on__lte": wanted.until,
    }
    chosen = {column: value for column, value in given.items() if value not in ("", None)}
    return (
        visible_to(access)
        .filter(**chosen)
        .select_related("appeal", "body", "person")
        .defer("appeal__search", "appeal__text")
        .annotate(advised=Count("advice"))
        .order_by("-happened_on", "-pk")
    )


def finding_of(access: Access, pk: int) -> Finding:
    """One finding with its advice; NotFound when hidden or absent."""
    found = (
        visible_to(access)
        .select_related("appeal", "body", "person", "reply", "deadline", "signal")
        .prefetch_related(Prefetch("advice", queryset=Advice.objects.select_related("body")))
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NotFound("Такой записи нет или она вам не доступна.", "Откройте реестр заново.")
    return found


def waiting_signals(access: Access) -> QuerySet[Signal]:
    """Proposals nobody has decided on yet, the newest first."""
    return (
        signals_for(access)
        .filter(state=SignalState.WAITING)
        .select_related("appeal", "appeal__executor_body")
        .defer("appeal__search")
    )


def advice_list(access: Access, state: str = "") -> QuerySet[Advice]:
    """Recommendations, those still to be done first."""
    found = advice_to(access).select_related("finding", "finding__appeal", "body")
    if state in AdviceState.values:
        found = found.filter(state=state)
    return found.defer("finding__appeal__search").order_by("due_on", "-pk")


def counts(access: Access) -> dict[str, int]:
    """How much each tab of the register holds: three statements."""
    sorts = {str(sort): Count("pk", filter=Q(sort=sort)) for sort in Sort}
    return {
        **visible_to(access).aggregate(**sorts),
        "signals": signals_for(access).filter(state=SignalState.WAITING).count(),
        "advice": advice_to(access).filter(state__in=ADVICE_OPEN).count(),
    }


def of_case(appeal_id: int) -> tuple[Sequence[Finding], Sequence[Signal]]:
    """What is known of one case, for its card: two statements. The case itself was checked."""
    known = Finding.objects.filter(appeal_id=appeal_id).select_related("body")
    waiting = Signal.objects.filter(appeal_id=appeal_id, state=SignalState.WAITING)
    return list(known[:20]), list(waiting[:20])


def _require(access: Access) -> None:
    if not any(access.may(right) for right in RIGHTS):
        access.require_any(Permission.QUALITY)


def _reach(access: Access, body: str, case: str, person: str = "") -> Q:
    reaches = [access.reach(right) for right in RIGHTS]
    if any(reach.everywhere for reach in reaches):
        return Q()
    bodies = sorted(set().union(*(reach.body_ids for reach in reaches)))
    found = Q(**{f"{body}__in": bodies})
    for reach in reaches:
        for channel, inner in reach.by_channel.items():
            within = Q(**{f"{case}__channel": channel})
            found |= within if inner.everywhere else within & Q(**{f"{body}__in": inner.body_ids})
    if person and access.account_id is not None:
        found |= Q(**{person: access.account_id})
    return found
