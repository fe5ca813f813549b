"""Reading ratings."""

from otklik.insight.ratings.queries.contests import (
    contest_of,
    contests_of,
    may_contest,
    may_head,
    may_make,
)
from otklik.insight.ratings.queries.counting import covered_bodies, sees_whole
from otklik.insight.ratings.queries.history import Month, months_of
from otklik.insight.ratings.queries.lifting import Lifting, lifting
from otklik.insight.ratings.queries.rating import (
    MEASURED,
    Rating,
    questions_of,
    rating,
    rows_behind,
)
from otklik.insight.ratings.queries.snapshots import (
    Kept,
    counted_of,
    editions_of,
    kept,
    latest_edition,
    own_bodies,
    snapshot,
    snapshots_of,
)
from otklik.insight.ratings.queries.weights import (
    SETTINGS_KEY,
    Chosen,
    chosen_of,
    groups_of_bodies,
    history_of_weights,
    peer_groups,
    read_settings,
    settings_of,
)

__all__ = [
    "MEASURED",
    "SETTINGS_KEY",
    "Chosen",
    "Kept",
    "Lifting",
    "Month",
    "Rating",
    "chosen_of",
    "contest_of",
    "contests_of",
    "counted_of",
    "covered_bodies",
    "editions_of",
    "groups_of_bodies",
    "history_of_weights",
    "kept",
    "latest_edition",
    "lifting",
    "may_contest",
    "may_head",
    "may_make",
    "months_of",
    "own_bodies",
    "peer_groups",
    "questions_of",
    "rating",
    "read_settings",
    "rows_behind",
    "sees_whole",
    "settings_of",
    "snapshot",
    "snapshots_of",
]
