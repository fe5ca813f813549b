"""Whose case it is, who may see and change it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, QuerySet

from otklik.base.errors import NotFound
from otklik.casework.appeals.models import Appeal, Assignment, Question
from otklik.directory.organisation.queries import reached
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

NOWHERE = -1
_ALWAYS = ("applicant", "topic", "executor_body", "settlement", "street", "house", "municipality")


def visible_to(access: Access) -> QuerySet[Appeal]:
    """The appeals this person may know about."""
    found = Appeal.objects.filter(municipality_id=access.municipality_id)
    return found.filter(reached(access, Permission.VIEW_APPEALS))


def sees(access: Access, appeal: Appeal | None) -> bool:
    """Whether this person may know about a case at hand. No queries."""
    return appeal is not None and covers(access, Permission.VIEW_APPEALS, appeal)


def covers(access: Access, permission: Permission, appeal: Appeal) -> bool:
    """Whether a right reaches a case at hand by any of its bodies, or as own work. No queries."""
    if appeal.municipality_id != access.municipality_id:
        return False
    own = access.account_id if access.account_id in appeal.account_ids else None
    bodies: tuple[int | None, ...] = (None, *appeal.body_ids)
    return any(
        access.allows(permission, body_id=body, account_id=own, channel=appeal.channel)
        for body in bodies
    )


def card(access: Access, appeal_id: int) -> Appeal:
    """One case with its questions and assignments; NotFound when hidden or absent."""
    assignments = Assignment.objects.select_related("body", "account").order_by("role", "pk")
    questions = (
        Question.objects.select_related("topic", "settlement")
        .defer("settlement__boundary")
        .prefetch_related(Prefetch("assignments", queryset=assignments))
    )
    found = (
        visible_to(access)
        .select_related(*_ALWAYS)
        .defer("search", "settlement__boundary", "street__line")
        .prefetch_related(Prefetch("questions", queryset=questions), *_seldom())
    )
    return one_of(found, appeal_id)


def one_of(visible: QuerySet[Appeal], appeal_id: int) -> Appeal:
    """The case with this id; NotFound when it is hidden or absent, whichever it is."""
    found = visible.filter(pk=appeal_id).first()
    if found is None:
        raise NotFound("Такого обращения нет или оно вам не доступно.", "Проверьте номер.")
    return found


def _seldom() -> list[Any]:
    """What few cases have: asked for where it is there, for ten tables take long to be joined."""
    return [
        Prefetch("repeats", queryset=Appeal.objects.defer("search", "external_hash")),
        "complained_body",
        "addressee_body",
    ]


def may_classify(access: Access, appeal: Appeal) -> bool:
    """Whether the right to classify covers the case, by any of the bodies that have it."""
    return covering_body(access, appeal) is not NOWHERE


def classifying(access: Access, appeal_id: int) -> Access:
    """The access of one who may classify this case, the head of a block for its bodies.

    Raises Forbidden without the right and NotFound for a case that is hidden.
    """
    access.require_any(Permission.CLASSIFY)
    if access.allows(Permission.CLASSIFY):
        return access.require(Permission.CLASSIFY)
    appeal = visible_to(access).filter(pk=appeal_id).first() or card(access, appeal_id)
    body_id = covering_body(access, appeal)
    return access.require(Permission.CLASSIFY, body_id=body_id, channel=appeal.channel)


def covering_body(access: Access, appeal: Appeal) -> int | None:
    """The body by which a person may classify the case, None for all; NOWHERE when he may not."""
    for body_id in (None, appeal.executor_body_id, *appeal.body_ids):
        if access.allows(Permission.CLASSIFY, body_id=body_id, channel=appeal.channel):
            return body_id
    return NOWHERE


def repeats_of(appeal: Appeal, *, days: int = 365) -> QuerySet[Appeal]:
    """Earlier cases of the same applicant (same phone or e-mail) or with the same text."""
    person, place = appeal.applicant, appeal.municipality_id
    by_person = Appeal.objects.filter(municipality_id=place, applicant__municipality_id=place)
    ways = [
        (person.email, by_person.filter(applicant__email=person.email)),
        (person.phone, by_person.filter(applicant__phone=person.phone)),
        (
            appeal.fingerprint,
            Appeal.objects.filter(municipality_id=place, fingerprint=appeal.fingerprint),
        ),
    ]
    # A union of look-ups: one condition with «or» over two tables would read the whole year.
    found = [way.order_by().values("pk") for known, way in ways if known]
    if not found:
        return Appeal.objects.none()
    return (
        Appeal.objects.filter(pk__in=found[0].union(*found[1:]) if found[1:] else found[0])
        .filter(received_at__gte=appeal.received_at - timedelta(days=days))
        .filter(received_at__lt=appeal.received_at)
        .exclude(pk=appeal.pk)
        .order_by("-received_at")
    )
