"""Who may read, make, approve and follow."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet

from otklik.base.errors import NotFound
from otklik.directory.approvals.queries import route_of, steps_of
from otklik.directory.organisation.models import Body, Role
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.assessments.models import Assessment, Part, Recommendation
from otklik.insight.assessments.vocabulary import SUBJECT, Kind, State, Step
from otklik.insight.growth.queries import HEAD_ROLE

MISSING = ("Такой оценки нет или она вам не доступна.", "Откройте список оценок.")
PARTAKING = (Permission.DRAFT, Permission.APPROVE)


def sees_whole(access: Access) -> bool:
    """Numbers of the whole municipality are for those whose right to analysis covers it."""
    return access.reach(Permission.ANALYTICS).everywhere


def may_make(access: Access) -> bool:
    return sees_whole(access) and access.reach(Permission.REPORT).everywhere


def usual_steps(municipality_id: int) -> list[dict[str, str]]:
    """The head of the centre approves; where regulations know no such role, whoever signs."""
    headed = Role.objects.filter(
        municipality_id=municipality_id,
        slug=HEAD_ROLE,
        grants__permission=Permission.INSTRUCT,
    ).exists()
    right = Permission.INSTRUCT if headed else Permission.SIGN
    return [{"permission": str(right), "label": "Утверждение"}]


def approving(municipality_id: int) -> list[dict[str, str]]:
    """The steps a new round will have."""
    return route_of(municipality_id, SUBJECT, usual_steps(municipality_id))


def may_approve(access: Access) -> bool:
    """Whether this person decides on assessments by the route of the centre."""
    rights = {step["permission"] for step in approving(access.municipality_id)}
    return sees_whole(access) and any(access.reach(right).everywhere for right in rights)


def visible_to(access: Access) -> QuerySet[Assessment]:
    """All to those who see the whole; published ones to every participant. Parts lie apart."""
    found = Assessment.objects.filter(municipality_id=access.municipality_id)
    if sees_whole(access):
        return found
    if not access.may(Permission.VIEW_APPEALS):
        return found.none()
    return found.filter(state=State.PUBLISHED).exclude(kind=Kind.DUTIES)


def listed(access: Access, kind: str = "") -> QuerySet[Assessment]:
    found = visible_to(access).defer("content", "method")
    if kind in Kind.values:
        found = found.filter(kind=kind)
    waiting = Q(recommendations__step__in=[Step.GIVEN, Step.ACCEPTED])
    return found.annotate(
        advised=Count("recommendations", distinct=True),
        open_advice=Count("recommendations", filter=waiting, distinct=True),
        sent_parts=Count("parts", filter=Q(parts__sent_at__isnull=False), distinct=True),
        proposals=Count("parts", filter=Q(parts__answered_at__isnull=False), distinct=True),
    )


def assessment_of(access: Access, pk: int) -> Assessment:
    found = visible_to(access).filter(pk=pk).first()
    if found is None:
        raise NotFound(*MISSING)
    return found


def versions_of(access: Access, one: Assessment) -> QuerySet[Assessment]:
    same = visible_to(access).filter(kind=one.kind, since=one.since, until=one.until)
    return same.defer("content", "method").order_by("-version")


def advice_of(access: Access, one: Assessment) -> QuerySet[Recommendation]:
    """Recommendations with their tasks; to participants only what was published."""
    found = one.recommendations.select_related("body", "task")
    return found if sees_whole(access) else found.exclude(step=Step.PLANNED)


def advice_to_do(access: Access, on: date) -> QuerySet[Recommendation]:
    """Recommendations on their way, those past their day first."""
    found = Recommendation.objects.filter(
        assessment__municipality_id=access.municipality_id, step__in=[Step.GIVEN, Step.ACCEPTED]
    )
    if not sees_whole(access):
        bodies = own_bodies(access)
        found = found if bodies is None else found.filter(body_id__in=bodies)
    return (
        found.select_related("assessment", "body", "task")
        .defer("assessment__content", "assessment__method")
        .order_by("due_on", "pk")
    )


def leads(access: Access) -> bool:
    """Whoever approves or makes assessments follows every recommendation."""
    return may_make(access) or may_approve(access)


def may_follow(access: Access, one: Recommendation) -> bool:
    """Those who lead, and those who answer for the body."""
    return answers_for(access, one) or leads(access)


def answers_for(access: Access, one: Recommendation) -> bool:
    rights = (*PARTAKING, Permission.CONTROL)
    return one.body_id is not None and any(access.allows(r, body_id=one.body_id) for r in rights)


def own_bodies(access: Access) -> list[int] | None:
    """Bodies whose answers this person prepares or approves; None for all of them."""
    reaches = [access.reach(right) for right in PARTAKING]
    if any(reach.everywhere for reach in reaches):
        return None
    return sorted(set().union(*(reach.body_ids for reach in reaches)))


def parts_of(access: Access) -> QuerySet[Part]:
    """All parts to those who see the whole; to a recipient his own once they are sent."""
    found = Part.objects.filter(assessment__municipality_id=access.municipality_id)
    found = found.select_related("assessment", "body").order_by("-sent_at", "-pk")
    if sees_whole(access):
        return found
    bodies = own_bodies(access)
    found = found.filter(sent_at__isnull=False)
    return found if bodies is None else found.filter(body_id__in=bodies)


def part_of(access: Access, pk: int) -> Part:
    found = parts_of(access).filter(pk=pk).first()
    if found is None:
        raise NotFound("Такой части нет или она вам не доступна.", "Откройте список оценок.")
    return found


def may_answer(access: Access, body: Body) -> bool:
    return any(access.allows(right, body_id=body.pk) for right in PARTAKING)


def decisions_of(one: Assessment) -> list[object]:
    return list(steps_of(SUBJECT, [one.pk]).order_by("round", "order"))
