"""Composing a paper of the catalogue: numbers, words, files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.base import clock
from otklik.base.errors import Forbidden, NotFound, Refused
from otklik.casework.appeals.queries import start_of
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access, Reach
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.facts.actions import rebuild
from otklik.insight.reports.actions.files import stored, write_files
from otklik.insight.reports.actions.keeping import keep_version, told
from otklik.insight.reports.catalogue import Composed, Kind, Wanted, kind_of
from otklik.insight.reports.events import NoteMade
from otklik.insight.reports.models import Note
from otklik.insight.reports.queries.schedules import plan_of
from otklik.insight.reports.queries.scope import counts_all, narrowed, scope_words
from otklik.insight.reports.vocabulary import WEEKLY, NoteStatus
from otklik.language.wording import NBSP, date_words

LONGEST = 366
WHO = "Попросите составить его руководителя центра."


@dataclass(frozen=True, kw_only=True)
class _Asked:
    kind: Kind
    wanted: Wanted
    whole: bool
    due_on: date


def make_note(*, access: Access, since: date, until: date, automatic: bool = False) -> Note:
    """The analytical note of the period with its files (pereslavl:3.2.1); see `make_report`."""
    return make_report(access=access, kind=WEEKLY, since=since, until=until, automatic=automatic)


def make_report(
    *,
    access: Access,
    kind: str,
    since: date,
    until: date,
    body_id: int | None = None,
    automatic: bool = False,
) -> Note:
    """Compose a paper of the kind and write its files.

    An untouched draft of the same period is made anew under its number; an
    edited or signed one stays, and the new paper takes the next number. Raises
    Forbidden, NotFound for an unknown kind or body, and Refused for a period that is empty, too
    long or to come, or of which there is nothing to say.
    """
    asked = _asked(access, kind_of(kind), since, until, body_id)
    composed = asked.kind.compose(asked.wanted)
    if composed is None:
        raise Refused("За этот период писать не о чем.", "Выберите другой период.")
    return keep(asked, composed, access=access, automatic=automatic)


def make_if_due(*, access: Access, kind: Kind, since: date, until: date) -> Note | None:
    """The paper by schedule: none when there is nothing new to say."""
    asked = _asked(access, kind, since, until, None)
    composed = kind.compose(asked.wanted)
    if composed is None or composed.quiet:
        return None
    return keep(asked, composed, access=access, automatic=True)


@transaction.atomic
def keep(asked: _Asked, composed: Composed, *, access: Access, automatic: bool) -> Note:
    town = asked.wanted.town
    note = _place(access, asked)
    note.automatic = automatic
    note.document = composed.document.model_copy(
        update={
            "number": f"№{NBSP}{note.full_number}",
            "dated": date_words(clock.today(town.tz)),
        }
    ).model_dump(mode="json")
    note.sheets = [stored(one) for one in composed.sheets]
    note.save()
    write_files(note)
    again = "Составлено заново" if note.version > 1 else "Составлено"
    keep_version(note, what=again, by=access.actor.label)
    told(access, note, NoteMade, version=note.version)
    return note


def catch_up(municipality_id: int) -> None:
    """Facts still waiting for the worker are brought up now, so that the paper is not behind."""
    waiting = ProcrastinateJob.objects.filter(
        task_name__startswith="facts.",
        status__in=("todo", "doing"),
        args__municipality_id=municipality_id,
    )
    if waiting.exists():
        rebuild(municipality_id=municipality_id)


def _asked(access: Access, kind: Kind, since: date, until: date, body_id: int | None) -> _Asked:
    body = _body(access, kind, body_id)
    access = _counting(access, kind, body)
    town = Municipality.objects.get(pk=access.municipality_id)
    now = clock.now()
    _check(since, until, clock.today(town.tz))
    catch_up(town.pk)
    plan = plan_of(town.pk, kind.slug, kind.plan)
    whole = body is not None or counts_all(access, kind.channels, kind.rights)
    if kind.whole_only and not whole:
        raise Forbidden("Этот документ составляет тот, кому видны все обращения.", WHO)
    wanted = Wanted(
        access=access,
        town=town,
        since=since,
        until=until,
        now=now,
        at=min(now, _end(until, town)),
        recipient=plan.recipient or kind.recipient,
        scope=f"по органу «{body}»" if body else scope_words(access, kind.channels),
        whole=whole,
        body=body,
    )
    return _Asked(kind=kind, wanted=wanted, whole=whole, due_on=plan.due_on(until))


def _end(until: date, town: Municipality) -> datetime:
    return start_of(until + timedelta(days=1), town.tz)


def _body(access: Access, kind: Kind, body_id: int | None) -> Body | None:
    if not kind.of_body:
        return None
    if body_id is None:
        raise Refused("Не сказано, о каком органе отчёт.", "Выберите орган.")
    body = Body.objects.filter(municipality_id=access.municipality_id, pk=body_id).first()
    if body is None:
        raise NotFound("Такого органа нет.", "Выберите орган из списка.")
    return body


def _counting(access: Access, kind: Kind, body: Body | None) -> Access:
    """The access the paper counts with; Forbidden without the rights it takes."""
    if body is not None:
        acting = access.require(Permission.REPORT, body_id=body.pk)
        reach = {str(Permission.ANALYTICS): Reach(body_ids=frozenset((body.pk,)))}
        return Access(
            actor=acting.actor,
            municipality_id=acting.municipality_id,
            account_id=acting.account_id,
            grants={**acting.grants, **reach},
        )
    access = access.require_any(Permission.REPORT)
    found = narrowed(access, kind.channels)
    for right in kind.rights:
        found.require_any(right)
    return found


def _check(since: date, until: date, today: date) -> None:
    if until < since:
        raise Refused("Конец периода раньше начала.", "Поменяйте даты местами.")
    if since > today:
        raise Refused("Этот период ещё не начался.", "Выберите прошедшие дни.")
    if until - since > timedelta(days=LONGEST - 1):
        raise Refused("Период длиннее года.", "Составьте документ за год или меньше.")


def _place(access: Access, asked: _Asked) -> Note:
    """The row of the paper: an untouched draft of the same period, else a new number."""
    town, wanted, kind = asked.wanted.town, asked.wanted, asked.kind
    body_id = wanted.body.pk if wanted.body else None
    # One paper is numbered at a time.
    Municipality.objects.select_for_update().get(pk=town.pk)
    same = Note.objects.filter(
        municipality=town, kind=kind.slug, since=wanted.since, until=wanted.until,
        status=NoteStatus.DRAFT, body_id=body_id,
    )  # fmt: skip
    mine = same.filter(parts={}, author_id=access.account_id)
    note = mine.order_by("-pk").first()
    if note is not None:
        note.version += 1
    else:
        year = clock.today(town.tz).year
        taken = Note.objects.filter(municipality=town, year=year)
        last = taken.aggregate(last=Max("number"))["last"] or 0
        note = Note(municipality=town, year=year, number=last + 1)
        note.due_on, note.recipient = asked.due_on, wanted.recipient
    note.kind, note.title = kind.slug, kind.title
    note.since, note.until = wanted.since, wanted.until
    note.whole, note.channels, note.body_id = asked.whole, list(kind.channels), body_id
    note.rights = sorted(str(one) for one in kind.rights if one != Permission.ANALYTICS)
    note.author_id, note.author_label = access.account_id, access.actor.label
    note.created_at = clock.now()
    return note
