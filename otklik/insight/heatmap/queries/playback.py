"""All frames of the playback at once."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from otklik.base.errors import Refused
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.directory.territory.models import Settlement
from otklik.directory.territory.rules import unpacked
from otklik.insight.heatmap.queries.counting import Asked, played_by_hexagon, played_by_place
from otklik.insight.heatmap.rules import Playback, frame_starts, frames_of, step_for
from otklik.insight.heatmap.vocabulary import PEOPLED, Step, View


def playback_of(
    access: Access, wanted: AppealFilter, *, view: View, level: int, now: datetime
) -> Playback:
    """Counts of every spot by day, week or month: one reading of the packs.

    Raises Refused when the period has no beginning or end.
    """
    if wanted.since is None or wanted.until is None:
        raise Refused("Период не указан.", "Выберите первый и последний день.")
    step = step_for(wanted.since, wanted.until)
    frames = frames_of(wanted.since, wanted.until, step)
    starts = frame_starts(frames, step)
    said = Asked(access=access, wanted=wanted, now=now, since=None)
    counts: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for key, day, count in _rows(said, view, level, step):
        counts[key][starts[day]] += count
    return Playback(
        step=step, frames=frames, counts={key: dict(one) for key, one in counts.items()}
    )


def _rows(said: Asked, view: View, level: int, step: Step) -> list[tuple[str, date, int]]:
    if view not in PEOPLED:
        rows = played_by_hexagon(said, level, step)
        return [(str(unpacked(level, key)), day, count) for key, day, count in rows]
    names: dict[Any, int | None] = {}
    if view == View.DISTRICTS:
        places = Settlement.objects.filter(municipality_id=said.access.municipality_id)
        names = dict(places.values_list("pk", "territorial_body_id"))
    return [
        (str(names.get(key) or 0 if names else key), day, count)
        for key, day, count in played_by_place(said, step)
        if key is not None
    ]
