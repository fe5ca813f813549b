"""Facts follow the journal."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.insight.facts import actions


@app.task(name="facts.refresh", queue="insight")
def refresh_facts(municipality_id: int, appeal_ids: list[int]) -> int:
    return actions.refresh_facts(municipality_id=municipality_id, appeal_ids=appeal_ids)


@app.task(name="facts.rebuild", queue="insight")
def rebuild_facts(municipality_id: int) -> int:
    return actions.rebuild(municipality_id=municipality_id)
