"""Composing a note: numbers, words, files."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.facts.actions import rebuild
from otklik.insight.reports.actions.files import write_files
from otklik.insight.reports.events import NoteMade
from otklik.insight.reports.models import Note
from otklik.insight.reports.queries import weekly_note
from otklik.insight.reports.rules import WeeklyNote, compose
from otklik.insight.reports.vocabulary import NoteStatus
from otklik.language.wording import period_words
from otklik.records.journal.actions import record

LONGEST = 366


def make_note(*, access: Access, since: date, until: date, automatic: bool = False) -> Note:
    """Compose the note of the period and write its files (pereslavl:3.2.1).

    An untouched draft of the same period is made anew under its number; an
    edited or signed one stays, and the new note takes the next number. Raises
    Forbidden, and Refused for a period that is empty, too long or to come.
    """
    access = access.require_any(Permission.REPORT)
    town = Municipality.objects.get(pk=access.municipality_id)
    _check(since, until, clock.today(town.tz))
    catch_up(town.pk)
    figures = weekly_note(access, since=since, until=until)
    with transaction.atomic():
        note = _place(access, town, figures)
        note.automatic = automatic
        note.document = compose(
            figures, number=note.full_number, dated=clock.today(town.tz)
        ).model_dump(mode="json")
        note.save()
        write_files(note)
        event = NoteMade(
            subject_id=note.pk,
            number=note.full_number,
            period=period_words(since, until),
            version=note.version,
        )
        record(event, actor=access.actor, municipality_id=town.pk)
    return note


def catch_up(municipality_id: int) -> None:
    """Facts still waiting for the worker are brought up now, so that the note is not behind."""
    waiting = ProcrastinateJob.objects.filter(
        task_name__startswith="facts.",
        status__in=("todo", "doing"),
        args__municipality_id=municipality_id,
    )
    if waiting.exists():
        rebuild(municipality_id=municipality_id)


def _check(since: date, until: date, today: date) -> None:
    if until < since:
        raise Refused("Конец периода раньше начала.", "Поменяйте даты местами.")
    if since > today:
        raise Refused("Этот период ещё не начался.", "Выберите прошедшие дни.")
    if until - since > timedelta(days=LONGEST - 1):
        raise Refused("Период длиннее года.", "Составьте записку за год или меньше.")


def _place(access: Access, town: Municipality, figures: WeeklyNote) -> Note:
    """The row of the note: an untouched draft of the same period, else a new number."""
    # One note is numbered at a time.
    Municipality.objects.select_for_update().get(pk=town.pk)
    same = Note.objects.filter(
        municipality=town, since=figures.since, until=figures.until, status=NoteStatus.DRAFT
    )
    mine = same.filter(parts={}, author_id=access.account_id)
    note = mine.order_by("-pk").first()
    if note is not None:
        note.version += 1
    else:
        year = clock.today(town.tz).year
        taken = Note.objects.filter(municipality=town, year=year)
        last = taken.aggregate(last=Max("number"))["last"] or 0
        note = Note(municipality=town, year=year, number=last + 1)
    note.since, note.until = figures.since, figures.until
    note.author_id, note.author_label = access.account_id, access.actor.label
    note.created_at = clock.now()
    return note
