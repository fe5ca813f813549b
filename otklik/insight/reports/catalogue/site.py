"""The quarterly report for the site of the municipality: masked, small numbers protected."""

from __future__ import annotations

from otklik.base.rhythm import Rhythm, Step
from otklik.insight.reports.catalogue.base import Composed, Kind, Wanted
from otklik.insight.reports.queries.framing import frame_of
from otklik.insight.reports.queries.monthly import monthly
from otklik.insight.reports.queries.scores import satisfaction
from otklik.insight.reports.rules.composing import framed
from otklik.insight.reports.rules.plan import Plan
from otklik.insight.reports.rules.protection import FEWEST
from otklik.insight.reports.rules.site import METHOD, sections, sheets
from otklik.language.wording import earlier_words


def _compose(wanted: Wanted) -> Composed | None:
    found = monthly(wanted.access, wanted.since, wanted.until)
    if found.who.appeals < FEWEST:
        return None
    grades = satisfaction(wanted.access, wanted.since, wanted.until).whole
    frame = frame_of(
        wanted.town, wanted.since, wanted.until, recipient=wanted.recipient or "Для размещения"
    )
    document = framed(
        frame,
        title="Отчёт о работе с обращениями",
        about="жителей и организаций",
        sections=sections(found, grades, ago=earlier_words(wanted.since, wanted.until)),
        method=METHOD,
    )
    return Composed(document=document, sheets=sheets(found))


KIND = Kind(
    slug="site",
    name="Квартальный отчёт для сайта",
    title="Отчёт для сайта",
    about="Обезличенный: малые числа скрыты; перед подписанием проверяется, нет ли в тексте"
    " персональных данных.",
    compose=_compose,
    plan=Plan(rhythm=Rhythm(step=Step.QUARTER, day=10), due_days=20),
    order=120,
    recipient="Для размещения на официальном сайте",
    public=True,
    whole_only=True,
)
