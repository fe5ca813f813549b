"""Counts for the report on errors and missed terms (dedovichi:13.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from otklik.casework.quality.models import Advice, Finding
from otklik.casework.quality.queries.registers import advice_to, visible_to
from otklik.casework.quality.vocabulary import ADVICE_OPEN, FindingState, Sort
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission


@dataclass(frozen=True, kw_only=True)
class BodyLine:
    """One body; `body_id` is None for what nobody's body is to blame for."""

    body_id: int | None
    name: str
    faults: int
    late: int
    conflicts: int
    unmended: int

    @property
    def total(self) -> int:
        return self.faults + self.late + self.conflicts


@dataclass(frozen=True, kw_only=True)
class KindLine:
    sort: str
    kind: str
    label: str
    count: int
    unmended: int


@dataclass(frozen=True, kw_only=True)
class ErrorReport:
    """Everything the report says; `rows` are the findings themselves, newest first."""

    since: date
    until: date
    bodies: Sequence[BodyLine]
    kinds: Sequence[KindLine]
    rows: Sequence[Finding]
    advice: Sequence[Advice]
    open_advice: int

    def total(self, sort: str = "") -> int:
        return sum(line.count for line in self.kinds if not sort or line.sort == sort)

    @property
    def unmended(self) -> int:
        return sum(line.unmended for line in self.kinds)


def error_report(access: Access, since: date, until: date) -> ErrorReport:
    """Errors, missed terms and conflicts of a period, by body and kind: four statements.

    Both dates are included. Raises Forbidden without the right to keep this record.
    """
    access = access.require_any(Permission.QUALITY)
    found = visible_to(access).filter(happened_on__gte=since, happened_on__lte=until)
    advice = list(
        advice_to(access)
        .filter(finding__happened_on__gte=since, finding__happened_on__lte=until)
        .select_related("finding", "finding__appeal", "body")
        .defer("finding__appeal__search")
    )
    return ErrorReport(
        since=since,
        until=until,
        bodies=_bodies(found),
        kinds=_kinds(found),
        rows=list(
            found.select_related("appeal", "body", "person")
            .defer("appeal__search", "appeal__text")
            .order_by("sort", "-happened_on", "-pk")
        ),
        advice=advice,
        open_advice=sum(one.state in ADVICE_OPEN for one in advice),
    )


def _of(sort: Sort) -> Count:
    return Count("pk", filter=Q(sort=sort))


def _unmended() -> Count:
    return Count("pk", filter=Q(state=FindingState.OPEN))


def _bodies(found: QuerySet[Finding]) -> list[BodyLine]:
    rows = (
        found.order_by()
        .values("body_id", "body__name", "body__short_name")
        .annotate(
            faults=_of(Sort.FAULT),
            late=_of(Sort.LATE),
            conflicts=_of(Sort.CONFLICT),
            unmended=_unmended(),
        )
    )
    lines = [
        BodyLine(
            body_id=row["body_id"],
            name=row["body__short_name"] or row["body__name"] or "Центр управления",
            faults=row["faults"],
            late=row["late"],
            conflicts=row["conflicts"],
            unmended=row["unmended"],
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: (-line.total, line.name))


def _kinds(found: QuerySet[Finding]) -> list[KindLine]:
    labels = dict(Finding._meta.get_field("kind").flatchoices)
    rows = found.order_by().values("sort", "kind").annotate(count=Count("pk"), bad=_unmended())
    lines = [
        KindLine(
            sort=row["sort"],
            kind=row["kind"],
            label=str(labels.get(row["kind"], row["kind"])),
            count=row["count"],
            unmended=row["bad"],
        )
        for row in rows
    ]
    order = list(Sort.values)
    return sorted(lines, key=lambda line: (order.index(line.sort), -line.count, line.label))
