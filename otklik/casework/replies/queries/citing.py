"""Which answers and templates refer to an act of the library."""

from __future__ import annotations

from django.db.models import QuerySet

from otklik.casework.appeals.queries import visible_to
from otklik.casework.replies.models import Reply, ReplyTemplate
from otklik.directory.organisation.models import LegalAct
from otklik.directory.organisation.rules import Access


def templates_citing(act: LegalAct) -> QuerySet[ReplyTemplate]:
    return ReplyTemplate.objects.filter(acts=act, municipality_id=act.municipality_id)


def replies_citing(access: Access, act: LegalAct) -> QuerySet[Reply]:
    """Answers that this person may see, newest first."""
    found = Reply.objects.filter(acts=act, appeal__in=visible_to(access).values("pk"))
    return found.select_related("appeal").order_by("-created_at", "-pk")
