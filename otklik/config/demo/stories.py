"""Planned events of the year: peaks that a summary, a map and a note must show."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from otklik.config.demo.world import Street, World


@dataclass(frozen=True, slots=True)
class Story:
    """`share` of all appeals falls on it; `profile` are relative weights of its days."""

    key: str
    month: int
    day: int
    profile: tuple[float, ...]
    share: float
    topics: tuple[tuple[str, float], ...]
    settlements: tuple[str, ...] = ()
    near: str = ""
    load: float = 1.0


STORIES = (
    Story("boiler", 1, 19, (1.0, 1.4, 1.1, 0.25, 0.1), 0.034,
          (("heat", 1.0), ("heat_quality", 0.05)), ("zaozersk",), "boiler-3", 2.0),
    Story("flood", 4, 14, (0.3, 0.7, 1.3, 1.6, 1.4, 1.2, 1.0, 0.8, 0.6, 0.5, 0.4, 0.35, 0.3, 0.2),
          0.045, (("flood", 0.8), ("power", 0.06), ("water_quality", 0.08), ("banks", 0.06)),
          ("nikolsky-yar", "zaluzhye"), "", 1.6),
    Story("snowfall", 12, 16, (0.6, 1.5, 1.2, 0.7, 0.3), 0.017,
          (("snow", 0.7), ("winter_road", 0.3))),
    Story("gale", 7, 8, (0.8, 1.3, 0.5), 0.012, (("power", 0.6), ("trees", 0.4))),
    Story("dogs", 10, 5, (0.5, 1.0, 1.2, 0.8, 0.5, 0.4), 0.007, (("dogs", 1.0),), ("lesopilny",)),
    Story("containers", 6, 22, (1.0, 1.2, 1.0, 0.8, 0.4), 0.01, (("tko", 1.0),),
          ("zaozersk", "torfyanoy")),
)  # fmt: skip


def calendar(start: date, until: date, target: int) -> dict[date, list[tuple[Story, int]]]:
    """How many appeals of which story come on which day of the span."""
    plan: dict[date, list[tuple[Story, int]]] = {}
    for story in STORIES:
        for year in range(start.year, until.year + 1):
            first = date(year, story.month, story.day)
            if not start <= first <= until:
                continue
            for step, part in enumerate(story.profile):
                day = first + timedelta(days=step)
                count = round(target * story.share * part / math.fsum(story.profile))
                if count and day <= until:
                    plan.setdefault(day, []).append((story, count))
    return plan


def topic_of(rng: Random, story: Story) -> str:
    return rng.choices([k for k, _ in story.topics], [w for _, w in story.topics])[0]


def district(world: World, story: Story, count: int = 9) -> tuple[Street, ...]:
    """Streets of flats nearest to the story's landmark."""
    if not story.near:
        return ()
    mark = next(m for m in world.landmarks if m.slug == story.near)
    streets = [s for s in world.streets_of[mark.settlement] if s.flats]

    def away(street: Street) -> float:
        return min((h.lat - mark.lat) ** 2 + ((h.lon - mark.lon) * 0.5) ** 2 for h in street.houses)

    return tuple(sorted(streets, key=away)[:count])
