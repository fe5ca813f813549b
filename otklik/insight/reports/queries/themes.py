"""Cases by socially significant theme, functions of the centre and mass problems."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Count, F, Q

from otklik.casework.appeals.vocabulary import OPEN_STATUSES, Status
from otklik.casework.problems.models import Problem
from otklik.casework.problems.queries import count_seen, problems_of
from otklik.casework.problems.vocabulary import ProblemState
from otklik.coordination.tasks.models import Fulfilment
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.topics.queries import theme_names
from otklik.insight.cuts.rules import preceding
from otklik.insight.facts.queries import visible_to
from otklik.insight.reports.rules.regional import ClauseDone, ProblemLine, ThemeLine

MOST = 15


def by_theme(access: Access, since: date, until: date, *, at: datetime) -> list[ThemeLine]:
    """Every theme with cases; two statements. Those of no theme come last."""
    names = theme_names(access.municipality_id)
    return _lines(access, since, until, at, "theme", names)


def by_section(access: Access, since: date, until: date, *, at: datetime) -> list[ThemeLine]:
    """The same by section of the classifier."""
    found = _lines(access, since, until, at, "topic_group", None)
    return [one for one in found if one.name] + [one for one in found if not one.name]


def _lines(
    access: Access,
    since: date,
    until: date,
    at: datetime,
    field: str,
    names: Mapping[str, str] | None,
) -> list[ThemeLine]:
    before = preceding(since, until)
    came = Q(received_on__range=(since, until))
    answered = Q(status=Status.ANSWERED, answered_on__range=(since, until))
    open_now = Q(status__in=[str(one) for one in OPEN_STATUSES])
    standing = Q(received_on__lte=until) & (
        open_now | Q(status=Status.ANSWERED, answered_on__gt=until)
    )
    rows = (
        visible_to(access)
        .filter(Q(is_first=True), Q(received_on__range=(before[0], until)) | answered | standing)
        .order_by()
        .values(field)
        .annotate(
            received=Count("pk", filter=came),
            before=Count("pk", filter=Q(received_on__range=before)),
            answered=Count("pk", filter=answered),
            late=Count("pk", filter=answered & Q(answered_at__gt=F("due_at"))),
            in_work=Count("pk", filter=standing),
            overdue=Count("pk", filter=standing & Q(due_at__lt=at)),
        )
    )
    found = [
        ThemeLine(
            name=row[field] if names is None else names.get(row[field], ""),
            **{key: row[key] for key in row if key != field},
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (not one.name, -one.received, one.name))


def problems_between(
    access: Access, town: Municipality, since: date, until: date
) -> list[ProblemLine]:
    """Problems that stood in the period, for those who see cases; the fullest first."""
    if not access.may(Permission.VIEW_APPEALS):
        return []
    found = (
        problems_of(access)
        .filter(state__in=(ProblemState.CONFIRMED, ProblemState.SOLVED))
        .filter(made_at__date__lte=until)
        .filter(Q(closed_at__isnull=True) | Q(closed_at__date__gte=since))
        .select_related("settlement", "lead_body")
        .order_by("-cases_count", "pk")[:MOST]
    )
    rows = list(found)
    count_seen(access, rows)
    return [_line(one) for one in rows]


def _line(one: Problem) -> ProblemLine:
    return ProblemLine(
        title=one.title,
        place=str(one.settlement or ""),
        body=str(one.lead_body or ""),
        count=one.cases_count,
        state=one.get_state_display(),
        cause=one.cause if one.cause_said else "",
    )


def clauses_done(municipality_id: int, since: date, until: date) -> list[ClauseDone]:
    """Functions of the regulation marked as carried out in the period."""
    rows = Fulfilment.objects.filter(
        municipality_id=municipality_id, fulfilled_on__range=(since, until)
    ).order_by("fulfilled_on", "pk")
    return [ClauseDone(clause=one.clause, on=one.fulfilled_on, text=one.text) for one in rows[:40]]
