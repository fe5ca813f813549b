"""Invitations: all of them for whoever invites, for heads of blocks their own; the .ics file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db.models import Prefetch, QuerySet

from otklik.base.errors import NotFound
from otklik.casework.teamwork.models import Invitation, InvitationGuest
from otklik.casework.teamwork.queries.leads import blocks_led
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission


def invitations(access: Access) -> QuerySet[Invitation]:
    """The latest first, with the blocks asked."""
    guests = InvitationGuest.objects.select_related("block")
    found = Invitation.objects.filter(municipality_id=access.municipality_id)
    if not access.may(Permission.ASSIGN):
        asked = InvitationGuest.objects.filter(block_id__in=blocks_led(access))
        found = found.filter(pk__in=asked.values("invitation_id"))
    return found.prefetch_related(Prefetch("guests", queryset=guests))


def calendar_file(access: Access, invitation_id: int) -> str:
    """An invitation as iCalendar (RFC 5545); raise NotFound for another's."""
    found = invitations(access).filter(pk=invitation_id).first()
    if found is None:
        raise NotFound("Такого приглашения нет.", "Обновите список приглашений.")
    ends = found.starts_at + timedelta(minutes=found.minutes)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Otklik//RU",
        f"METHOD:{'CANCEL' if found.cancelled_at else 'PUBLISH'}",
        "BEGIN:VEVENT",
        f"UID:otklik-invitation-{found.municipality_id}-{found.pk}",
        f"DTSTAMP:{_moment(found.cancelled_at or found.created_at)}",
        f"DTSTART:{_moment(found.starts_at)}",
        f"DTEND:{_moment(ends)}",
        f"SUMMARY:{_escaped(str(found).capitalize())}",
        f"LOCATION:{_escaped(found.place)}",
        f"DESCRIPTION:{_escaped(found.agenda)}",
        f"STATUS:{'CANCELLED' if found.cancelled_at else 'CONFIRMED'}",
        f"SEQUENCE:{int(bool(found.cancelled_at))}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "")


def _folded(line: str) -> str:
    """No line longer than 75 octets, no letter cut in two."""
    parts: list[str] = []
    current = ""
    for sign in line:
        if len((current + sign).encode()) > (75 if not parts else 74):
            parts.append(current)
            current = ""
        current += sign
    return "\r\n ".join([*parts, current])
