"""Importance, the fast track, the executor's term. Terms only grow shorter here."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.casework.appeals.actions import set_fast_track, set_priority
from otklik.casework.appeals.models import Assignment
from otklik.casework.appeals.vocabulary import AssignmentRole, Priority
from otklik.casework.automation.actions.kinds.base import Kind, NotAppliedError, Params, Run
from otklik.casework.automation.models import Mechanism
from otklik.casework.deadlines.actions import set_deadlines
from otklik.casework.deadlines.rules import Rule, due
from otklik.casework.deadlines.vocabulary import CountedFrom, DeadlineKind, EndShift, Unit
from otklik.directory.calendars.queries import calendar_for

LONGEST = {Unit.CALENDAR_DAYS: 30, Unit.WORKING_DAYS: 20, Unit.WORKING_HOURS: 160}
"""No term of a rule is longer than the 30 days of the law (59-ФЗ, art. 12 part 1)."""


def check_term(unit: str, amount: int) -> None:
    """Raise Refused for a term of nothing or one longer than the law gives."""
    most = LONGEST.get(Unit(unit), 0) if unit in Unit.values else 0
    if not 1 <= amount <= most:
        raise Refused(
            "Срок должен быть не меньше единицы и не больше 30 календарных дней, "
            "20 рабочих дней или 160 рабочих часов.",
            "Укажите другой срок: правило может только ускорить ответ.",
        )


class HighPriority(Kind):
    slug = "priority"
    label = "повысить важность"

    def check(self, municipality_id: int, params: Params) -> None:
        """Nothing to choose: importance is only ever raised."""

    def apply(self, run: Run, params: Params) -> str:
        if run.appeal.priority == Priority.HIGH:
            raise NotAppliedError("важность уже повышенная")
        with transaction.atomic():
            before = run.appeal.due_at
            set_priority(
                access=run.access,
                appeal_id=run.appeal.pk,
                priority=Priority.HIGH,
                rule=run.rule.name,
            )
            _recount(run, before)
        return "повысило важность"


class FastTrack(Kind):
    slug = "fast_track"
    label = "отметить ускоренное решение"

    def check(self, municipality_id: int, params: Params) -> None:
        """A mechanism brings its own term; a mark alone takes the centre's fast-track terms."""

    def apply(self, run: Run, params: Params) -> str:
        if run.appeal.fast_track:
            raise NotAppliedError("ускоренное решение уже отмечено")
        mechanism = Mechanism.objects.filter(pk=run.rule.mechanism_id or 0).first()
        with transaction.atomic():
            before = run.appeal.due_at
            set_fast_track(
                access=run.access,
                appeal_id=run.appeal.pk,
                mechanism=mechanism.name if mechanism else "",
            )
            _recount(run, before)
        return "отметило ускоренное решение"


class Term(Kind):
    slug = "term"
    label = "установить срок исполнителю"

    def check(self, municipality_id: int, params: Params) -> None:
        check_term(params["unit"], params["amount"])

    def apply(self, run: Run, params: Params) -> str:
        rule = Rule(
            slug="auto-rule",
            kind=DeadlineKind.ANSWER,
            unit=Unit(params["unit"]),
            amount=params["amount"],
            counted_from=CountedFrom.ASSIGNMENT,
            end_shift=EndShift.PRECEDING,
        )
        calendar = calendar_for(run.appeal.municipality_id)
        wanted = due(rule, clock.now(), calendar).due_at
        if run.appeal.due_at is not None:
            wanted = min(wanted, run.appeal.due_at)
        changed = 0
        for assignment in Assignment.objects.select_for_update().filter(
            question__appeal=run.appeal, role=AssignmentRole.MAIN, withdrawn_at__isnull=True
        ):
            if assignment.due_at is None or assignment.due_at > wanted:
                assignment.due_at = wanted
                assignment.save(update_fields=["due_at"])
                changed += 1
        if not changed:
            raise NotAppliedError("нет исполнителя или его срок уже не позже")
        return f"установило срок исполнителю — {wanted.astimezone(calendar.zone):%d.%m.%Y %H:%M}"


def _recount(run: Run, before: datetime | None) -> None:
    """Count the terms anew; raise NotAppliedError (and so take back) when the answer is put off."""
    run.appeal.refresh_from_db()
    set_deadlines(appeal=run.appeal)
    after = run.appeal.due_at
    if before is not None and after is not None and after > before:
        raise NotAppliedError("срок ответа стал бы длиннее действующего")
    run.appeal.refresh_from_db()
