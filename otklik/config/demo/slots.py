"""Values of the slots in the demo's texts: places, times, sums, names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from otklik.config.demo.people import Person
from otklik.config.demo.places import Spot
from otklik.config.demo.russian import WEEKS, aged, ago, day_of, since


@dataclass(frozen=True, slots=True)
class Slots:
    """Answers `slots(name, argument)`; `done` and `plan` are dates of an answer's promises."""

    rng: Random
    person: Person
    spot: Spot
    today: date
    fast: bool
    done: date | None = None

    def __call__(self, name: str, argument: str) -> str:
        if name in ("where", "adr", "village"):
            return self._place(name)
        if name in ("since", "ago", "weeks", "weekscap", "date", "plan"):
            return self._time(name)
        if name in ("name", "fullname", "age", "stazh"):
            return self._person(name)
        return self._number(name, argument)

    def _place(self, name: str) -> str:
        if name == "village":
            return self.spot.settlement.at
        return self.rng.choice(self.spot.where if name == "where" else self.spot.address)

    def _time(self, name: str) -> str:
        if name == "since":
            return since(self.rng, self.today, self.fast)
        if name == "ago":
            return ago(self.rng, self.today)
        if name in ("weeks", "weekscap"):
            words = self.rng.choice(WEEKS)
            return words if name == "weeks" else words.capitalize()
        end = self.done or self.today
        if name == "date":
            span = max((end - self.today).days, 0)
            day = end - timedelta(days=self.rng.randint(0, min(span, 3)))
            return day_of(day) if self.rng.random() < 0.6 else f"{day:%d.%m.%Y}"
        day = end + timedelta(days=self.rng.randint(5, 60))
        return day_of(day) if day.year == end.year else f"{day_of(day)} {day.year} года"

    def _person(self, name: str) -> str:
        if name == "age":
            return aged(self.person.age)
        if name == "stazh":
            return aged(self.rng.randint(31, 47))
        return self.person.full_name if name == "fullname" else self.person.short_name

    def _number(self, name: str, argument: str) -> str:
        if name == "money":
            low, _, high = argument.partition("-")
            return f"{self.rng.randrange(int(low), int(high), 50):,}".replace(",", "\u00a0")
        if name == "grade":
            return f"{self.rng.randint(1, 9)} «{self.rng.choice('АБВГ')}»"
        if name == "bus":
            return str(self.rng.choice((1, 2, 3, 4, 7, 101, 104, 112)))
        low_high = {"deg": (8, 17), "tin": (20, 23), "flat": (2, 78), "n": (2, 28)}[name]
        return str(self.rng.randint(*low_high))
