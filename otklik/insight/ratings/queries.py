"""The rating of bodies for a period, every figure with its way to the cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from otklik.base.errors import Refused
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.queries import closing, facts_of
from otklik.insight.cuts.vocabulary import Counted
from otklik.insight.facts.models import QuestionFact
from otklik.insight.ratings.formulas import mcu_2026
from otklik.insight.ratings.formulas.tally import Figure, Rated, Settings, Tally
from otklik.insight.ratings.formulas.wording import formula_text

SETTINGS_KEY = "rating"
_ANSWERED = Q(status="answered")
_ROWS: dict[str, dict[str, Any]] = {
    "answered": {"status": "answered"},
    "closing": {"closing": True},
    "scored": {"status": "answered", "scored": True},
    "timed": {"status": "answered"},
    "checked": {"status": "answered"},
}
MEASURED = {"timed": Q(term_used__isnull=False), "checked": Q(checks__gt=0)}
"""What only facts know of a question: it had a term, its answer was checked."""


@dataclass(frozen=True, kw_only=True)
class Rating:
    """Bodies best first, with the formula as printed and the settings in force."""

    rows: Sequence[Rated]
    settings: Settings
    formula: str
    filter: AppealFilter

    def cases(self, row: Rated, figure: Figure | None = None) -> AppealFilter:
        """The filter of the body's questions, narrowed to those a figure is counted from.

        `figure.rows`, when it is in `MEASURED`, narrows them further.
        """
        more = _ROWS[figure.rows] if figure is not None else {}
        return replace(self.filter, body=row.body_id, **more)


def rating(access: Access, wanted: AppealFilter, *, now: datetime) -> Rating:
    """Rate the bodies this person may see by the questions received in the period.

    Narrow `wanted` to a channel for the rating of one system. Three queries
    whatever the number of cases. Raises Forbidden, and Refused without a
    closed period.
    """
    if wanted.since is None or wanted.until is None:
        raise Refused("Рейтинг строится за период.", "Укажите начало и конец периода.")
    facts = facts_of(access, wanted, Counted.QUESTIONS, now).filter(body_id__isnull=False)
    counted = list(facts.order_by().values("body_id").annotate(**_measures(now)))
    names = dict(_names(row["body_id"] for row in counted))
    settings = settings_of(access.municipality_id)
    tallies = [_tally(row, names) for row in counted]
    return Rating(
        rows=mcu_2026.rate(tallies, settings),
        settings=settings,
        formula=formula_text(settings),
        filter=wanted,
    )


def questions_of(
    access: Access, wanted: AppealFilter, *, now: datetime, measured: str = ""
) -> QuerySet[QuestionFact]:
    """Questions behind a number of the analysis, one row a question, unordered."""
    found = facts_of(access, wanted, Counted.QUESTIONS, now)
    return found.filter(MEASURED[measured]) if measured in MEASURED else found


def settings_of(municipality_id: int) -> Settings:
    """Weights and minimum of the municipality; unknown or broken values are passed over."""
    given = Municipality.objects.values_list("settings", flat=True).get(pk=municipality_id)
    own = given.get(SETTINGS_KEY, {}) if isinstance(given, dict) else {}
    known = {field.name for field in fields(Settings)}
    values: dict[str, Any] = {
        name: int(value) if name in ("minimum", "prior") else float(value)
        for name, value in own.items()
        if name in known and isinstance(value, int | float) and value >= 0
    }
    chosen = Settings(**values)
    return chosen if chosen.has_weight else replace(Settings(), minimum=chosen.minimum)


def _measures(now: datetime) -> dict[str, Any]:
    return {
        "questions": Count("pk"),
        "closing": Count("pk", filter=closing(now)),
        "answered": Count("pk", filter=_ANSWERED),
        "in_time": Count("pk", filter=_ANSWERED & Q(answered_at__lte=F("due_at"))),
        "timed": Count("term_used", filter=_ANSWERED),
        "used": Sum("term_used", filter=_ANSWERED),
        "scored": Count("score", filter=_ANSWERED),
        "scores": Sum("score", filter=_ANSWERED),
        "returns": Count("pk", filter=_ANSWERED & Q(returned__gt=0)),
        "again": Count("pk", filter=_ANSWERED & Q(reopened__gt=0)),
        "checked": Count("pk", filter=_ANSWERED & Q(checks__gt=0)),
        "passed": Sum(F("checks_passed") * 1.0 / F("checks"), filter=_ANSWERED & Q(checks__gt=0)),
    }


def _tally(row: Mapping[str, Any], names: dict[int, str]) -> Tally:
    return Tally(
        body_id=row["body_id"],
        name=names.get(row["body_id"], f"орган {row['body_id']}"),
        questions=row["questions"],
        closing=row["closing"],
        answered=row["answered"],
        in_time=row["in_time"],
        timed=row["timed"],
        term_used=row["used"] or 0.0,
        scored=row["scored"],
        score_sum=row["scores"] or 0,
        returned=row["returns"],
        reopened=row["again"],
        checked=row["checked"],
        checklist=row["passed"] or 0.0,
    )


def _names(ids: Any) -> list[tuple[int, str]]:
    return [(body.pk, str(body)) for body in Body.objects.filter(pk__in=list(ids))]
