"""The monthly report of an executor on the cases it answered for (ust-kubinsky:4.9.e)."""

from __future__ import annotations

from otklik.insight.reports.catalogue.base import MONTHLY, Composed, Kind, Wanted
from otklik.insight.reports.queries.executor import work_of
from otklik.insight.reports.queries.framing import frame_of
from otklik.insight.reports.rules.composing import framed
from otklik.insight.reports.rules.executor import METHOD, sections, sheets
from otklik.insight.reports.rules.plan import Plan
from otklik.language.wording import earlier_words


def _compose(wanted: Wanted) -> Composed | None:
    assert wanted.body is not None
    work = work_of(wanted.access, wanted.body, wanted.since, wanted.until, at=wanted.at)
    if work.empty:
        return None
    frame = frame_of(
        wanted.town,
        wanted.since,
        wanted.until,
        recipient=wanted.recipient or f"В {wanted.town.centre_name or 'центр управления'}",
    )
    document = framed(
        frame,
        title="Отчёт исполнителя",
        about=f"о рассмотренных обращениях и сообщениях: {wanted.body}",
        sections=sections(work, ago=earlier_words(wanted.since, wanted.until)),
        method=METHOD,
    )
    signed = document.model_copy(update={"signer": str(wanted.body)})
    return Composed(document=signed, sheets=sheets(work))


KIND = Kind(
    slug="executor",
    name="Ежемесячный отчёт исполнителя",
    title="Отчёт исполнителя",
    about="По одному органу: что поступило, как отвечено, что просрочено. Поля формы"
    " руководителя берутся из раздела «Отчёты».",
    compose=_compose,
    plan=Plan(rhythm=MONTHLY, due_days=5),
    order=90,
    of_body=True,
    clauses=("ust-kubinsky:4.9.e",),
)
