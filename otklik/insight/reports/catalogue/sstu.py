"""The check of the package for ССТУ.РФ."""

from __future__ import annotations

from otklik.base.rhythm import Rhythm, Step
from otklik.insight.reports.catalogue.base import Composed, Kind, Wanted
from otklik.insight.reports.queries.framing import frame_of
from otklik.insight.reports.queries.packages import package_of
from otklik.insight.reports.rules.composing import framed
from otklik.insight.reports.rules.plan import Plan
from otklik.insight.reports.rules.sstu import METHOD, sections, sheets


def _compose(wanted: Wanted) -> Composed | None:
    found = package_of(wanted.town.pk, wanted.since, wanted.until)
    if found is None:
        return None
    frame = frame_of(wanted.town, wanted.since, wanted.until, recipient=wanted.recipient)
    document = framed(
        frame,
        title="Проверка пакета",
        about="для ССТУ.РФ: состав, состояния вопросов, что не вошло",
        sections=sections(found),
        method=METHOD,
    )
    return Composed(document=document, sheets=sheets(found))


KIND = Kind(
    slug="sstu",
    name="Проверка пакета для ССТУ.РФ",
    title="Проверка ССТУ",
    about="Что вошло в пакет месяца, что нет и где это исправить. Пакет составляется в разделе"
    " «ССТУ.РФ».",
    compose=_compose,
    plan=Plan(rhythm=Rhythm(step=Step.MONTH, day=5), due_days=10),
    order=110,
    whole_only=True,
)
