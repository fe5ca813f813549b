"""Telling of terms: steps of escalation and one digest a morning, each exactly once.

Nothing goes out in quiet hours; what fell due then goes out when they end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Count, Q

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.casework.control.actions.steps import quiet_of
from otklik.casework.control.models import EscalationStep, Told
from otklik.casework.control.queries.people import Recipients
from otklik.casework.control.rules import Manners, fires_at, may_disturb
from otklik.casework.control.vocabulary import Side, StepUnit
from otklik.directory.accounts.models import Account
from otklik.directory.calendars.queries import calendar_for
from otklik.directory.calendars.rules import ProductionCalendar
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import accesses_of, holders_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.actions import tell
from otklik.exchange.notifications.queries import told_by
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.language.wording import counted

AHEAD = timedelta(days=45)
BEHIND = timedelta(days=120)
"""Older than that is the matter of the discipline log, not of reminders."""
_CASES = ("обращение", "обращения", "обращений")


@dataclass(frozen=True)
class _Round:
    """One run for one municipality at one local moment."""

    town: Municipality
    now: datetime
    calendar: ProductionCalendar
    manners: Manners

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def digest_key(self) -> str:
        return f"digest:{self.town.pk}:{self.today}"


@transaction.atomic
def tell_of_terms(*, municipality_id: int, now: datetime) -> int:
    """Tell everybody what is due to be told by now; how many notices went out.

    Runs as often as one likes: the row of quiet hours is the lock, `Told` and the keys of notices
    keep what has been told.
    """
    town = Municipality.objects.get(pk=municipality_id)
    quiet = quiet_of(municipality_id, lock=True)
    turn = _Round(town, now.astimezone(town.tz), calendar_for(municipality_id), quiet.as_manners())
    if not may_disturb(turn.now, turn.manners, turn.calendar):
        return 0
    told = _at_once(turn, _steps(turn, StepUnit.HOURS, frozenset()))
    if turn.calendar.is_working(turn.today) and turn.now.time() >= turn.manners.digest_at:
        # Whoever has had today's digest hears of the rest tomorrow.
        served = told_by(turn.digest_key)
        told += _digest(turn, _steps(turn, StepUnit.DAYS, served), served)
    return told


def _steps(turn: _Round, unit: StepUnit, served: Collection[int]) -> list[Told]:
    """Marks of the steps that fell due and have not told these people yet; nobody of `served`."""
    steps = EscalationStep.objects.filter(municipality=turn.town, is_active=True, unit=unit)
    chosen = list(steps.select_related("role"))
    cases = _open(turn) if chosen else []
    people = Recipients(turn.town.pk, turn.today)
    wanted = [
        Told(step=step, appeal=case, account_id=pk, due_at=case.due_at, told_at=turn.now)
        for step in chosen
        for case in cases
        if case.due_at is not None and _due(turn, step, case.due_at)
        for pk in sorted(people.of(step, case) - set(served))
    ]
    known = _known(wanted)
    fresh = [one for one in wanted if _mark(one) not in known]
    Told.objects.bulk_create(fresh, batch_size=1000)
    return fresh


def _due(turn: _Round, step: EscalationStep, due_at: datetime) -> bool:
    """A step before the term says nothing once the term is over."""
    local = due_at.astimezone(turn.town.tz)
    if step.side == Side.BEFORE and local < turn.now:
        return False
    if step.side == Side.AFTER and local > turn.now:
        return False
    return fires_at(step.as_step(), local, turn.calendar, turn.manners.digest_at) <= turn.now


def _open(turn: _Round) -> list[Appeal]:
    return list(
        Appeal.objects.filter(
            municipality=turn.town,
            status__in=[str(status) for status in OPEN_STATUSES],
            due_at__gte=turn.now - BEHIND,
            due_at__lte=turn.now + AHEAD,
        )
        .only(
            "pk",
            "number",
            "due_at",
            "executor_body_id",
            "account_ids",
            "municipality_id",
            "channel",
        )
        .order_by("due_at", "pk")
    )


def _known(wanted: Sequence[Told]) -> set[tuple[int, int, int, datetime]]:
    cases = {one.appeal_id for one in wanted}
    rows = Told.objects.filter(appeal_id__in=cases)
    return set(rows.values_list("step_id", "appeal_id", "account_id", "due_at"))


def _mark(one: Told) -> tuple[int, int, int, datetime]:
    return (one.step_id, one.appeal_id, one.account_id, one.due_at)


def _at_once(turn: _Round, fresh: Sequence[Told]) -> int:
    """Steps counted in hours do not wait for the morning."""
    sent = 0
    for one in fresh:
        local = one.due_at.astimezone(turn.town.tz)
        over = one.due_at < turn.now
        ended = "истёк" if over else "истекает"
        sent += len(
            tell(
                municipality_id=turn.town.pk,
                account_ids=[one.account_id],
                kind=NoticeKind.OVERDUE if over else NoticeKind.DUE_SOON,
                text=f"Срок обращения №\u00a0{one.appeal.number} {ended} {local:%d.%m в %H:%M}.",
                url=f"/desk/appeals/{one.appeal_id}/",
                case_id=one.appeal_id,
                key=f"step:{one.step_id}:{one.appeal_id}:{one.due_at.timestamp():.0f}",
            )
        )
    return sent


def _digest(turn: _Round, fresh: Sequence[Told], served: Collection[int]) -> int:
    """One notice a person a day: overdue, due by the end of the next working day, escalated."""
    last = turn.calendar.next_working(turn.today + timedelta(days=1))
    until = datetime.combine(last + timedelta(days=1), time(), tzinfo=turn.town.tz)
    groups = _terms(turn, until)
    raised: dict[int, set[int]] = defaultdict(set)
    for one in fresh:
        raised[one.account_id].add(one.appeal_id)
    sent = 0
    for pk, access in _readers(turn, raised, served).items():
        mine = [counts for group, counts in groups.items() if _concerned(access, *group)]
        sums = (sum(late for late, _ in mine), sum(soon for _, soon in mine), len(raised[pk]))
        text = _words(sums, last)
        if text:
            sent += _send(turn, pk, access, text, overdue=bool(sums[0]))
    return sent


def _readers(
    turn: _Round, raised: Mapping[int, set[int]], served: Collection[int]
) -> dict[int, Access]:
    """Whoever controls or prepares answers, and whoever a step of this morning names."""
    pk, day = turn.town.pk, turn.today
    accounts = holders_of(Permission.CONTROL, pk, day) | holders_of(Permission.DRAFT, pk, day)
    named = Account.objects.filter(pk__in=list(raised), is_active=True)
    every = {account.pk for account in (*accounts, *named)}
    return accesses_of(pk, day, every - set(served))


def _words(sums: tuple[int, int, int], last: date) -> str:
    late, soon, raised = sums
    parts = []
    if late:
        parts.append(f"срок ответа пропущен — {counted(late, _CASES)}")
    if soon:
        parts.append(f"срок по {last:%d.%m.%Y} — {counted(soon, _CASES)}")
    if raised:
        parts.append(f"требуют вашего внимания — {counted(raised, _CASES)}")
    return f"Сроки на сегодня: {'; '.join(parts)}." if parts else ""


def _send(turn: _Round, account_id: int, access: Access, text: str, *, overdue: bool) -> int:
    return len(
        tell(
            municipality_id=turn.town.pk,
            account_ids=[account_id],
            kind=NoticeKind.OVERDUE if overdue else NoticeKind.DUE_SOON,
            text=text,
            url="/desk/control/" if access.may(Permission.CONTROL) else "/desk/appeals/",
            key=turn.digest_key,
        )
    )


def _terms(turn: _Round, until: datetime) -> dict[tuple[int | None, str], tuple[int, int]]:
    """By executing body and channel: how many open cases are overdue, how many due by `until`."""
    rows = (
        Appeal.objects.filter(
            municipality=turn.town,
            status__in=[str(status) for status in OPEN_STATUSES],
            due_at__lt=until,
        )
        .order_by()
        .values("executor_body_id", "channel")
        .annotate(late=Count("pk", filter=Q(due_at__lt=turn.now)), every=Count("pk"))
    )
    return {
        (row["executor_body_id"], row["channel"]): (row["late"], row["every"] - row["late"])
        for row in rows
    }


def _concerned(access: Access, body_id: int | None, channel: str) -> bool:
    return any(
        access.allows(permission, body_id=body_id, channel=channel)
        for permission in (Permission.CONTROL, Permission.DRAFT)
    )
