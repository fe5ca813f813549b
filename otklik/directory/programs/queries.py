"""Programs that may come in, and what each may do."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch, QuerySet

from otklik.base.errors import NotFound
from otklik.directory.organisation.queries import access_of_role
from otklik.directory.organisation.rules import Access
from otklik.directory.programs.events import ProgramEvent
from otklik.directory.programs.models import Program, ProgramKey
from otklik.records.journal.models import Entry
from otklik.records.journal.queries import story_of_things


def programs(access: Access) -> QuerySet[Program]:
    """Programs of the municipality with their keys, stopped ones last; three queries."""
    return (
        Program.objects.filter(municipality_id=access.municipality_id)
        .select_related("role", "body")
        .prefetch_related(Prefetch("keys", queryset=ProgramKey.objects.order_by("-created_at")))
        .order_by("stopped_at", "title")
    )


def program_of(access: Access, program_id: int) -> Program:
    """One program of this municipality; raise NotFound for all others."""
    found = programs(access).filter(pk=program_id).first()
    if found is None:
        raise NotFound("Такой программы нет.", "Вернитесь к списку программ.")
    return found


def access_of(program: Program) -> Access:
    """What the program may do, as an ordinary access; nothing once it is stopped."""
    return access_of_role(
        program.role,
        label=f"Программа «{program.title}»",
        permissions=[] if program.stopped_at else program.permissions,
        channels=program.channels,
        body_id=program.body_id,
    )


def story_of(program: Program) -> QuerySet[Entry]:
    """What was done about the program and written down, newest first."""
    return story_of_things(program.municipality_id, ProgramEvent.subject, [program.pk])


def keys_in_force(program: Program, now: datetime) -> list[ProgramKey]:
    """Of a program read by `programs`."""
    return [
        key
        for key in program.keys.all()
        if key.revoked_at is None and (key.expires_at is None or key.expires_at > now)
    ]
