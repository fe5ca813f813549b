"""What the last package of a month for ССТУ.РФ held and what it could not take."""

from __future__ import annotations

from datetime import date
from typing import Any

from otklik.coordination.sstu.models import ExportRun
from otklik.coordination.sstu.vocabulary import SstuStatus
from otklik.insight.reports.rules.sstu import Package, Refusal


def package_of(municipality_id: int, since: date, until: date) -> Package | None:
    """The last package of the latest month that began in the period."""
    run = (
        ExportRun.objects.filter(municipality_id=municipality_id, month__range=(since, until))
        .order_by("-month", "-pk")
        .first()
    )
    if run is None:
        return None
    labels = dict(SstuStatus.choices)
    return Package(
        month=run.month,
        made_on=run.made_at.astimezone(run.municipality.tz).date(),
        appeals=run.appeals,
        questions=run.questions,
        held_back=run.held_back,
        states=[(str(labels.get(name, name)), count) for name, count in run.states.items()],
        refusals=[_refusal(one) for one in run.refusals],
        changed={name: len(found) for name, found in run.changes.items() if found},
    )


def _refusal(kept: dict[str, Any]) -> Refusal:
    return Refusal(number=kept["number"], missing=kept["missing"], mend=kept["mend"])
