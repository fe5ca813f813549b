"""The counts of a rating over packed questions: the same sets as `counting.rows_condition`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.queries import packs_of
from otklik.insight.cuts.rules import Grouping, Side, Value
from otklik.insight.cuts.rules.picking import in_time, is_answered, is_overdue
from otklik.insight.cuts.vocabulary import Counted, Dimension
from otklik.insight.facts.rules.packs import NO_ID, Array, Pack, moment_number
from otklik.insight.ratings.formulas.tally import COUNTS
from otklik.insight.ratings.queries.counting import column_of, covered_bodies, excluded_questions
from otklik.insight.ratings.vocabulary import Subject

SIDES = {"body_id": Dimension.BODY, "settlement_id": Dimension.SETTLEMENT}
_READ = (
    "status", "due_at", "answered_at", "term_used", "score", "returned", "reopened", "checks",
    "checks_passed", "repeated", "fast_track",
)  # fmt: skip


def _timed(pack: Pack) -> Array:
    timed: Array = is_answered(pack) & ~np.isnan(pack["term_used"])
    return timed


def _scored(pack: Pack) -> Array:
    scored: Array = is_answered(pack) & (pack["score"] != NO_ID)
    return scored


def _checked(pack: Pack) -> Array:
    checked: Array = is_answered(pack) & (pack["checks"] > 0)
    return checked


VALUES: Mapping[str, Value] = {
    "closing": lambda pack, now: is_answered(pack) | is_overdue(pack, now),
    "answered": lambda pack, _now: is_answered(pack),
    "in_time": lambda pack, _now: is_answered(pack) & in_time(pack),
    "timed": lambda pack, _now: _timed(pack),
    "term_used": lambda pack, _now: np.where(_timed(pack), pack["term_used"], 0.0),
    "scored": lambda pack, _now: _scored(pack),
    "score_sum": lambda pack, _now: np.where(_scored(pack), pack["score"], 0),
    "returned": lambda pack, _now: is_answered(pack) & (pack["returned"] > 0),
    "reopened": lambda pack, _now: is_answered(pack) & (pack["reopened"] > 0),
    "checked": lambda pack, _now: _checked(pack),
    "checklist": lambda pack, _now: np.where(
        _checked(pack), pack["checks_passed"] / np.maximum(pack["checks"], 1), 0.0
    ),
    "repeated": lambda pack, _now: pack["repeated"],
    "fast": lambda pack, _now: is_answered(pack) & pack["fast_track"],
}
"""Every count of a tally but the number of questions."""


def counts_by(
    access: Access,
    wanted: AppealFilter,
    subject: Subject,
    now: datetime,
    by: Dimension | None = None,
) -> dict[Any, dict[str, Any]]:
    """Counts of the questions of `counting.countable`, by body (settlement) or by another side.

    The keys are those of the side; the fields of a tally by their names.
    """
    column = column_of(subject)
    side = Side(by or SIDES[column])
    excluded = np.array(sorted(excluded_questions(access.municipality_id).values_list(
        "question_id", flat=True)), dtype=np.int64)  # fmt: skip
    covered = covered_bodies(access, wanted.channel)
    names = [*_READ, column, side.column]
    names += ["question_id"] if len(excluded) else []
    names += ["body_id"] if covered is not None else []
    grouping = Grouping([side], VALUES, moment_number(now))
    for pack in packs_of(access, wanted, Counted.QUESTIONS, now, names):
        mask = pack[column] != NO_ID
        if len(excluded):
            mask &= ~np.isin(pack["question_id"], excluded)
        if covered is not None:
            mask &= np.isin(pack["body_id"], sorted(covered))
        grouping.add(pack.where(mask))
    found = grouping.result()
    told = {"questions": found.sums["received"], **found.sums}
    columns = {name: _plain(name, told[name]) for name in COUNTS}
    keys = found.keys[0]
    return {
        keys[place]: {name: columns[name][n] for name in COUNTS}
        for n, place in enumerate(found.at[0].tolist())
    }


def _plain(name: str, values: Array) -> list[Any]:
    """Sums of shares stay as they are, counts are whole."""
    told: list[Any] = (
        values if name in ("term_used", "checklist") else values.astype(np.int64)
    ).tolist()
    return told
