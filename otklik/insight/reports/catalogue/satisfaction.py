"""How people judge the answers (novoduginsky:2.5.3, pereslavl:2.4.7)."""

from __future__ import annotations

from otklik.insight.reports.catalogue.base import MONTHLY, Composed, Kind, Wanted
from otklik.insight.reports.queries.framing import frame_of
from otklik.insight.reports.queries.scores import satisfaction
from otklik.insight.reports.rules.composing import framed
from otklik.insight.reports.rules.plan import Plan
from otklik.insight.reports.rules.satisfaction import METHOD, sections, sheets
from otklik.language.wording import earlier_words


def _compose(wanted: Wanted) -> Composed | None:
    found = satisfaction(wanted.access, wanted.since, wanted.until)
    if not found.whole.given:
        return None
    frame = frame_of(
        wanted.town, wanted.since, wanted.until, recipient=wanted.recipient, scope=wanted.scope
    )
    document = framed(
        frame,
        title="Отчёт",
        about="об удовлетворённости жителей ответами",
        sections=sections(found, ago=earlier_words(wanted.since, wanted.until)),
        method=METHOD,
    )
    return Composed(document=document, sheets=sheets(found))


KIND = Kind(
    slug="satisfaction",
    name="Отчёт об удовлетворённости",
    title="Отчёт об оценках",
    about="Оценки ответов по исполнителям, темам и каналам; низкие оценки и что по ним сделано.",
    compose=_compose,
    plan=Plan(rhythm=MONTHLY, due_days=5),
    order=80,
)
