"""What the engine suggested in the last quarter, and what the operators said of it."""

from __future__ import annotations

from datetime import timedelta

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.classification.actions import confirm_topic, learn, suggest_many
from otklik.config.demo.rooms.common import Scene
from otklik.directory.organisation.rules import Access

OPERATOR = "vetrova"
LOOKED_AT = 450
QUARTER = timedelta(days=92)


def read_along(scene: Scene) -> None:
    """Learn a quarter ago, suggest for every n-th case since, let the operator decide; learn
    again on the last evening."""
    begun = scene.evening - QUARTER
    system = Access.system(scene.place_id)
    with clock.frozen(begun):
        learn(access=system)
    since = Appeal.objects.filter(
        municipality_id=scene.place_id, received_at__gt=begun, topic__isnull=False
    ).order_by("received_at", "pk")
    cases = list(since)
    cases = cases[:: max(1, len(cases) // LOOKED_AT)]
    suggest_many(municipality_id=scene.place_id, appeals=cases)
    operator = scene.access(OPERATOR)
    for case in cases:
        with clock.frozen(min(scene.evening, case.received_at + timedelta(minutes=20))):
            confirm_topic(access=operator, appeal_id=case.pk, topic_id=case.topic_id or 0)
    with clock.frozen(scene.evening):
        learn(access=system)
