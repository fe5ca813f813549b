"""The feed of changes: what happened since the program asked last."""

from __future__ import annotations

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import visible_to
from otklik.coordination.webhooks.rules import tellable
from otklik.coordination.webhooks.vocabulary import OF_JOURNAL
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.models import Entry
from otklik.records.journal.queries import news_after
from otklik.web.api.rest.routes import Call, operation
from otklik.web.api.rest.schemas import NewsItem, NewsPage, NewsQuery


@operation(
    "GET",
    "/events",
    name="listEvents",
    summary="Лента изменений",
    query=NewsQuery,
    answer=NewsPage,
)
def events(call: Call, *, query: NewsQuery) -> NewsPage:
    """По порядку и без пропусков: спрашивайте снова с after, равным next прошлого ответа."""
    access = call.access.require_any(Permission.VIEW_APPEALS)
    names = [name for name, news in OF_JOURNAL.items() if query.event in (None, news)]
    entries = news_after(access.municipality_id, names, after=query.after, limit=query.limit + 1)
    more, entries = len(entries) > query.limit, entries[: query.limit]
    seen = visible_to(access).filter(pk__in={entry.case_id for entry in entries})
    cases = {case.pk: case for case in seen.only("number", "status")}
    return NewsPage(
        items=[_item(entry, cases[entry.case_id]) for entry in entries if entry.case_id in cases],
        next=entries[-1].pk if entries else query.after,
        more=more,
    )


def _item(entry: Entry, case: Appeal) -> NewsItem:
    return NewsItem(
        id=entry.pk,
        event=OF_JOURNAL[entry.name],
        at=entry.recorded_at,
        case_id=case.pk,
        number=case.number,
        status=case.status,
        change=tellable(entry.payload),
    )
