"""The staff of the demo at work in its rooms: their rights and their moments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import QuerySet

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.config.demo.grounds import Grounds
from otklik.config.demo.life import works
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.rules import Access
from otklik.records.journal.models import Entry

_MINUTES = timedelta(minutes=4)


@dataclass(frozen=True)
class Scene:
    """The filled municipality and its last evening."""

    grounds: Grounds
    evening: datetime

    @property
    def place_id(self) -> int:
        return self.grounds.municipality.pk

    def access(self, login: str) -> Access:
        """What this person may do on the last evening."""
        account = self.grounds.staff[login]
        return access_of(account, self.place_id, self.evening.date())

    def moment(self, days_ago: float, hour: int = 11) -> datetime:
        """A moment of the last working day by so many days ago; never after the evening."""
        day = self.evening.date() - timedelta(days=days_ago)
        while not works(day):
            day -= timedelta(days=1)
        return min(datetime.combine(day, time(hour, 20), self.evening.tzinfo), self.evening)

    def free(self, wanted: datetime, case_id: int) -> datetime:
        """The wanted moment, or the first one after all that has happened to the case."""
        story = Entry.objects.filter(case_id=case_id).order_by("-recorded_at")
        last = story.values_list("recorded_at", flat=True).first()
        if last is None:
            return wanted
        return max(last, min(self.evening, max(wanted, last + _MINUTES)))

    @contextmanager
    def at(self, wanted: datetime, case_id: int | None = None) -> Iterator[datetime]:
        """Hold the clock there."""
        moment = self.free(wanted, case_id) if case_id else wanted
        with clock.frozen(moment):
            yield moment

    def in_work(self, *bodies: str) -> QuerySet[Appeal]:
        """Cases with these executors at work on them, those given last first."""
        return Appeal.objects.filter(
            municipality_id=self.place_id,
            status="assigned",
            executor_body__in=[self.grounds.bodies[body] for body in bodies],
        ).order_by("-registered_at", "-pk")


class Cases:
    """Hands out the cases of a body one by one, none of them twice."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._taken: set[int] = set()

    def next_of(self, body: str, *, aged: int = 0, like: str = "") -> Appeal | None:
        """The latest case registered at least `aged` days ago, one of these words before others.

        None when all are taken.
        """
        before = self._scene.evening - timedelta(days=aged)
        cases = self._scene.in_work(body).filter(registered_at__lte=before)
        free = cases.exclude(pk__in=self._taken)
        found = (free.filter(text__iregex=like).first() if like else None) or free.first()
        if found:
            self._taken.add(found.pk)
        return found
