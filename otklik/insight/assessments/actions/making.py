"""Making an assessment: numbers of now, kept for good."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from otklik.base import clock
from otklik.base.errors import Forbidden
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.assessments.actions.common import check_period, tell, today_at
from otklik.insight.assessments.events import AssessmentMade
from otklik.insight.assessments.models import Assessment, Part
from otklik.insight.assessments.queries.duties import duties_content
from otklik.insight.assessments.queries.problems import problems_content
from otklik.insight.assessments.queries.seeing import may_make
from otklik.insight.assessments.queries.work import work_content
from otklik.insight.assessments.rules import weights_from
from otklik.insight.assessments.vocabulary import Kind

Content = dict[str, Any]


@transaction.atomic
def make(
    *,
    access: Access,
    kind: Kind,
    since: date,
    until: date,
    weights: Mapping[str, Any] | None = None,
) -> Assessment:
    """Count and keep an assessment of the period (ust-kubinsky:3.1.z, 3.1.i; pereslavl:1.1.3.g).

    `weights` are those of the severity of problems, as typed; absent ones stay usual. Made again
    for the same period it becomes the next version. Raises Forbidden without the right to reports
    and analysis of the whole municipality, and Refused for an unfit period or weights.
    """
    access = access.require_any(Permission.REPORT)
    if not may_make(access):
        raise Forbidden(
            "Оценку всего муниципалитета составляет тот, кто видит его целиком.",
            "Обратитесь к руководителю центра.",
        )
    today = today_at(access.municipality_id)
    check_period(since, until, today)
    content, method, parts = _counted(access, kind, since, min(until, today), weights or {})
    # Versions of one period are numbered one at a time.
    town = Municipality.objects.select_for_update().get(pk=access.municipality_id)
    same = Assessment.objects.filter(municipality=town, kind=kind, since=since, until=until)
    one = Assessment.objects.create(
        municipality=town,
        kind=kind,
        since=since,
        until=until,
        version=(same.aggregate(last=Max("version"))["last"] or 0) + 1,
        content=content,
        method=method,
        author_id=access.account_id,
        author_label=access.actor.label,
        made_at=clock.now(),
    )
    Part.objects.bulk_create(
        Part(assessment=one, body_id=body, content=own) for body, own in parts.items()
    )
    tell(access, one, AssessmentMade, version=one.version)
    return one


def _counted(
    access: Access, kind: Kind, since: date, until: date, weights: Mapping[str, Any]
) -> tuple[Content, Content, dict[int, Content]]:
    """What is kept: content, method, parts of recipients."""
    now = clock.now()
    if kind == Kind.PROBLEMS:
        chosen = weights_from(weights)
        return problems_content(access, since, until, chosen, now=now), {"weights": chosen}, {}
    if kind == Kind.WORK:
        content, method = work_content(access, since, until, now=now)
        return content, method, {}
    content, parts = duties_content(access, since, until, now=now)
    return content, {}, parts
