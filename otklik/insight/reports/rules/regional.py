"""Materials for the regional centre by functions and themes (pereslavl:3.2.5). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from otklik.insight.papers.rules import Column, Section, Table
from otklik.insight.papers.writers.xlsx import Sheet
from otklik.insight.reports.rules.indicators import explained
from otklik.language.wording import compared, join_list, number, share_words, signed

NO_THEME = "Не определено"
METHOD = tuple(explained("received", "answered", "late", "in-work", "overdue"))


@dataclass(frozen=True, kw_only=True)
class ThemeLine:
    """Cases of one socially significant theme; no name: of none."""

    name: str
    received: int = 0
    before: int = 0
    answered: int = 0
    late: int = 0
    in_work: int = 0
    overdue: int = 0


@dataclass(frozen=True, kw_only=True)
class ProblemLine:
    title: str
    place: str
    body: str
    count: int
    state: str
    cause: str = ""


@dataclass(frozen=True, kw_only=True)
class ClauseDone:
    clause: str
    on: date
    text: str


def projects() -> Section:
    """What only people know: it stands in the paper once they have written it."""
    return Section(
        key="projects",
        title="Реализация проектов и программ",
        prompt="По каждому проекту или программе: что сделано за период, какие обращения жителей"
        " с ней связаны, что мешает. Каждая строка — абзац.",
    )


def themes(
    lines: Sequence[ThemeLine], ago: str, *, title: str = "Тематики", first: str = "Тематика"
) -> Section | None:
    """None when not a single case has a theme."""
    known = [one for one in lines if one.received or one.answered or one.in_work]
    named = [one for one in known if one.name and one.received]
    if not named:
        return None
    total = sum(one.received for one in known)
    said = []
    if named and total:
        top = join_list(f"«{one.name}» ({share_words(one.received, total)})" for one in named[:3])
        said.append(f"Больше всего обращений и сообщений: {top}.")
    said += [
        f"«{one.name}»: {number(one.received)}, {compared(one.received, one.before, ago=ago)}."
        for one in named[:6]
        if one.before
    ]
    return Section(
        key="themes",
        title=title,
        lines=tuple(said),
        blocks=(_themes_table(known, title, first),),
    )


def _themes_table(lines: Sequence[ThemeLine], title: str, first: str) -> Table:
    titles = ("Поступило", "Измене\u00adние", "Дано ответов", "Позже срока", "В работе",
              "Просро\u00adчено")  # fmt: skip
    keys = ("received", "before", "answered", "late", "in_work", "overdue")
    sums = {key: sum(getattr(one, key) for one in lines) for key in keys}
    every = [*lines, ThemeLine(name="Всего", **sums)]
    return Table(
        caption=f"Обращения и сообщения: {title.lower()}",
        columns=(
            Column(title=first, width=0.34),
            *(Column(title=title, width=0.11, right=True) for title in titles),
        ),
        rows=tuple(
            (
                one.name or NO_THEME,
                number(one.received),
                signed(one.received - one.before),
                number(one.answered),
                number(one.late),
                number(one.in_work),
                number(one.overdue),
            )
            for one in every
        ),
        total=True,
    )


def problems(lines: Sequence[ProblemLine]) -> Section | None:
    if not lines:
        return None
    table = Table(
        caption="Массовые проблемы периода",
        columns=(
            Column(title="Проблема", width=0.4),
            Column(title="Где", width=0.2),
            Column(title="Кто решает", width=0.2),
            Column(title="Обращений", width=0.1, right=True),
            Column(title="Состояние", width=0.1),
        ),
        rows=tuple(
            (
                f"{one.title}; причина — {one.cause}" if one.cause else one.title,
                one.place,
                one.body,
                number(one.count),
                one.state,
            )
            for one in lines
        ),
    )
    return Section(key="problems", title="Массовые проблемы и их решение", blocks=(table,))


def functions(lines: Sequence[ClauseDone]) -> Section | None:
    if not lines:
        return None
    table = Table(
        caption="Исполнено по положению о центре",
        columns=(
            Column(title="Пункт", width=0.12),
            Column(title="Дата", width=0.15),
            Column(title="Что сделано", width=0.73),
        ),
        rows=tuple((one.clause, f"{one.on:%d.%m.%Y}", one.text) for one in lines),
    )
    return Section(key="functions", title="Функции центра", blocks=(table,))


def sheets(lines: Sequence[ThemeLine]) -> list[Sheet]:
    return [
        Sheet(
            name="Тематики",
            columns=(
                ("Тематика", 44), ("Поступило", 12), ("Период ранее", 13), ("Дано ответов", 13),
                ("Позже срока", 12), ("В работе", 12), ("Просрочено", 12), ("Доля позже срока", 14),
            ),
            rows=[
                (one.name or NO_THEME, one.received, one.before, one.answered, one.late,
                 one.in_work, one.overdue, "")
                for one in lines
            ],
            sums=(1, 2, 3, 4, 5, 6),
            shares={7: (4, 3)},
        )
    ]  # fmt: skip
