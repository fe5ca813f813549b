"""Frames of the playback: the steps a period is cut into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from otklik.insight.cuts.rules import end_of, label_of, spans
from otklik.insight.cuts.vocabulary import Dimension
from otklik.insight.heatmap.vocabulary import Step

DAYS, WEEKS = 31, 26
"""The longest periods, in days and in weeks, that are played by them."""
STEPS = {Step.DAY: Dimension.DAY, Step.WEEK: Dimension.WEEK, Step.MONTH: Dimension.MONTH}


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Edges lie within the period asked."""

    label: str
    since: date
    until: date


@dataclass(frozen=True, kw_only=True)
class Playback:
    """`counts` of every spot key by the place of the frame; absent places are nothing."""

    step: Step
    frames: Sequence[Frame]
    counts: Mapping[str, Mapping[int, int]]


def step_for(since: date, until: date) -> Step:
    days = (until - since).days + 1
    if days <= DAYS:
        return Step.DAY
    return Step.WEEK if days <= 7 * WEEKS else Step.MONTH


def frames_of(since: date, until: date, step: Step) -> list[Frame]:
    """In order and without gaps."""
    by = STEPS[step]
    return [
        Frame(label=label_of(day, by), since=max(day, since), until=min(end_of(day, by), until))
        for day in spans(since, until, by)
    ]


def frame_starts(frames: Sequence[Frame], step: Step) -> dict[date, int]:
    """The first day of the whole step → the place of its frame."""
    starts = {}
    for place, frame in enumerate(frames):
        day = frame.since
        if step == Step.WEEK:
            day -= timedelta(days=day.weekday())
        elif step == Step.MONTH:
            day = day.replace(day=1)
        starts[day] = place
    return starts
