"""Notes that a person may read, and the periods notes are made for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Max, QuerySet

from otklik.base.errors import NotFound
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.facts.queries import visible_to as visible_facts
from otklik.insight.reports.models import Note
from otklik.insight.reports.rules import week_before

SETTINGS_KEY = "reports"


def notes_of(access: Access) -> QuerySet[Note]:
    """Notes of the municipality, newest first; those with a narrow reach see their own only."""
    access = access.require_any(Permission.REPORT)
    found = Note.objects.filter(municipality_id=access.municipality_id)
    if not access.reach(Permission.REPORT).everywhere:
        found = found.filter(author_id=access.account_id)
    return found.order_by("-until", "-pk").defer("document")


def note_of(access: Access, note_id: int) -> Note:
    """One note; raises NotFound when it is hidden or absent."""
    found = notes_of(access).defer(None).select_related("docx", "pdf").filter(pk=note_id).first()
    if found is None:
        raise NotFound("Такой записки нет или она вам не доступна.", "Откройте список записок.")
    return found


def note_for_week(municipality_id: int, since: date, until: date) -> Note | None:
    """A note of exactly this period, whoever made it."""
    return Note.objects.filter(municipality_id=municipality_id, since=since, until=until).first()


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


def weekly_on(municipality: Municipality) -> bool:
    """Whether the weekly note is made by itself; on until switched off."""
    return bool(own_settings(municipality).get("weekly", True))


def own_settings(municipality: Municipality) -> dict[str, Any]:
    """Addressee, signer and the switch: what the municipality set for its notes."""
    found = municipality.settings.get(SETTINGS_KEY, {})
    return found if isinstance(found, dict) else {}
