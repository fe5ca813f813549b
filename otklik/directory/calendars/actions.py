"""The municipality keeps its calendar: transferred days, regional holidays, office hours."""

from datetime import date, time

from django.db import transaction

from otklik.base.errors import NotFound, Refused
from otklik.directory.calendars.events import DayOverridden, DayRestored, OfficeHoursSet
from otklik.directory.calendars.models import DayOverride, OfficeHours
from otklik.directory.calendars.rules import WorkingHours
from otklik.directory.calendars.vocabulary import DayKind
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@transaction.atomic
def override_day(*, access: Access, day: date, kind: DayKind, reason: str) -> DayOverride:
    """Make a date working or free in this municipality; the decree is named in `reason`.

    Terms already set keep their dates until they are set anew.
    """
    access = access.require(Permission.SET_UP)
    if not reason.strip():
        raise Refused(
            "Не указано основание изменения календаря.",
            "Назовите акт, которым перенесён день, например постановление и его номер.",
        )
    override, _ = DayOverride.objects.update_or_create(
        municipality_id=access.municipality_id,
        date=day,
        defaults={"kind": kind, "reason": reason.strip()},
    )
    event = DayOverridden(subject_id=override.pk, day=day, kind=kind, reason=reason.strip())
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return override


@transaction.atomic
def restore_day(*, access: Access, day: date) -> None:
    """Drop the municipality's own change of a date; raises NotFound when there is none."""
    access = access.require(Permission.SET_UP)
    override = DayOverride.objects.filter(municipality_id=access.municipality_id, date=day).first()
    if override is None:
        raise NotFound(f"День {day:%d.%m.%Y} в календаре муниципалитета не менялся.")
    event = DayRestored(subject_id=override.pk, day=day)
    override.delete()
    record(event, actor=access.actor, municipality_id=access.municipality_id)


@transaction.atomic
def set_office_hours(
    *,
    access: Access,
    opens: time,
    closes: time,
    lunch_from: time | None = None,
    lunch_to: time | None = None,
    friday_closes: time | None = None,
) -> OfficeHours:
    """Set the hours by which terms in working hours are counted."""
    access = access.require(Permission.SET_UP)
    parts = {
        "opens": opens,
        "closes": closes,
        "lunch_from": lunch_from,
        "lunch_to": lunch_to,
        "friday_closes": friday_closes,
    }
    _check_order(opens, closes, lunch_from, lunch_to, friday_closes)
    hours, _ = OfficeHours.objects.update_or_create(
        municipality_id=access.municipality_id, defaults=parts
    )
    event = OfficeHoursSet(subject_id=hours.pk, hours=f"{opens:%H:%M}–{closes:%H:%M}")
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return hours


def _check_order(
    opens: time,
    closes: time,
    lunch_from: time | None,
    lunch_to: time | None,
    friday_closes: time | None,
) -> None:
    if (lunch_from is None) != (lunch_to is None):
        raise Refused(
            "Перерыв указан наполовину.",
            "Укажите и начало, и конец перерыва либо ни того, ни другого.",
        )
    edges = [
        opens,
        *([lunch_from, lunch_to] if lunch_from and lunch_to else []),
        closes,
    ]
    if edges != sorted(set(edges)) or (friday_closes is not None and friday_closes <= opens):
        raise Refused(
            "Рабочее время указано не по порядку.",
            "Начало работы должно быть раньше перерыва, а перерыв — раньше конца работы.",
        )
    WorkingHours.of(
        opens=opens,
        closes=closes,
        lunch_from=lunch_from,
        lunch_to=lunch_to,
        friday_closes=friday_closes,
    )
