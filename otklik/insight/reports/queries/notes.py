"""Papers that a person may read, and the periods they are made for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet

from otklik.base.errors import NotFound
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.facts.queries import visible_to as visible_facts
from otklik.insight.reports.models import Note, NoteVersion
from otklik.insight.reports.rules import week_before
from otklik.insight.reports.vocabulary import NoteStatus, Shown

SETTINGS_KEY = "reports"
MISSING = ("Такого документа нет или он вам не доступен.", "Откройте список документов.")


def notes_of(access: Access) -> QuerySet[Note]:
    """Papers this person may read, newest first: his own, and those that count nothing hidden
    from him.

    A paper that somebody with a narrower reach made shows numbers of that reach; whoever sees
    everything sees it too.
    """
    access = access.require_any(Permission.REPORT)
    found = Note.objects.filter(municipality_id=access.municipality_id)
    held = [str(one) for one in Permission if access.reach(one).everywhere]
    found = found.filter(_covered(access) & Q(rights__contained_by=held) | _own(access))
    return found.order_by("-until", "-pk").defer("document", "sheets")


def note_of(access: Access, note_id: int) -> Note:
    """One paper; raises NotFound when it is hidden or absent."""
    found = notes_of(access).defer(None).select_related("docx", "pdf", "xlsx")
    note = found.filter(pk=note_id).first()
    if note is None:
        raise NotFound(*MISSING)
    return note


def shown(access: Access, today: date, state: str = "", kind: str = "") -> QuerySet[Note]:
    """The list of the screen."""
    found = notes_of(access)
    if kind:
        found = found.filter(kind=kind)
    if state == Shown.OVERDUE:
        return found.filter(due_on__lt=today).exclude(status=NoteStatus.HANDED_OVER)
    return found.filter(status=state) if state in NoteStatus.values else found


def versions_of(note: Note) -> QuerySet[NoteVersion]:
    return note.versions.defer("content").order_by("-number")


def version_of(note: Note, number: int) -> NoteVersion:
    found = note.versions.filter(number=number).first()
    if found is None:
        raise NotFound("Такой редакции нет.", "Выберите редакцию из списка.")
    return found


def made_for(municipality_id: int, kind: str, since: date, until: date) -> Note | None:
    """A whole paper of exactly this period, whoever made it."""
    found = Note.objects.filter(municipality_id=municipality_id, kind=kind, whole=True)
    return found.filter(since=since, until=until).first()


def last_period(access: Access, today: date) -> tuple[date, date]:
    """The last whole week; where nothing came in it, the seven days up to the
    last receipt."""
    since, until = week_before(today)
    facts = visible_facts(access)
    if facts.filter(received_on__range=(since, until)).exists():
        return since, until
    last = facts.filter(received_on__lte=today).aggregate(last=Max("received_on"))["last"]
    if last is None:
        return since, until
    return last - timedelta(days=6), last


def own_settings(municipality: Municipality) -> dict[str, Any]:
    """Addressee and signer: what the municipality set for its papers."""
    found = municipality.settings.get(SETTINGS_KEY, {})
    return found if isinstance(found, dict) else {}


def _covered(access: Access) -> Q:
    rights = [access.reach(one) for one in (Permission.REPORT, Permission.ANALYTICS)]
    if all(reach.everywhere for reach in rights):
        return Q()
    report = rights[0]
    found = Q(pk__in=[])
    if report.body_ids:
        found |= Q(whole=True, body_id__in=sorted(report.body_ids))
    channels = {name for reach in rights for name in reach.by_channel}
    full = sorted(name for name in channels if all(reach.at(name).everywhere for reach in rights))
    if full:
        found |= Q(whole=True, channels__contained_by=full) & ~Q(channels=[])
    return found


def _own(access: Access) -> Q:
    return Q(author_id=access.account_id) if access.account_id is not None else Q(pk__in=[])
