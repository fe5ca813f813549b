"""The digest of one day: short enough for two minutes. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from otklik.insight.papers.rules import Column, Section, Table
from otklik.insight.reports.rules.figures import WeeklyNote
from otklik.insight.reports.rules.indicators import explained
from otklik.insight.reports.rules.nouns import Noun, noun_of
from otklik.insight.reports.rules.sections import risks, summary, topics
from otklik.language.wording import counted, date_words, join_list, number

NAMED = 3
ROWS = 12
METHOD = tuple(explained("received", "answered", "in-work", "overdue"))


@dataclass(frozen=True, kw_only=True)
class BodyToday:
    """Open cases of one body: overdue, with a term on the first and on the second day after.

    No name: nobody is assigned.
    """

    name: str
    overdue: int
    first: int
    second: int


@dataclass(frozen=True, kw_only=True)
class ProblemToday:
    number: str
    title: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Today:
    """`low`: grades 1 and 2 given on the day of the digest."""

    day: date
    bodies: Sequence[BodyToday] = ()
    low: int = 0
    problems: Sequence[ProblemToday] = ()


def sections(note: WeeklyNote, today: Today) -> list[Section | None]:
    came = topics.section(note)
    short = came.model_copy(update={"blocks": came.blocks[-1:]}) if came else None
    return [summary.section(note), _decide(note, today), _bodies(today), short, _risks(note)]


def _decide(note: WeeklyNote, today: Today) -> Section | None:
    noun = noun_of(note)
    lines = [
        *_terms(noun, today),
        *_nobody(noun, today),
        *_grades(today),
        *_problems(today),
    ]
    if not lines:
        return None
    return Section(
        key="decide",
        title=f"Решить {date_words(today.day, year=False)}",
        lines=tuple(lines),
        numbered=len(lines) > 1,
    )


def _terms(noun: Noun, today: Today) -> list[str]:
    first, second = (sum(getattr(one, key) for one in today.bodies) for key in ("first", "second"))
    if not first and not second:
        return []
    busy = [one for one in today.bodies if one.name and one.first]
    busy.sort(key=lambda one: (-one.first, one.name))
    names = join_list(f"{one.name} ({number(one.first)})" for one in busy[:NAMED])
    said = f"Сегодня истекает срок по {noun.after_by(first)}" if first else ""
    if said and names:
        said += f": {names}" if len(busy) <= NAMED else f"; больше всего — {names}"
    if not second:
        return [f"{said}."]
    tail = f"завтра истекает срок по {noun.after_by(second)}"
    return [f"{said}; {tail}." if said else f"{tail.capitalize()}."]


def _nobody(noun: Noun, today: Today) -> list[str]:
    lost = next((one for one in today.bodies if not one.name), None)
    if lost is None or not lost.overdue + lost.first:
        return []
    words = noun.after_by(lost.overdue + lost.first)
    return [f"Назначить исполнителей по {words}, срок которых истёк или истекает сегодня."]


def _grades(today: Today) -> list[str]:
    if not today.low:
        return []
    grades = counted(today.low, ("низкую оценку", "низкие оценки", "низких оценок"))
    return [f"Разобрать {grades} ответов, поставленных жителями за день."]


def _problems(today: Today) -> list[str]:
    told = join_list(
        f"№\u00a0{one.number} «{one.title}» ({number(one.count)})" for one in today.problems
    )
    return [f"Массовые проблемы в работе: {told}."] if told else []


def _bodies(today: Today) -> Section | None:
    late = [one for one in today.bodies if one.overdue][:ROWS]
    if not late:
        return None
    table = Table(
        caption="Просрочено и истекает у исполнителей",
        columns=(
            Column(title="Исполнитель", width=0.46),
            Column(title="Просрочено", width=0.18, right=True),
            Column(title="Срок сегодня", width=0.18, right=True),
            Column(title="Срок завтра", width=0.18, right=True),
        ),
        rows=tuple(
            (
                one.name or "Исполнитель не назначен",
                number(one.overdue),
                number(one.first),
                number(one.second),
            )
            for one in late
        ),
    )
    return Section(key="bodies", title="У кого просрочено", blocks=(table,))


def _risks(note: WeeklyNote) -> Section | None:
    found = risks.section(note)
    return found if found and not found.lines[0].startswith("Рисков, требующих") else None
