"""The calendar of a municipality, ready to count by."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F, Q

from otklik.directory.calendars.models import DayOverride, OfficeHours
from otklik.directory.calendars.rules import (
    OFFICE_HOURS,
    ProductionCalendar,
    WorkingHours,
    federal_days,
    transfers_known_until,
)
from otklik.directory.calendars.vocabulary import DayKind
from otklik.directory.organisation.models import Municipality


def calendar_for(municipality_id: int) -> ProductionCalendar:
    """The federal calendar with the overrides and office hours of the municipality.

    Three queries, whatever the number of terms counted afterwards.
    """
    days = dict(federal_days())
    for override in overrides_of(municipality_id):
        days[override.date] = DayKind(override.kind)
    municipality = Municipality.objects.get(pk=municipality_id)
    return ProductionCalendar(
        days=days,
        working_hours=working_hours_of(municipality_id),
        zone=municipality.tz,
        known_until=transfers_known_until(),
    )


def overrides_of(municipality_id: int, year: int | None = None) -> Sequence[DayOverride]:
    """Overrides in the order in which they apply: common ones first, own ones last."""
    rows = DayOverride.objects.filter(
        Q(municipality_id=municipality_id) | Q(municipality__isnull=True)
    )
    if year is not None:
        rows = rows.filter(date__range=(date(year, 1, 1), date(year, 12, 31)))
    return list(rows.order_by(F("municipality_id").asc(nulls_first=True), "date"))


def office_hours_of(municipality_id: int) -> OfficeHours | None:
    """The hours the municipality set for itself, if it did."""
    return OfficeHours.objects.filter(municipality_id=municipality_id).first()


def working_hours_of(municipality_id: int) -> WorkingHours:
    hours = office_hours_of(municipality_id)
    if hours is None:
        return OFFICE_HOURS
    return WorkingHours.of(
        opens=hours.opens,
        closes=hours.closes,
        lunch_from=hours.lunch_from,
        lunch_to=hours.lunch_to,
        friday_closes=hours.friday_closes,
    )
