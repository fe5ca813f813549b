"""The only writers of ratings."""

from otklik.insight.ratings.actions.contests import contest_counting, decide_contest
from otklik.insight.ratings.actions.snapshots import (
    make_edition,
    make_snapshot,
    publish_snapshot,
)
from otklik.insight.ratings.actions.weights import (
    Weights,
    drop_peers,
    group_by_kind,
    save_peers,
    set_weights,
)

__all__ = [
    "Weights",
    "contest_counting",
    "decide_contest",
    "drop_peers",
    "group_by_kind",
    "make_edition",
    "make_snapshot",
    "publish_snapshot",
    "save_peers",
    "set_weights",
]
