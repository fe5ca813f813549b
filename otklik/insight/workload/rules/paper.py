"""Proposals to strengthen the structure and the staff of a centre, in words (tuapse:2.4.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from otklik.insight.papers.rules import Column, Picture, Section, Table
from otklik.insight.workload.rules.forecast import Forecast
from otklik.insight.workload.rules.level import LONG_QUEUE, OVER, Load
from otklik.insight.workload.vocabulary import Level
from otklik.language.wording import (
    NBSP,
    counted,
    date_words,
    join_list,
    number,
    percent,
    period_figures,
    period_words,
)

QUESTIONS = ("поручение", "поручения", "поручений")
PEOPLE = ("сотрудника", "сотрудников", "сотрудников")
WORKERS = ("сотрудник", "сотрудника", "сотрудников")
NAMED, MOST_ROWS, MOST_DRAWN = 5, 25, 12
LITTLE_MISSING = 0.2
"""A fifth of a person is not worth an order."""

DASH = "—"


@dataclass(frozen=True)
class Line:
    """A block, or a body with the names of its blocks."""

    name: str
    load: Load
    blocks: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Numbers of the document. `expected` is the level of occupancy of the four weeks to come."""

    since: date
    until: date
    total: Load
    blocks: Sequence[Line]
    bodies: Sequence[Line]
    forecast: Forecast
    expected: float | None
    vacant: Sequence[str] = ()
    normed: bool = False
    whole: bool = True

    def of(self, level: Level) -> list[Line]:
        return [one for one in self.bodies if one.load.level == level]


def sections(found: Proposal) -> list[Section | None]:
    """Not numbered; those with nothing to say are None."""
    return [_state(found), _coming(found), _proposals(found)]


def _state(found: Proposal) -> Section:
    lines = [
        _given(found),
        *_named("Перегружены", found.of(Level.OVER)),
        *_named("Запас времени есть", found.of(Level.SPARE)[::-1]),
    ]
    nobody = found.of(Level.NOBODY)
    if nobody:
        names = join_list(f"{one.name} ({counted(one.load.given, QUESTIONS)})" for one in nobody)
        lines.append(f"Работа дана, а сотрудников, которые отвечали бы на неё, нет: {names}.")
    few = found.of(Level.FEW)
    if few:
        names = join_list(one.name for one in few[:NAMED])
        more = " и другие" if len(few) > NAMED else ""
        lines.append(f"Мало данных, чтобы судить о занятости: {names}{more}.")
    blocks = [_table("Занятость отраслевых блоков", "Блок", found.blocks)] if found.blocks else []
    blocks += [_table("Занятость органов", "Орган", found.bodies[:MOST_ROWS])]
    return Section(
        key="state", title="Занятость", lines=tuple(lines), blocks=(*blocks, *_drawn(found.bodies))
    )


def _given(found: Proposal) -> str:
    load = found.total
    said = (
        f"{period_words(found.since, found.until)} исполнителям дано"
        f" {counted(load.given, QUESTIONS)}: это {_hours(load.effort)} работы"
    )
    if load.share is None:
        return f"{said}."
    there = f"; там, где есть сотрудники, — {_hours(load.covered)}" if load.bare else ""
    return (
        f"{said}{there}. Рабочего времени, отведённого на обращения, — {_hours(load.hours)};"
        f" занятость — {percent(load.share)}."
    )


def _named(words: str, found: Sequence[Line]) -> list[str]:
    if not found:
        return []
    names = [f"{one.name} ({percent(one.load.share or 0)})" for one in found[:NAMED]]
    more = f" и ещё {number(len(found) - NAMED)}" if len(found) > NAMED else ""
    return [f"{words}: {join_list(names) if not more else ', '.join(names)}{more}."]


def _table(caption: str, first: str, rows: Sequence[Line]) -> Table:
    counts = ("Дано в\u00a0неделю", "Отвечено в\u00a0неделю", "В работе", "Задел, недель")
    columns = [Column(title=first, width=0.3)]
    columns += [Column(title=title, width=0.12, right=True) for title in counts]
    columns.append(Column(title="Занятость", width=0.22, right=True))
    return Table(
        caption=f"{caption} за восемь недель",
        columns=tuple(columns),
        rows=tuple(_row(one) for one in rows),
    )


def _row(one: Line) -> tuple[str, ...]:
    load = one.load
    weeks = load.queue_weeks
    return (
        one.name,
        number(load.a_week, 1),
        number(load.done_a_week, 1),
        number(load.waiting),
        DASH if weeks is None else number(weeks, 1),
        level_words(load),
    )


def level_words(load: Load) -> str:
    """«143 %, перегрузка», «мало данных»."""
    word = str(load.level.label)
    if load.share is None or load.level == Level.FEW:
        return word
    return f"{percent(load.share)}, {word}"


def _drawn(bodies: Sequence[Line]) -> list[Picture]:
    """Levels as bars, the fullest first."""
    told = [one for one in bodies if one.load.share is not None and not one.load.few][:MOST_DRAWN]
    if len(told) < 2:
        return []
    shares = [round(100 * (one.load.share or 0)) for one in told]
    alt = "; ".join(f"{one.name} — {share}{NBSP}%" for one, share in zip(told, shares, strict=True))
    return [
        Picture(
            draw="bars",
            caption="Занятость органов, %",
            alt=f"Занятость органов: {alt}.",
            data={"names": [one.name for one in told], "now": shares, "before": []},
        )
    ]


def _coming(found: Proposal) -> Section | None:
    told = found.forecast
    if not told.known or told.error is None:
        return None
    first, last = told.weeks[0].since, told.weeks[-1].until
    lines = [
        (
            f"{period_words(first, last)} ожидается {number(told.expected)}"
            f" {_noun(round(told.expected))} (вероятнее всего от {number(told.low)}"
            f" до {number(told.high)})."
        ),
        (
            f"Такие же прогнозы на уже прошедшие недели ошибались в среднем на"
            f" {percent(told.error)} (проверок: {told.trials})."
        ),
    ]
    if found.expected is not None:
        words = "перегрузка" if found.expected > OVER else "времени хватает"
        lines.append(
            f"Если поручения будут такими же по трудоёмкости, занятость составит"
            f" {percent(found.expected)}: {words}."
        )
    table = Table(
        caption="Прогноз поручений по неделям",
        columns=(
            Column(title="Неделя", width=0.4),
            Column(title="Ожидается", width=0.2, right=True),
            Column(title="Не меньше", width=0.2, right=True),
            Column(title="Не больше", width=0.2, right=True),
        ),
        rows=tuple(
            (
                period_figures(week.since, week.until),
                number(week.expected),
                number(week.low),
                number(week.high),
            )
            for week in told.weeks
        ),
    )
    return Section(
        key="forecast", title="Прогноз на четыре недели", lines=tuple(lines), blocks=(table,)
    )


def _noun(count: int) -> str:
    return counted(count, QUESTIONS).rpartition(NBSP)[2]


def _proposals(found: Proposal) -> Section:
    lines = [
        *(_strengthen(one, found) for one in found.of(Level.OVER)),
        *_appoint(found.of(Level.NOBODY)),
        *(_clear(one) for one in found.bodies if _stuck(one)),
        *_vacant(found.vacant),
        *_ahead(found),
    ]
    if not lines:
        lines = ["Оснований менять структуру и состав центра по этим данным нет."]
    if not found.normed:
        lines.append(
            "Задать нормы времени по группам тем: пока все поручения считаются одинаково"
            " трудоёмкими."
        )
    return Section(
        key="proposals",
        title="Предложения по усилению структуры и состава",
        lines=tuple(lines),
        numbered=len(lines) > 1,
    )


def _strengthen(one: Line, found: Proposal) -> str:
    load = one.load
    short = (load.covered - load.hours) / load.weeks
    why = f"занятость {percent(load.share or 0)}, не хватает {_hours(short)} в неделю"
    helpers = _helpers(one, found)
    if helpers:
        room = join_list(f"{other.name} ({_hours(other.load.room)} в неделю)" for other in helpers)
        return (
            f"{one.name}: передать часть поручений тем, у кого в блоке есть время, — {room}; {why}."
        )
    people = ceil(load.missing) if load.missing >= LITTLE_MISSING else 0
    if not people:
        return f"{one.name}: увеличить долю времени на обращения; {why}."
    now = counted(round(load.people), WORKERS)
    return (
        f"{one.name}: добавить {counted(people, PEOPLE)} либо увеличить долю времени на обращения;"
        f" {why}, работает {now}."
    )


def _helpers(one: Line, found: Proposal) -> list[Line]:
    """Bodies of the same block whose free hours would together be enough."""
    short = (one.load.covered - one.load.hours) / one.load.weeks
    spare = sorted(
        (other for other in found.of(Level.SPARE) if other.blocks & one.blocks),
        key=lambda other: -other.load.room,
    )[:3]
    return spare if sum(other.load.room for other in spare) >= short else []


def _appoint(found: Sequence[Line]) -> list[str]:
    """The most burdened by name; the rest in one line."""
    found = sorted(found, key=lambda one: (-one.load.given, one.name))
    alone, rest = (found, []) if len(found) <= NAMED else (found[: NAMED - 1], found[NAMED - 1 :])
    lines = [
        (
            f"{one.name}: назначить сотрудника, отвечающего на обращения:"
            f" за восемь недель дано {counted(one.load.given, QUESTIONS)},"
            f" в работе {number(one.load.waiting)}."
        )
        for one in alone
    ]
    if rest:
        names = join_list(f"{one.name} ({number(one.load.given)})" for one in rest)
        lines.append(f"Назначить сотрудников, отвечающих на обращения, и там, где их нет: {names}.")
    return lines


def _stuck(one: Line) -> bool:
    weeks = one.load.queue_weeks
    return weeks is not None and weeks >= LONG_QUEUE and not one.load.few


def _clear(one: Line) -> str:
    late = f", из них просрочено {number(one.load.overdue)}" if one.load.overdue else ""
    return (
        f"{one.name}: разобрать задел — в работе {counted(one.load.waiting, QUESTIONS)}{late},"
        f" это {number(one.load.queue_weeks or 0, 1)} недели работы без новых поручений."
    )


def _vacant(names: Sequence[str]) -> list[str]:
    if not names:
        return []
    shown = join_list(f"«{name}»" for name in names[:NAMED])
    more = f" и ещё {number(len(names) - NAMED)}" if len(names) > NAMED else ""
    return [f"Назначить сотрудников на роли, которые никто не исполняет: {shown}{more}."]


def _ahead(found: Proposal) -> list[str]:
    told = found.forecast
    share = found.total.share
    if found.expected is None or share is None or found.expected <= OVER or share > OVER:
        return []
    return [
        (
            f"До {date_words(told.weeks[-1].until)} предусмотреть помощь на время роста:"
            f" ожидаемая занятость {percent(found.expected)} против {percent(share)} сейчас."
        )
    ]


def method(found: Proposal) -> list[str]:
    """The small print: how all of it was counted."""
    lines = [
        (
            "Занятость — часы работы, порученной за восемь недель, делённые на часы, отведённые на"
            " обращения. Часы работы — нормы времени по темам и группам тем; соисполнителю без"
            f" своей нормы — 40{NBSP}% нормы исполнителя."
        ),
        (
            "Рабочее время — часы производственного календаря в дни назначения без дней замещения,"
            " умноженные на долю времени, отведённую на обращения."
        ),
        (
            f"Больше 110{NBSP}% — перегрузка, меньше 60{NBSP}% — запас; меньше десяти поручений —"
            " мало данных."
        ),
    ]
    if found.forecast.known:
        lines.append(
            "Прогноз — средний уровень недель с затухающим трендом, с поправкой на дни недели,"
            " рабочие дни и сезон; в границы попадают восемь исходов из десяти."
        )
    if not found.whole:
        lines.append("Учтена только работа, доступная составителю.")
    return lines


def _hours(value: float) -> str:
    return f"{number(value, 1 if value < 20 else 0)}{NBSP}ч"
