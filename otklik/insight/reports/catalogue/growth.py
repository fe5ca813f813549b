"""What grew and why, as a paper (pereslavl:2.5.3, novoduginsky:2.5.4)."""

from __future__ import annotations

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.insight.growth.queries import growth_report
from otklik.insight.reports.catalogue.base import MONTHLY, Composed, Kind, Wanted
from otklik.insight.reports.queries.framing import frame_of
from otklik.insight.reports.rules.composing import framed
from otklik.insight.reports.rules.growing import METHOD, growth_section
from otklik.insight.reports.rules.indicators import explained
from otklik.insight.reports.rules.plan import Plan


def _compose(wanted: Wanted) -> Composed | None:
    period = AppealFilter(since=wanted.since, until=wanted.until)
    report = growth_report(wanted.access, period, now=wanted.now)
    if not report.now and not report.then:
        return None
    frame = frame_of(
        wanted.town, wanted.since, wanted.until, recipient=wanted.recipient, scope=wanted.scope
    )
    document = framed(
        frame,
        title="Справка",
        about="о причинах и факторах роста числа обращений и сообщений",
        sections=[growth_section(report, whole=True)],
        method=[*explained("received"), METHOD],
    )
    return Composed(document=document, quiet=not report.factors)


KIND = Kind(
    slug="growth",
    name="Справка о причинах роста",
    title="Справка о росте",
    about="Что выросло, где и у кого; с чем сравнивали и что обычно для этих дней.",
    compose=_compose,
    plan=Plan(rhythm=MONTHLY, due_days=3),
    order=60,
    clauses=("pereslavl:2.5.3", "novoduginsky:2.5.4"),
)
