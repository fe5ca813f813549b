"""The report on «Инцидент менеджмент» (pereslavl:2.5.4, novoduginsky:2.6.5)."""

from __future__ import annotations

from otklik.casework.appeals.vocabulary import Channel
from otklik.insight.reports.catalogue.base import MONTHLY, Composed, Kind, Wanted
from otklik.insight.reports.catalogue.channel_work import compose_channel
from otklik.insight.reports.rules.plan import Plan


def _compose(wanted: Wanted) -> Composed | None:
    return compose_channel(
        wanted,
        title="Отчёт по ИМ",
        about="о работе с сообщениями в системе «Инцидент менеджмент»",
    )


KIND = Kind(
    slug="incident",
    name="Отчёт по «Инцидент менеджменту»",
    title="Отчёт по ИМ",
    about="Ответственный за ИМ составляет, руководитель подписывает: итоги, причины роста,"
    " сроки, оценки, рекомендации.",
    compose=_compose,
    plan=Plan(rhythm=MONTHLY, due_days=5),
    order=50,
    channels=(str(Channel.INCIDENT),),
    clauses=("pereslavl:2.5.4", "novoduginsky:2.6.5"),
)
