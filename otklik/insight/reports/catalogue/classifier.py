"""The monthly summary by sections of the classifier, as municipalities publish it."""

from __future__ import annotations

from otklik.insight.reports.catalogue.base import MONTHLY, Composed, Kind, Wanted
from otklik.insight.reports.queries.framing import frame_of
from otklik.insight.reports.queries.monthly import monthly
from otklik.insight.reports.rules.composing import framed
from otklik.insight.reports.rules.monthly_sections import METHOD, sections, sheets
from otklik.insight.reports.rules.plan import Plan
from otklik.language.wording import earlier_words


def _compose(wanted: Wanted) -> Composed | None:
    found = monthly(wanted.access, wanted.since, wanted.until)
    if not found.who.appeals and not found.answers.total:
        return None
    frame = frame_of(
        wanted.town, wanted.since, wanted.until, recipient=wanted.recipient, scope=wanted.scope
    )
    document = framed(
        frame,
        title="Сводный отчёт",
        about="о поступивших обращениях и сообщениях по разделам классификатора",
        sections=sections(found, ago=earlier_words(wanted.since, wanted.until)),
        method=METHOD,
    )
    return Composed(document=document, sheets=sheets(found))


KIND = Kind(
    slug="classifier",
    name="Ежемесячный свод по разделам классификатора",
    title="Свод",
    about="Каналы, населённые пункты, разделы и вопросы, сроки рассмотрения, результаты;"
    " обращения и вопросы отдельно.",
    compose=_compose,
    plan=Plan(rhythm=MONTHLY, due_days=5),
    order=30,
)
