"""Lists of what was decided and what is awaited, by key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

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
    key, pk = cursor.partition("_")[::2]
    rows = found
    if pk.isdecimal():
        rows = found.filter(_beyond(tab, key, int(pk)))
    taken = list(rows[: limit + 1])
    after = ""
    if len(taken) > limit:
        taken = taken[:limit]
        last = taken[-1]
        moment = last.due_on if tab == "documents" else last.decided_at
        after = f"{moment.isoformat()}_{last.pk}"
    return RegisterPage(rows=taken, after=after)


def _beyond(tab: str, key: str, pk: int) -> Q:
    try:
        if tab == "documents":
            day = date.fromisoformat(key)
            return Q(due_on__gt=day) | Q(due_on=day, pk__gt=pk)
        moment = datetime.fromisoformat(key.replace(" ", "+"))
    except ValueError:
        return Q()
    return Q(decided_at__lt=moment) | Q(decided_at=moment, pk__lt=pk)
