"""The quarterly report for the site: no small numbers, no names. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from otklik.insight.papers.rules import Column, Section, Table
from otklik.insight.papers.writers.xlsx import Sheet
from otklik.insight.reports.rules.monthly import Monthly, Row
from otklik.insight.reports.rules.protection import FEWEST, shown
from otklik.insight.reports.rules.satisfaction import Grades
from otklik.language.wording import compared, counted, number, percent, plural, share_words

APPEALS = ("обращение и сообщение", "обращения и сообщения", "обращений и сообщений")
ROWS = 15
METHOD = (
    (
        f"Числа меньше {FEWEST} не показаны, чтобы по ним нельзя было узнать человека; рядом с ними"
        " скрыто ещё одно, если иначе скрытое можно вычислить."
    ),
    (
        "Период — по дню поступления, сроки — по дню ответа; срок ответа — календарные дни от"
        " регистрации."
    ),
    "Персональных данных в отчёте нет.",
)


def sections(found: Monthly, grades: Grades, *, ago: str) -> list[Section | None]:
    return [
        Section(key="summary", title="Итоги", lines=tuple(_summary(found, grades, ago))),
        _side("channels", "Как обращались", "Канал", found.channels),
        _side("sections", "О чём обращались", "Раздел", found.sections),
        _side("places", "Откуда обращались", "Населённый пункт", found.places),
        _terms(found),
        Section(
            key="done",
            title="Что сделано по обращениям жителей",
            prompt="Два-три примера решённых вопросов, без имён и адресов заявителей.",
        ),
    ]


def sheets(found: Monthly) -> list[Sheet]:
    """Protected as on paper: words where numbers are hidden, hence no totals by formula."""
    sides = (
        ("Каналы", "Канал", found.channels),
        ("Разделы", "Раздел", found.sections),
        ("Территории", "Населённый пункт", found.places),
    )
    return [
        Sheet(
            name=name,
            columns=((first, 50), ("Обращений и сообщений", 22)),
            rows=list(_rows(rows)),
        )
        for name, first, rows in sides
    ]


def _summary(found: Monthly, grades: Grades, ago: str) -> list[str]:
    who = found.who
    words = f"Поступило {counted(who.appeals, APPEALS)}"
    if who.before >= FEWEST:
        words += f" — {compared(who.appeals, who.before, ago=ago)}"
    lines = [f"{words}."]
    if who.law59 >= FEWEST and who.appeals - who.law59 >= FEWEST:
        share = share_words(who.law59, who.appeals)
        lines.append(f"По Федеральному закону № 59-ФЗ — {share}, остальные — сообщения.")
    answers = found.answers
    if answers.total >= FEWEST:
        verb = plural(answers.total, ("Дан", "Дано", "Дано"))
        given = counted(answers.total, ("ответ", "ответа", "ответов"))
        kept = percent((answers.total - answers.late) / answers.total)
        lines.append(f"{verb} {given}; в установленный срок — {kept}.")
    if grades.mean is not None:
        marks = counted(grades.given, ("оценке", "оценкам", "оценкам"))
        lines.append(f"Средняя оценка ответов жителями — {number(grades.mean, 1)} из 5 по {marks}.")
    return lines


def _side(key: str, title: str, first: str, rows: Sequence[Row]) -> Section | None:
    told = _rows(rows)
    if len(told) < 2:
        return None
    table = Table(
        caption=f"{title}: число обращений и сообщений",
        columns=(Column(title=first, width=0.7), Column(title="Число", width=0.3, right=True)),
        rows=told,
    )
    return Section(key=key, title=title, blocks=(table,))


def _rows(rows: Sequence[Row]) -> tuple[tuple[str, str], ...]:
    """The fullest; the rest together; small ones in words."""
    used = [(row.label, row.outcome.appeals) for row in rows if row.outcome.appeals]
    head, rest = used[:ROWS], used[ROWS:]
    if rest:
        head.append((f"Прочие ({number(len(rest))})", sum(count for _, count in rest)))
    words = shown([count for _, count in head])
    return tuple((label, word) for (label, _), word in zip(head, words, strict=True))


def _terms(found: Monthly) -> Section | None:
    answers = found.answers
    if answers.total < FEWEST:
        return None
    names = ("До 15 дней", "От 16 до 30 дней", "Свыше 30 дней")
    words = shown([answers.to_15, answers.to_30, answers.longer])
    table = Table(
        caption="За сколько дней отвечали",
        columns=(Column(title="Срок", width=0.7), Column(title="Ответов", width=0.3, right=True)),
        rows=tuple(zip(names, words, strict=True)),
    )
    return Section(key="terms", title="Сроки ответов", blocks=(table,))
