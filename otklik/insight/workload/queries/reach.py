"""Whose work a person may count: narrower than the cases he sees.

A case may be in the hands of several bodies; whoever sees it through one of them learns of that
body's work only. Without the right to analysis an executor counts the work given to him by name.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from otklik.casework.appeals.models import Assignment
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.directory.organisation.queries import reached
from otklik.directory.organisation.rules import Access, Reach
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.facts.models import AssignmentFact, QuestionFact
from otklik.insight.facts.queries import visible_assignments, visible_to


def may_count(access: Access) -> bool:
    return access.may(Permission.ANALYTICS) or access.may(Permission.DRAFT)


def analyses(access: Access) -> Access:
    """The same access under the role that lets it count; Forbidden when none does."""
    if access.may(Permission.ANALYTICS) or not access.may(Permission.DRAFT):
        return access.require_any(Permission.ANALYTICS)
    return access.require_any(Permission.DRAFT)


def assignments(access: Access) -> QuerySet[AssignmentFact]:
    """Parts given within reach, withdrawn ones too."""
    if access.may(Permission.ANALYTICS):
        return visible_assignments(access).filter(_held(access, ""))
    return AssignmentFact.objects.filter(
        municipality_id=access.municipality_id, account_id=_self(access)
    )


def answers(access: Access) -> QuerySet[QuestionFact]:
    """Questions whose main executor is within reach."""
    if access.may(Permission.ANALYTICS):
        return visible_to(access).filter(_held(access, ""))
    return QuestionFact.objects.filter(
        municipality_id=access.municipality_id, account_id=_self(access)
    )


def waiting(access: Access) -> QuerySet[Assignment]:
    """Parts within reach that are neither done nor withdrawn, of cases not closed yet."""
    found = Assignment.objects.filter(
        question__appeal__municipality_id=access.municipality_id,
        question__appeal__status__in=[str(status) for status in OPEN_STATUSES],
        question__answered_at__isnull=True,
        withdrawn_at__isnull=True,
        done_at__isnull=True,
    )
    if not access.may(Permission.ANALYTICS):
        return found.filter(account_id=_self(access))
    case = reached(access, Permission.ANALYTICS, "question__appeal__")
    return found.filter(case & _held(access, "question__appeal__"))


@dataclass(frozen=True)
class Units:
    """Bodies whose work may be counted whole (None: all), and whether one's own may besides.

    `partial` says that roles limited to channels leave a part of the work out.
    """

    bodies: frozenset[int] | None
    own: int | None
    partial: bool

    def has(self, body_id: int) -> bool:
        return self.bodies is None or body_id in self.bodies


def units(access: Access) -> Units:
    if not access.may(Permission.ANALYTICS):
        return Units(frozenset(), access.account_id, partial=False)
    reach = access.reach(Permission.ANALYTICS)
    inner = list(reach.by_channel.values())
    if reach.everywhere:
        return Units(None, access.account_id, partial=False)
    everywhere = any(one.everywhere for one in inner)
    bodies = reach.body_ids.union(*(one.body_ids for one in inner))
    own = access.account_id if reach.own or any(one.own for one in inner) else None
    return Units(None if everywhere else bodies, own, partial=bool(inner))


def _held(access: Access, case: str) -> Q:
    """Work in the hands of those reached: columns `body_id` and `account_id` of the part."""
    reach = access.reach(Permission.ANALYTICS)
    if reach.everywhere:
        return Q()
    found = _hands(reach, access)
    for channel, inner in reach.by_channel.items():
        within = Q(**{f"{case}channel": channel})
        found |= within if inner.everywhere else within & _hands(inner, access)
    return found


def _hands(reach: Reach, access: Access) -> Q:
    found = Q(pk__in=[])
    if reach.body_ids:
        found |= Q(body_id__in=sorted(reach.body_ids))
    if reach.own and access.account_id is not None:
        found |= Q(account_id=access.account_id)
    return found


def _self(access: Access) -> int:
    """One's own number; nobody's where there is none."""
    return analyses(access).account_id or 0
