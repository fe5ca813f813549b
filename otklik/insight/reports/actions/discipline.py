"""The discipline log as a workbook (ust-kubinsky:4.11)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from otklik.base import clock
from otklik.casework.control.queries.discipline import Breach, Holding, Participant, discipline
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access

COUNTS = (
    ("Соблюдено сроков", 12), ("Нарушено сроков", 12), ("Ошибок в ответах", 12),
    ("Возвратов на доработку", 14),
)  # fmt: skip


def discipline_file(*, access: Access, since: date, until: date) -> bytes:
    """Participants and every missed term with its holders. Raises Forbidden without the right."""
    from otklik.insight.papers.writers.xlsx import Sheet, write_xlsx

    found = discipline(access, since=since, until=until, now=clock.now(), limit=None)
    zone = Municipality.objects.get(pk=access.municipality_id).tz
    breaches = Sheet(
        name="Нарушения сроков",
        columns=(
            ("Обращение", 20), ("Срок", 22), ("Истёк", 18), ("Исполнено", 18), ("Орган", 34),
            ("Сотрудник", 24), ("У кого находилось", 70),
        ),
        rows=[_breach(one, zone) for one in found.breaches],
        links=[f"{settings.PUBLIC_URL}/desk/quality/{one.finding.pk}/" for one in found.breaches],
    )  # fmt: skip
    return write_xlsx(
        [
            breaches,
            Sheet(name="Органы", columns=(("Орган", 44), *COUNTS), rows=_rows(found.bodies)),
            Sheet(
                name="Сотрудники",
                columns=(("Сотрудник", 34), *COUNTS[:2]),
                rows=[row[:3] for row in _rows(found.people)],
            ),
        ]
    )


def _rows(found: Sequence[Participant]) -> list[tuple[str, int, int, int, int]]:
    return [(one.name, one.kept, one.missed, one.faults, one.returns) for one in found]


def _breach(breach: Breach, zone: ZoneInfo) -> tuple[str, ...]:
    one = breach.finding
    return (
        str(one.appeal),
        one.get_kind_display(),
        _moment(one.due_at, zone),
        _moment(one.met_at, zone) or "не исполнено",
        str(one.body or "Центр управления"),
        one.person_label,
        "; ".join(_held(each, zone) for each in breach.holders),
    )


def _held(held: Holding, zone: ZoneInfo) -> str:
    who = f"{held.body}, {held.person}" if held.person else held.body
    until = _moment(held.until, zone) or "по настоящее время"
    return f"{who} ({held.role}): {_moment(held.since, zone)} — {until}"


def _moment(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%d.%m.%Y %H:%M}" if moment else ""
