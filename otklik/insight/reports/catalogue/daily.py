"""The daily digest for the head: what came yesterday, what is to be decided today."""

from __future__ import annotations

from otklik.base.rhythm import Rhythm, Step
from otklik.insight.reports.catalogue.base import Composed, Kind, Wanted
from otklik.insight.reports.queries.assembling import weekly_note
from otklik.insight.reports.queries.framing import frame_of
from otklik.insight.reports.queries.today import today_of
from otklik.insight.reports.rules.composing import framed
from otklik.insight.reports.rules.daily import METHOD, sections
from otklik.insight.reports.rules.plan import Plan


def _compose(wanted: Wanted) -> Composed | None:
    figures = weekly_note(wanted.access, since=wanted.since, until=wanted.until, now=wanted.now)
    today = today_of(wanted.access, wanted.town, wanted.until, at=wanted.at)
    if figures.empty:
        return None
    frame = frame_of(
        wanted.town, wanted.since, wanted.until, recipient=wanted.recipient, scope=wanted.scope
    )
    document = framed(
        frame,
        title="Ежедневный дайджест",
        about="для руководителя",
        sections=sections(figures, today),
        method=METHOD,
    )
    total = figures.total
    return Composed(document=document, quiet=not (total.received or total.answered))


KIND = Kind(
    slug="daily",
    name="Ежедневный дайджест руководителя",
    title="Дайджест",
    about="На одну-две страницы: что пришло за день, что просрочено, чьи сроки истекают.",
    compose=_compose,
    plan=Plan(rhythm=Rhythm(step=Step.DAY, hour=7), due_days=1),
    order=20,
)
