"""Conversations with citizens in networks and messengers: who answers, and was it answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Left

from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.queries import covers, visible_to
from otklik.casework.appeals.vocabulary import OPEN_STATUSES, AssignmentRole, Status
from otklik.casework.intake.vocabulary import TalkState
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.models import ChannelAccount, InboundMessage, OutboundMessage
from otklik.exchange.channels.queries import accounts, in_reach
from otklik.exchange.channels.vocabulary import (
    DONE_STATES,
    ChannelKind,
    Disposition,
    InboundKind,
    OutboundState,
    Purpose,
    channel_label,
)
from otklik.language.masking import for_work

SOCIAL = (InboundKind.COMMENT, InboundKind.DIRECT)
NETWORKS = (ChannelKind.VK, ChannelKind.OK, ChannelKind.TELEGRAM, ChannelKind.MAX)
WORDS = 300
COUNTED = ("waiting", "answered", "loose")
Cursor = tuple[datetime, int]


@dataclass(frozen=True, kw_only=True)
class TalkFilter:
    """All conditions are added up. `group`: the direction, as topics name it."""

    group: str = ""
    topic: int | None = None
    channel: str = ""
    account: int | None = None
    state: str = ""
    body: int | None = None
    person: int | None = None
    nobody: bool = False


@dataclass(frozen=True, kw_only=True)
class Talk:
    """One conversation by its last word. `people`: who answers inside the body; `answer`: our last
    answer, wherever it stands; `again`: the citizen wrote after it."""

    at: datetime
    pk: int
    words: str
    sender: str
    place: str
    kind: str
    state: TalkState
    case: Appeal | None
    people: Sequence[str]
    answer: OutboundMessage | None
    personal: bool

    @property
    def again(self) -> bool:
        sent = self.answer.sent_at if self.answer else None
        return sent is not None and self.at > sent


@dataclass(frozen=True)
class TalkPage:
    rows: Sequence[Talk]
    after: Cursor | None


@dataclass(frozen=True)
class AccountLine:
    """An account with its conversations of the period."""

    account: ChannelAccount
    waiting: int
    answered: int
    loose: int


def conversations(access: Access) -> QuerySet[Any]:
    """The last word of each conversation, with its `state`: of cases the person may see, and
    what is no case yet in channels where he registers (ust-kubinsky:2.2.2)."""
    words = InboundMessage.objects.filter(kind__in=SOCIAL, disposition=Disposition.ACCEPTED)
    later = words.filter(
        Q(received_at__gt=OuterRef("received_at"))
        | Q(received_at=OuterRef("received_at"), pk__gt=OuterRef("pk")),
        municipality_id=access.municipality_id,
        account_id=OuterRef("account_id"),
    )
    loose = later.filter(case_id__isnull=True, kind=OuterRef("kind"))
    waits = Q(case_id__isnull=True) & Q(
        ~Exists(
            loose.filter(
                Q(kind=InboundKind.COMMENT, thread_key=OuterRef("thread_key"))
                | Q(kind=InboundKind.DIRECT, sender=OuterRef("sender"))
            )
        )
    )
    mine = Q(case_id__in=visible_to(access).order_by().values("pk"))
    taken = mine & Q(~Exists(later.filter(case_id=OuterRef("case_id"))))
    if access.may(Permission.REGISTER):
        taken |= waits & in_reach(access, Permission.REGISTER)
    return words.filter(taken, municipality_id=access.municipality_id).annotate(state=_state())


def _state() -> Case:
    case = Appeal.objects.filter(pk=OuterRef("case_id"))
    under_way = OutboundMessage.objects.filter(
        case_id=OuterRef("case_id"), purpose=Purpose.ANSWER
    ).exclude(state__in=(*DONE_STATES, OutboundState.CANCELLED))
    return Case(
        When(case_id__isnull=True, then=Value(TalkState.LOOSE.value)),
        When(Exists(under_way), then=Value(TalkState.ON_WAY.value)),
        When(Exists(case.filter(status__in=OPEN_STATUSES)), then=Value(TalkState.WAITING.value)),
        When(Exists(case.filter(status=Status.ANSWERED)), then=Value(TalkState.ANSWERED.value)),
        default=Value(TalkState.CLOSED.value),
        output_field=CharField(),
    )


def talks(
    access: Access, wanted: TalkFilter, *, after: Cursor | None = None, limit: int = 50
) -> TalkPage:
    """A page, the newest word first; five queries however many rows."""
    found = _narrowed(conversations(access), access, wanted)
    if after is not None:
        at, pk = after
        found = found.filter(Q(received_at__lt=at) | Q(received_at=at, pk__lt=pk))
    found = found.annotate(words=Left("text", WORDS)).defer("raw", "text", "quoted", "details")
    rows = list(found.order_by("-received_at", "-pk")[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    known = _around(access, rows)
    return TalkPage(
        [_talk(access, row, known) for row in rows],
        (rows[-1].received_at, rows[-1].pk) if more else None,
    )


def account_lines(access: Access, *, now: datetime, days: int = 30) -> list[AccountLine]:
    """Accounts of networks and messengers, the silent ones too; two queries.

    Counted are the conversations whose last word is of the last `days`.
    """
    since = now - timedelta(days=days)
    counted: Mapping[int, Mapping[str, Any]] = {
        row["account_id"]: row
        for row in conversations(access)
        .filter(received_at__gte=since)
        .order_by()
        .values("account_id")
        .annotate(
            waiting=Count("pk", filter=Q(state__in=(TalkState.WAITING, TalkState.ON_WAY))),
            answered=Count("pk", filter=Q(state=TalkState.ANSWERED)),
            loose=Count("pk", filter=Q(state=TalkState.LOOSE)),
        )
    }
    none: Mapping[str, int] = {}
    lines = [
        AccountLine(account, *(counted.get(account.pk, none).get(name, 0) for name in COUNTED))
        for account in accounts(access)
        if account.pk in counted or account.kind in NETWORKS
    ]
    return sorted(lines, key=lambda line: (-line.waiting, -line.loose, line.account.title))


def _narrowed(found: QuerySet[Any], access: Access, wanted: TalkFilter) -> QuerySet[Any]:
    plain = {"channel": wanted.channel, "account_id": wanted.account, "state": wanted.state}
    found = found.filter(**{name: value for name, value in plain.items() if value})
    of_case = {
        "topic__group": wanted.group,
        "topic_id": wanted.topic,
        "executor_body_id": wanted.body,
        "account_ids__contains": [wanted.person] if wanted.person else None,
        "executor_body__isnull": wanted.nobody or None,
    }
    given = {name: value for name, value in of_case.items() if value}
    if given:
        cases = Appeal.objects.filter(municipality_id=access.municipality_id, **given)
        found = found.filter(case_id__in=cases.order_by().values("pk"))
    return found


@dataclass(frozen=True)
class _Around:
    cases: Mapping[int, Appeal]
    answers: Mapping[int, OutboundMessage]
    people: Mapping[int, list[str]]
    titles: Mapping[int, str]


def _around(access: Access, rows: Sequence[Any]) -> _Around:
    ids = {row.case_id for row in rows if row.case_id}
    cases = Appeal.objects.select_related("topic", "executor_body").defer("search", "text")
    answers = OutboundMessage.objects.filter(case_id__in=ids, purpose=Purpose.ANSWER)
    assigned = Assignment.objects.filter(
        question__appeal_id__in=ids, role=AssignmentRole.MAIN, withdrawn_at__isnull=True,
        account__isnull=False,
    ).select_related("account").annotate(case=F("question__appeal_id"))  # fmt: skip
    people: dict[int, list[str]] = {}
    for one in assigned.order_by("question__number"):
        named = people.setdefault(one.case, [])
        if one.account and one.account.short_name not in named:
            named.append(one.account.short_name)
    return _Around(
        cases=cases.in_bulk(ids),
        answers={one.case_id or 0: one for one in answers.defer("html").order_by("pk")},
        people=people,
        titles=dict(
            accounts(access).filter(pk__in={r.account_id for r in rows}).values_list("pk", "title")
        ),
    )


def _talk(access: Access, row: Any, known: _Around) -> Talk:
    case = known.cases.get(row.case_id) if row.case_id else None
    if case is None:
        personal = access.allows(Permission.VIEW_PERSONAL, channel=row.channel)
    else:
        personal = covers(access, Permission.VIEW_PERSONAL, case)
    said = " ".join(row.words.split())
    return Talk(
        at=row.received_at,
        pk=row.pk,
        words=said if personal else for_work(said).text,
        sender=(row.sender_name or row.sender) if personal else "",
        place=f"{channel_label(row.channel)}: {known.titles.get(row.account_id, '')}",
        kind=InboundKind(row.kind).label,
        state=TalkState(row.state),
        case=case,
        people=known.people.get(row.case_id or 0, []),
        answer=known.answers.get(row.case_id or 0),
        personal=personal,
    )
