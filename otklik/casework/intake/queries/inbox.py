"""The intake queue: whatever came by any channel and is not a case yet (ust-kubinsky 4.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Left

from otklik.base.errors import NotFound
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.deadlines.queries.planning import planner_for
from otklik.casework.deadlines.rules import CaseFacts, Planner, Starts
from otklik.casework.deadlines.vocabulary import DeadlineKind
from otklik.casework.intake.models import ImportRowResult, SetAside
from otklik.casework.intake.vocabulary import (
    TO_REGISTER,
    InboxKind,
    InboxState,
    Outcome,
    Source,
)
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.queries import inbox as messages_of
from otklik.exchange.channels.vocabulary import Disposition, channel_label
from otklik.language.masking import for_work

WORDS = 200
Cursor = tuple[datetime, str, int]


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """One thing of the queue. `due_at`: three days of art. 8 part 2 of 59-ФЗ, were it an appeal."""

    kind: InboxKind
    pk: int
    channel: str
    at: datetime
    sender: str
    words: str
    state: InboxState
    note: str
    due_at: datetime | None

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}"

    @property
    def channel_label(self) -> str:
        return channel_label(self.channel)

    @property
    def cursor(self) -> Cursor:
        return self.at, str(self.kind), self.pk


@dataclass(frozen=True)
class InboxPage:
    rows: Sequence[Incoming]
    after: Cursor | None


def waiting_messages(access: Access) -> QuerySet[Any]:
    """Messages that are not a case, each with `state` and `aside_reason`."""
    aside = _aside(InboxKind.MESSAGE)
    known = {
        Disposition.ACCEPTED: InboxState.WAITING,
        Disposition.UNREADABLE: InboxState.UNREADABLE,
    }
    cases = [When(disposition=one, then=Value(state.value)) for one, state in known.items()]
    return (
        messages_of(access)
        .filter(case_id__isnull=True)
        .annotate(aside_reason=Subquery(aside.values("reason")[:1]))
        .annotate(
            state=Case(
                When(aside_reason__isnull=False, then=Value(InboxState.ASIDE.value)),
                *cases,
                default=Value(InboxState.AUTOMATIC.value),
                output_field=CharField(),
            )
        )
    )


def refused_rows(access: Access) -> QuerySet[Any]:
    """Rows that imports did not take and that no later import has brought in."""
    return _without_case(access).exclude(_brought_later(access))


def _brought_later(access: Access) -> Exists:
    later = Appeal.objects.filter(
        municipality_id=access.municipality_id,
        external_system=OuterRef("run__source"),
        external_number=OuterRef("external_number"),
    )
    return Exists(later.exclude(external_number=""))


def _refused(access: Access) -> QuerySet[ImportRowResult]:
    return ImportRowResult.objects.filter(
        run__municipality_id=access.municipality_id,
        run__source__in=_sources(access),
        run__dry_run=False,
        outcome=Outcome.REFUSED,
        appeal__isnull=True,
    )


def _without_case(access: Access) -> QuerySet[Any]:
    aside = _aside(InboxKind.ROW)
    return (
        _refused(access)
        .annotate(at=F("run__started_at"), aside_reason=Subquery(aside.values("reason")[:1]))
        .annotate(
            state=Case(
                When(aside_reason__isnull=False, then=Value(InboxState.ASIDE.value)),
                default=Value(InboxState.REFUSED.value),
                output_field=CharField(),
            )
        )
    )


def incoming(
    access: Access,
    *,
    channel: str = "",
    state: str = "",
    after: Cursor | None = None,
    limit: int = 50,
) -> InboxPage:
    """A page of the queue, the shortest time left first; without `state`, what needs a person."""
    states = [state] if state in InboxState.values else [one.value for one in TO_REGISTER]
    messages = _lean(waiting_messages(access))
    rows = refused_rows(access).select_related("run")
    if channel:
        messages = messages.filter(channel=channel)
        rows = rows.filter(run__source__in=[one for one in Source if one.channel == channel])
    first = _after(messages.filter(state__in=states), "received_at", InboxKind.MESSAGE, after)
    second = _after(rows.filter(state__in=states), "at", InboxKind.ROW, after)
    planner = planner_for(access.municipality_id)
    found = [
        *(_of_message(one, planner, access) for one in first[: limit + 1]),
        *(_of_row(one, planner) for one in second[: limit + 1]),
    ]
    found.sort(key=lambda one: one.cursor)
    more = len(found) > limit
    return InboxPage(found[:limit], found[limit - 1].cursor if more else None)


def inbox_counts(access: Access) -> dict[str, int]:
    """How much stands in each state; two queries."""
    counts = dict.fromkeys(InboxState.values, 0)
    for found in (waiting_messages(access), refused_rows(access)):
        for name, number in found.order_by().values_list("state").annotate(n=Count("pk")):
            counts[name] += number
    return counts


def to_register(access: Access) -> list[QuerySet[Any]]:
    """What needs a person, of both kinds, in no order; nothing without the right.

    The same as the states `TO_REGISTER` of the queue, said in a way that every page can afford.
    """
    if not access.may(Permission.REGISTER):
        return []
    needing = (Disposition.ACCEPTED, Disposition.UNREADABLE)
    messages = messages_of(access).filter(case_id__isnull=True, disposition__in=needing)
    found: list[QuerySet[Any]] = [
        messages.exclude(Exists(_aside(InboxKind.MESSAGE))),
        _refused(access).exclude(_brought_later(access)).exclude(Exists(_aside(InboxKind.ROW))),
    ]
    return [one.order_by() for one in found]


def message_of(access: Access, pk: int) -> Any:
    """One waiting message with its text; raise NotFound when it has become a case."""
    found = waiting_messages(access).filter(pk=pk).first()
    if found is None:
        raise _gone()
    return found


def row_result_of(access: Access, pk: int) -> Any:
    """A row that belongs to no case; also while its case is being registered. Raise NotFound."""
    found = _without_case(access).select_related("run").filter(pk=pk).first()
    if found is None:
        raise _gone()
    return found


def thing_of(access: Access, kind: str, pk: int) -> Incoming:
    """One thing of the queue as the list shows it; raise NotFound."""
    return things_of(access, [(kind, pk)])[0]


def things_of(access: Access, wanted: Sequence[tuple[str, int]]) -> list[Incoming]:
    """Things of the queue, messages first; raise NotFound when one of them has left it."""
    ids = {kind: [pk for one, pk in wanted if one == kind] for kind in InboxKind}
    planner = planner_for(access.municipality_id)
    messages = _lean(waiting_messages(access)).filter(pk__in=ids[InboxKind.MESSAGE])
    rows = refused_rows(access).select_related("run").filter(pk__in=ids[InboxKind.ROW])
    found = [
        *(_of_message(one, planner, access) for one in messages),
        *(_of_row(one, planner) for one in rows),
    ]
    if len(found) < len(set(wanted)) or not found:
        raise _gone()
    return found


def _lean(messages: QuerySet[Any]) -> QuerySet[Any]:
    """Without what a list does not show."""
    found: QuerySet[Any] = messages.annotate(words=Left("text", WORDS))
    return found.defer("raw", "text", "quoted", "file_problems", "details")


def _gone() -> NotFound:
    return NotFound(
        "Во входящих этого уже нет.",
        "Его зарегистрировали или отнесли к обращению. Обновите список.",
    )


def _aside(kind: InboxKind) -> QuerySet[SetAside]:
    return SetAside.objects.filter(
        kind=kind, target_id=OuterRef("pk"), returned_at__isnull=True
    ).order_by("pk")


def _sources(access: Access) -> list[Source]:
    """Systems whose channel the right to register covers."""
    reach = access.reach(Permission.REGISTER)
    return [one for one in Source if reach.everywhere or reach.at(one.channel).everywhere]


def _after(found: QuerySet[Any], moment: str, kind: InboxKind, cursor: Cursor | None) -> Any:
    """Rows behind the cursor; of equal moments messages stand before rows."""
    found = found.order_by(moment, "pk")
    if cursor is None:
        return found
    at, before, pk = cursor
    behind = Q(**{f"{moment}__gt": at})
    if kind == before:
        behind |= Q(**{moment: at, "pk__gt": pk})
    elif kind > before:
        behind |= Q(**{moment: at})
    return found.filter(behind)


def _of_message(one: Any, planner: Planner, access: Access) -> Incoming:
    personal = access.allows(Permission.VIEW_PERSONAL, channel=one.channel)
    said = one.subject or " ".join(one.words.split())
    return Incoming(
        kind=InboxKind.MESSAGE,
        pk=one.pk,
        channel=one.channel,
        at=one.received_at,
        sender=(one.sender_name or one.sender) if personal else "",
        words=said if personal else for_work(said).text,
        state=InboxState(one.state),
        note=one.aside_reason or one.reason,
        due_at=_due(planner, one.channel, one.received_at),
    )


def _of_row(one: Any, planner: Planner) -> Incoming:
    channel = Source(one.run.source).channel
    number = f" № {one.external_number}" if one.external_number else ""
    return Incoming(
        kind=InboxKind.ROW,
        pk=one.pk,
        channel=channel,
        at=one.at,
        sender="",
        words=f"Строка {one.row_number}{number} файла «{one.run.file_name}»",
        state=InboxState(one.state),
        note=one.aside_reason or " ".join(part for part in (one.reason, one.mend) if part),
        due_at=_due(planner, channel, one.at),
    )


def _due(planner: Planner, channel: str, at: datetime) -> datetime | None:
    facts = CaseFacts(
        regime=Regime.LAW59, channel=channel if channel in Channel.values else Channel.OTHER
    )
    term = planner.term(DeadlineKind.REGISTRATION, facts, Starts(received_at=at))
    return term.computed.due_at if term else None
