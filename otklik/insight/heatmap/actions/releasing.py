"""Letting a quarter of the map out to everybody, once."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from otklik.base import clock
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.insight.heatmap.events import MapReleased
from otklik.insight.heatmap.models import PublicRelease
from otklik.insight.heatmap.queries import cells_to_release
from otklik.insight.heatmap.rules import Quarter, quarters_before
from otklik.records.journal.actions import record


def release_public(*, municipality_id: int, today: date) -> int:
    """Let out every settled quarter that is not out yet; how many. A quarter never changes."""
    wanted = quarters_before(today)
    rows = PublicRelease.objects.filter(municipality_id=municipality_id)
    known = set(rows.values_list("since", flat=True))
    fresh = [quarter for quarter in wanted if quarter.since not in known]
    return sum(_release(municipality_id, quarter) for quarter in fresh)


@transaction.atomic
def _release(municipality_id: int, quarter: Quarter) -> int:
    Municipality.objects.select_for_update(of=("self",)).get(pk=municipality_id)
    cells = cells_to_release(municipality_id, quarter)
    made, fresh = PublicRelease.objects.get_or_create(
        municipality_id=municipality_id,
        since=quarter.since,
        defaults={
            "until": quarter.until,
            "cells": [[c.place, c.topic, c.count, c.lat, c.lon] for c in cells],
            "made_at": clock.now(),
        },
    )
    if fresh:
        event = MapReleased(subject_id=made.pk, period=quarter.label)
        actor = Access.system(municipality_id).actor
        record(event, actor=actor, municipality_id=municipality_id)
    return int(fresh)
