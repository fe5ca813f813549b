"""Facts follow the journal."""

from __future__ import annotations

from collections.abc import Sequence

from procrastinate.contrib.django import app

from otklik.directory.organisation.models import Municipality
from otklik.insight.facts import actions


# Before other jobs: one refresh takes all that wait, so the rest lose next to nothing.
@app.task(name="facts.refresh", queue="insight", priority=5)
def refresh_facts(municipality_id: int, appeal_ids: Sequence[int] = ()) -> int:
    """Refresh what waits; the next job of a burst finds nothing and ends at once."""
    return actions.follow(municipality_id=municipality_id, appeal_ids=appeal_ids)


def follow_case(municipality_id: int, appeal_id: int) -> None:
    """Note the change and defer a refresh, in the caller's transaction."""
    actions.touch(municipality_id=municipality_id, appeal_id=appeal_id)
    refresh_facts.defer(municipality_id=municipality_id)


@app.task(name="facts.rebuild", queue="insight", lock="facts.rebuild")
def rebuild_facts(municipality_id: int) -> int:
    return actions.rebuild(municipality_id=municipality_id)


@app.task(name="facts.follow_blocks", queue="insight")
def follow_blocks(municipality_id: int) -> int:
    return actions.follow_blocks(municipality_id=municipality_id)


@app.periodic(cron="10 3 * * *")
@app.task(
    name="facts.reconcile", queue="insight", lock="facts.rebuild", queueing_lock="facts.night"
)
def reconcile_facts(timestamp: int) -> int:
    """Directories change without events (a settlement moves): nightly, all facts are compared."""
    ids = Municipality.objects.order_by("pk").values_list("pk", flat=True)
    return sum(actions.rebuild(municipality_id=pk) for pk in ids)


@app.periodic(cron="* * * * *")
@app.task(name="facts.pack_months", queue="insight", lock="facts.pack", queueing_lock="facts.pack")
def pack_months(timestamp: int) -> int:
    """Pack what changed in the last minute; until then it is read row by row."""
    return actions.pack_months()
