"""Lists of what was decided and what is awaited, by key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from otklik.base.given import cursor_of, day_key_given, key_given
from otklik.casework.appeals.queries import visible_to
from otklik.casework.proceedings.models import Decision, DocumentRequest
from otklik.casework.proceedings.vocabulary import Verb
from otklik.directory.organisation.rules import Access

TABS: dict[str, tuple[str, tuple[str, ...]]] = {
    "forwarded": ("Направлено", (Verb.FORWARD,)),
    "documents": ("Ждём документы", ()),
    "stopped": ("Без ответа и прекращено", (Verb.LEAVE, Verb.STOP, Verb.RETURN, Verb.WITHDRAW)),
    "other": ("Ссылкой и возобновлено", (Verb.SITE_LINK, Verb.RESUME)),
}
PAGE = 50


@dataclass(frozen=True)
class RegisterPage:
    rows: list[Any]
    after: str


def register_of(access: Access, tab: str) -> QuerySet[Any]:
    """Decisions of the tab, or requests still unanswered, of the cases this person may see."""
    seen = visible_to(access).values("pk")
    if tab == "documents":
        waiting = DocumentRequest.objects.filter(
            municipality_id=access.municipality_id, received_at__isnull=True, appeal__in=seen
        )
        return waiting.select_related("appeal").order_by("due_on", "pk")
    found = Decision.objects.filter(
        municipality_id=access.municipality_id, verb__in=TABS[tab][1], appeal__in=seen
    )
    return (
        found.select_related("appeal").prefetch_related("transfers").order_by("-decided_at", "-pk")
    )


def page(found: QuerySet[Any], *, tab: str, cursor: str = "", limit: int = PAGE) -> RegisterPage:
    """Requests run from the earliest term, decisions from the newest."""
    taken = list(found.filter(_beyond(tab, cursor))[: limit + 1])
    after = ""
    if len(taken) > limit:
        taken = taken[:limit]
        last = taken[-1]
        moment = last.due_on if tab == "documents" else last.decided_at
        after = cursor_of(moment, last.pk)
    return RegisterPage(rows=taken, after=after)


def _beyond(tab: str, cursor: str) -> Q:
    if tab == "documents":
        term = day_key_given(cursor)
        return Q(due_on__gt=term[0]) | Q(due_on=term[0], pk__gt=term[1]) if term else Q()
    key = key_given(cursor)
    return Q(decided_at__lt=key[0]) | Q(decided_at=key[0], pk__lt=key[1]) if key else Q()
