"""The check of the monthly package for ССТУ.РФ before it leaves. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from otklik.insight.papers.rules import Column, Section, Table
from otklik.insight.papers.writers.xlsx import Sheet
from otklik.language.wording import capital, counted, date_words, number

APPEALS = ("обращение", "обращения", "обращений")
QUESTIONS = ("вопрос", "вопроса", "вопросов")
SHOWN = 60
MONTHS_OF = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь",
    "ноябрь", "декабрь",
)  # fmt: skip
CHANGES = {"added": "добавлено", "changed": "изменено", "removed": "убрано"}
METHOD = (
    (
        "В пакет входят обращения по Федеральному закону № 59-ФЗ, поступившие до конца месяца и не"
        " закрытые до его начала; обращение входит целиком или не входит совсем."
    ),
    "Состояние каждого вопроса выводится из его карточки; вручную его не задают.",
    "Основание: Указ Президента Российской Федерации от 17.04.2017 № 171.",
)


@dataclass(frozen=True, kw_only=True)
class Refusal:
    number: str
    missing: str
    mend: str


@dataclass(frozen=True, kw_only=True)
class Package:
    """`changed`: what differs from the package before, by kind of change."""

    month: date
    made_on: date
    appeals: int
    questions: int
    held_back: int
    states: Sequence[tuple[str, int]] = ()
    refusals: Sequence[Refusal] = ()
    changed: Mapping[str, int] | None = None


def sections(found: Package) -> list[Section | None]:
    return [_summary(found), _states(found), _refused(found)]


def sheets(found: Package) -> list[Sheet]:
    return [
        Sheet(
            name="Состояния",
            columns=(("Состояние вопроса", 50), ("Вопросов", 12)),
            rows=[(capital(name), count) for name, count in found.states],
            sums=(1,),
        ),
        Sheet(
            name="Не вошло",
            columns=(("Обращение", 26), ("Чего не хватает", 60), ("Что сделать", 60)),
            rows=[(one.number, one.missing, one.mend) for one in found.refusals],
        ),
    ]


def _summary(found: Package) -> Section:
    month = f"{MONTHS_OF[found.month.month - 1]} {found.month.year} года"
    lines = [
        (
            f"Пакет за {month} составлен {date_words(found.made_on)}:"
            f" {counted(found.appeals, APPEALS)}, {counted(found.questions, QUESTIONS)}."
        )
    ]
    if found.held_back:
        lines.append(
            f"Не вошло {counted(found.held_back, APPEALS)}: не хватает сведений, перечень ниже."
        )
    else:
        lines.append("Вошли все обращения месяца; пакет можно передавать.")
    if found.changed:
        told = ", ".join(
            f"{CHANGES.get(name, name)} — {number(count)}" for name, count in found.changed.items()
        )
        lines.append(f"По сравнению с прежним пакетом за этот месяц: {told}.")
    return Section(key="summary", title="Итоги проверки", lines=tuple(lines))


def _states(found: Package) -> Section | None:
    if not found.states:
        return None
    rows = sorted(found.states, key=lambda pair: (-pair[1], pair[0]))
    table = Table(
        caption="Вопросы пакета по состоянию",
        columns=(
            Column(title="Состояние", width=0.75),
            Column(title="Вопросов", width=0.25, right=True),
        ),
        rows=(
            *((capital(name), number(count)) for name, count in rows),
            ("Всего", number(sum(count for _, count in rows))),
        ),
        total=True,
    )
    return Section(key="states", title="Состояния вопросов", blocks=(table,))


def _refused(found: Package) -> Section | None:
    if not found.refusals:
        return None
    usual = Counter(one.missing for one in found.refusals).most_common(3)
    often = "; ".join(f"{missing} ({number(count)})" for missing, count in usual)
    lines = [f"Чаще всего: {often}."]
    rest = len(found.refusals) - SHOWN
    if rest > 0:
        lines.append(f"Показаны первые {SHOWN}; ещё {number(rest)} — в файле XLSX.")
    table = Table(
        caption="Чего не хватает и где это исправить",
        columns=(
            Column(title="Обращение", width=0.22),
            Column(title="Чего не хватает", width=0.39),
            Column(title="Что сделать", width=0.39),
        ),
        rows=tuple((one.number, one.missing, one.mend) for one in found.refusals[:SHOWN]),
    )
    return Section(key="refused", title="Не вошли в пакет", lines=tuple(lines), blocks=(table,))
