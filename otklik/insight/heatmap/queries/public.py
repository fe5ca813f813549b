"""The map for everybody: only what was let out."""

from __future__ import annotations

from datetime import date

from django.db.models import Avg, BigIntegerField, Count, F
from django.db.models.functions import Cast, Floor

from otklik.directory.territory.models import Settlement
from otklik.insight.cuts.queries import labels_of
from otklik.insight.cuts.vocabulary import Dimension
from otklik.insight.facts.models import QuestionFact
from otklik.insight.heatmap.models import PublicRelease
from otklik.insight.heatmap.rules import (
    FEWEST_SHOWN,
    PublicCell,
    Quarter,
    masked,
    public_grid,
    summed,
)


def released(municipality_id: int, quarters: list[Quarter]) -> dict[date, list[PublicCell]]:
    """By the first day of a quarter: its cells, empty ones too; one query."""
    rows = PublicRelease.objects.filter(
        municipality_id=municipality_id, since__in=[quarter.since for quarter in quarters]
    )
    return {row.since: [_cell(*said) for said in row.cells] for row in rows}


def public_cells(
    municipality_id: int, quarters: list[Quarter]
) -> tuple[list[PublicCell], list[Quarter]]:
    """The sum of what was let out for these quarters, and which of them were let out."""
    found = released(municipality_id, quarters)
    known = [quarter for quarter in quarters if quarter.since in found]
    return summed(cell for cells in found.values() for cell in cells), known


def cells_to_release(municipality_id: int, quarter: Quarter) -> list[PublicCell]:
    """Squares with enough cases of one topic: no case, no address, no small number.

    At most four queries. Squares stand on a fixed grid and say nothing of the points in them.
    """
    facts = QuestionFact.objects.filter(
        municipality_id=municipality_id,
        is_first=True,
        received_on__range=(quarter.since, quarter.until),
        lat__isnull=False,
        lon__isnull=False,
        topic_id__isnull=False,
    )
    homes = Settlement.objects.filter(municipality_id=municipality_id)
    middle = homes.aggregate(lat=Avg("lat"))["lat"] or facts.aggregate(lat=Avg("lat"))["lat"]
    if middle is None:
        return []
    grid = public_grid(round(middle))
    found = list(
        facts.order_by()
        .values(
            "settlement_id",
            "topic_id",
            column=Cast(Floor(F("lon") / grid.width), BigIntegerField()),
            row=Cast(Floor(F("lat") / grid.height), BigIntegerField()),
        )
        .annotate(count=Count("pk"))
        .filter(count__gte=FEWEST_SHOWN)
        .order_by("-count", "column", "row", "topic_id")
    )
    topics = labels_of(Dimension.TOPIC, [row["topic_id"] for row in found])
    places = labels_of(Dimension.SETTLEMENT, [row["settlement_id"] for row in found])
    return [
        PublicCell(
            place=places[row["settlement_id"]],
            topic=topics[row["topic_id"]],
            count=masked(row["count"]),
            lat=round((row["row"] + 0.5) * grid.height, 3),
            lon=round((row["column"] + 0.5) * grid.width, 3),
        )
        for row in found
    ]


def _cell(place: str, topic: str, count: int, lat: float, lon: float) -> PublicCell:
    return PublicCell(place=place, topic=topic, count=count, lat=lat, lon=lon)
