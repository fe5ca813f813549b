"""The report on ПОС (pereslavl:2.5.8, novoduginsky:2.5.5)."""

from __future__ import annotations

from otklik.casework.appeals.vocabulary import Channel
from otklik.insight.reports.catalogue.base import MONTHLY, Composed, Kind, Wanted
from otklik.insight.reports.catalogue.channel_work import compose_channel
from otklik.insight.reports.rules.plan import Plan


def _compose(wanted: Wanted) -> Composed | None:
    return compose_channel(
        wanted,
        title="Отчёт по ПОС",
        about="о работе с сообщениями в системе «Платформа обратной связи»",
    )


KIND = Kind(
    slug="pos",
    name="Отчёт по «Платформе обратной связи»",
    title="Отчёт по ПОС",
    about="Ответственный за ПОС составляет, руководитель подписывает: итоги, причины роста,"
    " сроки, оценки, рекомендации.",
    compose=_compose,
    plan=Plan(rhythm=MONTHLY, due_days=5),
    order=40,
    channels=(str(Channel.POS),),
    clauses=("pereslavl:2.5.8", "novoduginsky:2.5.5"),
)
