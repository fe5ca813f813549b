"""Load of the bodies and their rating."""

from __future__ import annotations

from collections.abc import Sequence

from otklik.insight.papers.rules import Column, Section, Table
from otklik.insight.reports.rules.figures import RatedBody, RatingTable, WeeklyNote
from otklik.insight.reports.rules.tables import figure, shortened, table
from otklik.language.wording import (
    NBSP,
    capital,
    counted,
    join_list,
    number,
    period_words,
)

BODIES = ("исполнитель", "исполнителя", "исполнителей")
QUESTIONS = ("вопроса", "вопросов", "вопросов")
NAMED = 6
MOST_RANKED = 12
SHORT = {"количество": "Кол-во", "удовлетворённость": "Оценки", "без повторов": "Повторы"}
"""Heads that fit seven parts on a page."""


def section(note: WeeklyNote) -> Section | None:
    alive = [
        line
        for line in note.bodies
        if line.counts.received or line.counts.answered or line.counts.in_work
    ]
    if not any(line.key is not None for line in alive):
        return None
    cells = [
        ("Поступило", figure("received")),
        ("Дано ответов", figure("answered")),
        ("В работе", figure("in_work")),
        ("Просрочено", figure("overdue")),
        ("Истекает за 7 дней", figure("due_soon")),
    ]
    rows = shortened(alive, BODIES, MOST_RANKED)
    blocks = [table("Загрузка исполнителей", "Исполнитель", cells, rows, note.total, 0.34)]
    lines = []
    if note.rating is not None:
        lines = _about(note.rating)
        blocks += _ranked(note.rating)
    return Section(
        key="bodies",
        title="Исполнители: загрузка и рейтинг",
        lines=tuple(lines),
        blocks=tuple(blocks),
    )


def _about(rating: RatingTable) -> list[str]:
    least = counted(rating.minimum, QUESTIONS)
    if not rating.ranked:
        return [
            (
                f"Рейтинг не составлен: {period_words(rating.since, rating.until)} ни у одного"
                f" исполнителя не набралось {least}, на которые дан ответ или срок которых истёк."
            )
        ]
    lines = [
        (
            f"Рейтинг — по вопросам, поступившим {period_words(rating.since, rating.until)};"
            f" {_first(rating)}."
        )
    ]
    if rating.small:
        names = join_list(_named(rating))
        lines.append(f"Без места, так как вопросов меньше {number(rating.minimum)}: {names}.")
    return lines


def _first(rating: RatingTable) -> str:
    """«первое место: А (86,1 из 100)», with groups «первые места: отделы — А (86,1 из 100), …»."""
    best = []
    for group, rows in rating.groups.items():
        names = join_list([row.name for row in rows if row.place == 1])
        told = f"{group} — " if group else ""
        best.append(f"{told}{names} ({number(rows[0].total, 1)} из{NBSP}100)")
    return f"{'первое место' if len(best) == 1 else 'первые места'}: {'; '.join(best)}"


def _named(rating: RatingTable) -> list[str]:
    names = [row.name for row in rating.small]
    if len(names) <= NAMED + 1:
        return names
    return [*names[:NAMED], f"ещё {counted(len(names) - NAMED, BODIES)}"]


def _ranked(rating: RatingTable) -> list[Table]:
    return [_table(rating, group, rows) for group, rows in rating.groups.items()]


def _table(rating: RatingTable, group: str, rows: Sequence[RatedBody]) -> Table:
    shown = rows if len(rows) <= MOST_RANKED + 3 else rows[:MOST_RANKED]
    titles = ["Вопросов", *(SHORT.get(part, capital(part)) for part in rating.parts), "Итог"]
    width = round(0.69 / len(titles), 4)
    columns = [
        Column(title="Место", width=0.07, right=True),
        Column(title="Исполнитель", width=0.24),
        *(Column(title=title, width=width, right=True) for title in titles),
    ]
    cells = [
        (
            str(row.place),
            row.name,
            number(row.sample),
            *(number(part) for part in row.parts),
            number(row.total, 1),
        )
        for row in shown
    ]
    caption = "Рейтинг исполнителей"
    if group:
        caption += f": {group}"
    if len(shown) < len(rows):
        caption += f": первые {len(shown)} из {len(rows)}"
    return Table(caption=caption, columns=tuple(columns), rows=tuple(cells))
