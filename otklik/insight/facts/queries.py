"""Which facts a person may count."""

from __future__ import annotations

from django.db.models import QuerySet

from otklik.directory.organisation.queries import reached
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.facts.models import QuestionFact


def visible_to(access: Access) -> QuerySet[QuestionFact]:
    """Facts within the reach of the right to analysis; raises Forbidden without it."""
    access = access.require_any(Permission.ANALYTICS)
    found = QuestionFact.objects.filter(municipality_id=access.municipality_id)
    return found.filter(reached(access, Permission.ANALYTICS))
