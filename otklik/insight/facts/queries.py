"""Which facts a person may count."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.facts.models import QuestionFact


def visible_to(access: Access) -> QuerySet[QuestionFact]:
    """Facts within the reach of the right to analysis; raises Forbidden without it."""
    access = access.require_any(Permission.ANALYTICS)
    found = QuestionFact.objects.filter(municipality_id=access.municipality_id)
    reach = access.reach(Permission.ANALYTICS)
    if reach.everywhere:
        return found
    condition = Q(pk__in=[])
    if reach.body_ids:
        condition |= Q(body_ids__overlap=sorted(reach.body_ids))
    if reach.own and access.account_id is not None:
        condition |= Q(account_ids__contains=[access.account_id])
    return found.filter(condition)
