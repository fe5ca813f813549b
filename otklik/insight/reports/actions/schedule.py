"""Papers by themselves: each kind by its own rhythm, once for a period."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Forbidden, Refused
from otklik.base.rhythm import Rhythm, Step
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.actions import tell_holders
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.insight.reports.actions.making import make_if_due
from otklik.insight.reports.catalogue import Kind, kind_of, kinds
from otklik.insight.reports.events import ScheduleSet
from otklik.insight.reports.models import Note, Schedule
from otklik.insight.reports.queries.notes import made_for
from otklik.insight.reports.queries.schedules import plan_of, plans_set
from otklik.insight.reports.rules.plan import Plan, rhythm_words
from otklik.insight.reports.vocabulary import WEEKLY
from otklik.language.wording import period_words
from otklik.records.journal.actions import record

SETTERS = "Попросите того, кто готовит отчёты по всему муниципалитету."


def make_due(*, municipality_id: int) -> list[Note]:
    """Papers whose hour has come and that are not there yet.

    A period of which there is nothing to say gets no paper. A schedule that missed its hour
    makes up for it until the next one is due.
    """
    town = Municipality.objects.get(pk=municipality_id)
    plans = plans_set(town.pk)
    made = [
        _make(town, kind, plan)
        for kind in kinds().values()
        if (plan := plans.get(kind.slug, kind.plan)).on and not kind.of_body
    ]
    return [note for note in made if note is not None]


def make_weekly(*, municipality_id: int) -> Note | None:
    """The analytical note alone, by its schedule."""
    town, kind = Municipality.objects.get(pk=municipality_id), kind_of(WEEKLY)
    plan = plan_of(town.pk, WEEKLY, kind.plan)
    return _make(town, kind, plan) if plan.on else None


@transaction.atomic
def set_schedule(*, access: Access, kind: str, plan: Plan) -> None:
    """When papers of the kind are made; raises Forbidden without the right for all of the
    municipality, Refused for one that is made by hand only."""
    if not access.reach(Permission.REPORT).everywhere:
        raise Forbidden("Расписание документов вы изменить не можете.", SETTERS)
    access = access.under(Permission.REPORT)
    found = kind_of(kind)
    if found.of_body:
        raise Refused("Этот отчёт составляют по каждому органу.", "Составьте его из каталога.")
    town = Municipality.objects.select_for_update().get(pk=access.municipality_id)
    if plan_of(town.pk, kind, found.plan) == plan:
        return
    Schedule.objects.update_or_create(
        municipality=town,
        kind=kind,
        defaults={
            "on": plan.on,
            "step": plan.rhythm.step.value,
            "day": plan.rhythm.day,
            "hour": plan.rhythm.hour,
            "due_days": plan.due_days,
            "recipient": plan.recipient.strip()[:300],
            "saved_at": clock.now(),
            "saved_by": access.actor.label,
        },
    )
    event = ScheduleSet(
        subject_id=town.pk, paper=found.name, on=plan.on, rhythm=rhythm_words(plan.rhythm)
    )
    record(event, actor=access.actor, municipality_id=town.pk)


def set_weekly(*, access: Access, on: bool) -> None:
    """Switch the weekly note on or off; its day and hour stay."""
    kind = kind_of(WEEKLY)
    plan = plan_of(access.municipality_id, WEEKLY, kind.plan)
    changed = Plan(on=on, rhythm=plan.rhythm, due_days=plan.due_days, recipient=plan.recipient)
    set_schedule(access=access, kind=WEEKLY, plan=changed)


def rhythm_from(step: str, day: int, hour: int) -> Rhythm:
    """What a form says; raises Refused for a day there is not."""
    try:
        return Rhythm(step=Step(step), day=0 if step == Step.DAY else day, hour=hour)
    except ValueError:
        raise Refused(
            "Такого дня или часа нет.",
            "День недели — от 1 до 7, число месяца — от 1 до 28, час — от 0 до 23.",
        ) from None


def _make(town: Municipality, kind: Kind, plan: Plan) -> Note | None:
    since, until = plan.last(clock.now().astimezone(town.tz))
    if made_for(town.pk, kind.slug, since, until) is not None:
        return None
    access = Access.system(town.pk, label="Расписание")
    note = make_if_due(access=access, kind=kind, since=since, until=until)
    if note is not None:
        tell_holders(
            municipality_id=town.pk,
            permission=Permission.REPORT,
            kind=NoticeKind.DUE_SOON,
            text=f"Составлен черновик: {note}, {period_words(since, until)}",
            url=f"/desk/notes/{note.pk}/",
            key=f"note:{note.pk}:made",
            channel=kind.channels[0] if len(kind.channels) == 1 else None,
        )
    return note
