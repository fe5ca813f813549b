"""What happened to the calendar."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class DayOverridden(Event):
    """A date got another kind than the federal calendar gives it."""

    subject: ClassVar[str] = "day_override"
    title: ClassVar[str] = "Изменён день производственного календаря"

    day: date
    kind: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class DayRestored(Event):
    """A date is again what the federal calendar says."""

    subject: ClassVar[str] = "day_override"
    title: ClassVar[str] = "Отменено изменение производственного календаря"

    day: date


@dataclass(frozen=True, kw_only=True)
class OfficeHoursSet(Event):
    """The municipality works other hours from now on."""

    subject: ClassVar[str] = "office_hours"
    title: ClassVar[str] = "Изменено рабочее время"

    hours: str
