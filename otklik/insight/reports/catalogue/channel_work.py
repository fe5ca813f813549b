"""What the papers of single systems have in common; offers no kind of its own."""

from __future__ import annotations

from dataclasses import replace

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.insight.growth.queries import growth_report
from otklik.insight.reports.catalogue.base import Composed, Wanted
from otklik.insight.reports.catalogue.weekly import sheets_of
from otklik.insight.reports.queries.assembling import weekly_note
from otklik.insight.reports.queries.framing import frame_of
from otklik.insight.reports.rules.composing import framed
from otklik.insight.reports.rules.findings import grown
from otklik.insight.reports.rules.growing import METHOD, growth_section
from otklik.insight.reports.rules.sections import (
    advice,
    bodies,
    errors,
    flow,
    method,
    opinions,
    places,
    risks,
    summary,
    topics,
)


def compose_channel(wanted: Wanted, *, title: str, about: str) -> Composed | None:
    """The work in one system with the causes of growth; `wanted.access` reaches no further."""
    figures = weekly_note(wanted.access, since=wanted.since, until=wanted.until, now=wanted.now)
    if figures.empty:
        return None
    period = AppealFilter(since=wanted.since, until=wanted.until)
    growth = growth_report(wanted.access, period, now=wanted.now)
    frame = frame_of(
        wanted.town, wanted.since, wanted.until, recipient=wanted.recipient, scope=wanted.scope
    )
    # The frame says what is counted, and who has prepared the paper.
    frame = replace(frame, plain=wanted.whole)
    told = replace(figures, whole=True, centre_card="")
    document = framed(
        frame,
        title=title,
        about=about,
        sections=[
            summary.section(figures),
            # One channel: a table of channels would say nothing.
            flow.section(replace(figures, channels=())),
            growth_section(growth, named=bool(grown(figures))),
            topics.section(figures),
            places.section(figures),
            opinions.section(figures),
            errors.section(figures),
            bodies.section(figures),
            risks.section(figures),
            advice.section(figures),
        ],
        method=[*method.lines(told), METHOD],
    )
    return Composed(document=document, sheets=sheets_of(figures), quiet=not figures.total.received)
