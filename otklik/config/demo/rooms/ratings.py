"""Ratings of the last three months: two published, one preliminary; two cases contested."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from otklik.config.demo.rooms.common import Scene
from otklik.config.demo.rooms.tasks import HEAD
from otklik.config.demo.source import read_yaml
from otklik.insight.ratings import actions
from otklik.insight.ratings.models import Snapshot
from otklik.insight.ratings.queries import counted_of, snapshot
from otklik.insight.ratings.vocabulary import RowSet

Note = Mapping[str, Any]
MONTHS = 3
_CONTESTED = (RowSet.LATE, RowSet.RETURNED, RowSet.ALL)


def rate_bodies(scene: Scene) -> None:
    """Kept on the last working days, when the months are counted; needs the facts."""
    told = read_yaml("rooms/ratings.yaml")
    with scene.at(scene.moment(6, 9)):
        actions.group_by_kind(access=scene.access(told["keeper"]))
    for ago, (since, until) in reversed(list(enumerate(_months(scene.evening.date()), start=1))):
        with scene.at(scene.moment(5, 10)):
            kept = actions.make_snapshot(
                access=scene.access(told["analyst"]), since=since, until=until
            )
        if ago > 1:
            _publish(scene, kept)
        for note in told["contests"]:
            if note["month"] == ago:
                _contest(scene, kept, note)


def _publish(scene: Scene, kept: Snapshot) -> None:
    with scene.at(scene.moment(4, 12)):
        actions.publish_snapshot(access=scene.access(HEAD), snapshot_id=kept.pk)


def _contest(scene: Scene, kept: Snapshot, note: Note) -> None:
    """The first question counted against the body; decided when the note says how."""
    body, by = scene.grounds.bodies[note["body"]], scene.access(note["by"])
    seen = snapshot(by, kept.pk)
    if seen.tally(body.pk) is None:
        return
    found = ((rows, one) for rows in _CONTESTED for one in counted_of(seen, body.pk, rows))
    rows, counted = next(found)
    with scene.at(scene.moment(3, 11)):
        made = actions.contest_counting(
            access=by, snapshot_id=kept.pk, body_id=body.pk,
            question_id=counted.question_id, figure=rows, reason=note["reason"],
        )  # fmt: skip
    if "decision" not in note:
        return
    with scene.at(scene.moment(2, 15)):
        actions.decide_contest(
            access=scene.access(HEAD), contest_id=made.pk,
            exclude=note["exclude"], reason=note["decision"],
        )  # fmt: skip
    if note["exclude"]:
        with scene.at(scene.moment(1, 10)):
            analyst = scene.access(read_yaml("rooms/ratings.yaml")["analyst"])
            _publish_later(scene, actions.make_edition(access=analyst, snapshot_id=kept.pk))


def _publish_later(scene: Scene, kept: Snapshot) -> None:
    with scene.at(scene.moment(1, 16)):
        actions.publish_snapshot(access=scene.access(HEAD), snapshot_id=kept.pk)


def _months(today: date) -> list[tuple[date, date]]:
    """The last whole months, the latest first, ended long enough ago to be kept by then."""
    found, first = [], (today - timedelta(days=6)).replace(day=1)
    for _ in range(MONTHS):
        until = first - timedelta(days=1)
        first = until.replace(day=1)
        found.append((first, until))
    return found
