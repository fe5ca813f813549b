"""The weekly note by itself: Monday 07:00 of the municipality, for the week that ended."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.facts.queries import visible_to as visible_facts
from otklik.insight.reports.actions.making import catch_up, make_note
from otklik.insight.reports.events import WeeklyNotesSwitched
from otklik.insight.reports.models import Note
from otklik.insight.reports.queries.notes import (
    SETTINGS_KEY,
    note_for_week,
    own_settings,
    weekly_on,
)
from otklik.insight.reports.rules import week_due
from otklik.records.journal.actions import record


def make_weekly(*, municipality_id: int) -> Note | None:
    """Make the note of the ended week once; None when it is not due, made, or off.

    A centre in whose ended week nothing came gets no note by itself. A
    schedule that missed Monday morning makes it later the same week.
    """
    town = Municipality.objects.get(pk=municipality_id)
    week = week_due(clock.now().astimezone(town.tz))
    if week is None or not weekly_on(town):
        return None
    if note_for_week(town.pk, *week) is not None:
        return None
    access = Access.system(town.pk, label="Расписание")
    catch_up(town.pk)
    if not visible_facts(access).filter(received_on__range=week).exists():
        return None
    return make_note(access=access, since=week[0], until=week[1], automatic=True)


@transaction.atomic
def set_weekly(*, access: Access, on: bool) -> None:
    """Switch the weekly note on or off."""
    access = access.require(Permission.REPORT)
    town = Municipality.objects.select_for_update().get(pk=access.municipality_id)
    if weekly_on(town) == on:
        return
    town.settings = {**town.settings, SETTINGS_KEY: {**own_settings(town), "weekly": on}}
    town.save(update_fields=["settings"])
    record(
        WeeklyNotesSwitched(subject_id=town.pk, on=on),
        actor=access.actor,
        municipality_id=town.pk,
    )
