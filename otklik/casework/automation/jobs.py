"""Rules at work in the worker."""

from __future__ import annotations

from collections.abc import Sequence

from procrastinate.contrib.django import app

from otklik.casework.automation.actions import apply_rules, apply_rules_many

BEFORE_NOTICES = 5
"""A higher priority than that of the jobs which tell people of a case nobody has been given."""
CHUNK = 500


@app.task(name="automation.apply", queue="default", retry=3)
def apply(appeal_id: int) -> None:
    """Let the rules act on a new or changed case."""
    apply_rules(appeal_id=appeal_id)


@app.task(name="automation.apply_many", queue="imports", retry=3)
def apply_many(appeal_ids: list[int]) -> None:
    """The same for a batch of an import."""
    apply_rules_many(appeal_ids=appeal_ids)


def defer_apply(appeal_id: int) -> None:
    apply.configure(priority=BEFORE_NOTICES).defer(appeal_id=appeal_id)


def defer_many(appeal_ids: Sequence[int]) -> None:
    for start in range(0, len(appeal_ids), CHUNK):
        apply_many.defer(appeal_ids=list(appeal_ids[start : start + CHUNK]))
