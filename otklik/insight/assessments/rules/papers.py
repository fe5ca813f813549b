"""Sections of the papers of assessments, from what was kept. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from otklik.insight.assessments.rules.severity import CRITERIA
from otklik.insight.papers.rules import Column, Section, Table
from otklik.language.wording import counted, join_list, number, signed, typo

CASES = ("обращение", "обращения", "обращений")
QUESTIONS = ("вопрос", "вопроса", "вопросов")
Content = Mapping[str, Any]


def problems(content: Content) -> Iterator[Section]:
    rows = content["rows"]
    heaviest = join_list(f"«{row['label']}»" for row in rows[:3])
    lines = [f"За период поступило {counted(content['received'], CASES)}."]
    if heaviest:
        lines.append(f"Тяжелее всего: {heaviest}.")
    if content["unknown"]:
        lines.append(f"Без определённой темы: {counted(content['unknown'], CASES)}.")
    yield Section(
        key="problems",
        title="Проблемные вопросы по тяжести",
        lines=tuple(typo(line) for line in lines),
        blocks=(_ranked(rows),) if rows else (),
    )
    if content["growth"]:
        yield Section(
            key="growth",
            title="Причины роста",
            lines=tuple(typo(line) for line in content["growth"]),
        )
    if content["mass"]:
        told = [
            f"{row['number']}. {row['title']}: {counted(row['cases'], CASES)}."
            for row in content["mass"]
        ]
        yield Section(key="mass", title="Массовые проблемы", lines=tuple(map(typo, told)))
    if content["reports"] or content["missing"]:
        yield Section(
            key="reports",
            title="Оперативная информация и отчётность органов",
            lines=tuple(typo(line) for line in _reports(content)),
        )


def _ranked(rows: Sequence[Content]) -> Table:
    return Table(
        caption="Проблемы по убыванию тяжести",
        columns=(
            Column(title="Проблема", width=0.28),
            Column(title="Тяжесть", width=0.1, right=True),
            Column(title="Число", width=0.09, right=True),
            Column(title="Рост", width=0.09, right=True),
            Column(title="Где", width=0.22),
            Column(title="Кто отвечает", width=0.22),
        ),
        rows=tuple(
            (
                row["label"],
                number(row["severity"], 1),
                number(row["received"]),
                signed(row["received"] - row["before"]),
                named(row["where"]),
                named(row["who"]),
            )
            for row in rows
        ),
    )


def named(rows: Sequence[Content]) -> str:
    """«Заречье — 12, Луговое — 3»."""
    return ", ".join(f"{row['label']} — {number(row['count'])}" for row in rows) or "—"


def _reports(content: Content) -> Iterator[str]:
    for row in content["reports"]:
        told = "; ".join(f"{label}: {value}" for label, value in row["told"]) or "без показателей"
        state = "" if row["confirmed"] else " (не проверено)"
        yield f"{row['body']}, {row['title']}{state}: {told}."
    if content["missing"]:
        missing = join_list(f"{row['body']} ({row['title']})" for row in content["missing"])
        yield f"Не сдали: {missing}."


def work(content: Content) -> Iterator[Section]:
    rows = content["rows"]
    best = [row for row in rows if row["place"]]
    lines = []
    if best:
        top = max(best, key=lambda row: row["total"])
        low = min(best, key=lambda row: row["total"])
        lines.append(f"Выше всех: {top['label']} ({number(top['total'], 1)}).")
        lines.append(f"Ниже всех: {low['label']} ({number(low['total'], 1)}).")
    small = join_list(row["label"] for row in rows if not row["place"])
    if small:
        lines.append(f"Мало данных для места: {small}.")
    width = 0.4 / max(len(content["parts"]), 1)
    table = Table(
        caption="Оценка работы органов",
        columns=(
            Column(title="Место", width=0.08, right=True),
            Column(title="Орган", width=0.28),
            *(
                Column(title=name.capitalize(), width=width, right=True)
                for name in content["parts"]
            ),
            Column(title="Итог", width=0.12, right=True),
            Column(title="Было", width=0.12, right=True),
        ),
        rows=tuple(
            (
                str(row["place"] or "—"),
                row["label"],
                *(number(value, 1) for value in row["values"]),
                number(row["total"], 1) if row["place"] else "мало данных",
                "—" if row["before"] is None else number(row["before"], 1),
            )
            for row in rows
        ),
    )
    yield Section(
        key="work",
        title="Оценка по критериям",
        lines=tuple(typo(line) for line in lines),
        blocks=(table,) if rows else (),
    )


def duties(content: Content) -> Iterator[Section]:
    yield Section(
        key="duties",
        title="Ответственные получатели",
        blocks=(
            Table(
                caption="Вопросы получателей за период",
                columns=(
                    Column(title="Получатель", width=0.4),
                    Column(title="Поступило", width=0.15, right=True),
                    Column(title="Изменение", width=0.15, right=True),
                    Column(title="Отвечено", width=0.15, right=True),
                    Column(title="Просрочено", width=0.15, right=True),
                ),
                rows=tuple((row["label"], *_figures(row)) for row in content["rows"]),
            ),
        ),
    )


def _figures(row: Content) -> tuple[str, ...]:
    return (
        number(row["received"]),
        signed(row["received"] - row["before"]),
        number(row["answered"]),
        number(row["overdue"]),
    )


def part(content: Content) -> Iterator[Section]:
    """What one recipient reads: his duties, then his topics."""
    if content["duties"]:
        told = typo(f"Обязанности: {join_list(content['duties'])}.")
        yield Section(key="duties", title="За что отвечает получатель", lines=(told,))
    yield Section(
        key="topics",
        title="Основные темы",
        lines=(f"Поступило {counted(content['total']['received'], QUESTIONS)}.",),
        blocks=(
            Table(
                caption="Темы по группам обязанностей",
                columns=(
                    Column(title="Группа", width=0.18),
                    Column(title="Тема", width=0.26),
                    Column(title="Поступило", width=0.1, right=True),
                    Column(title="Изменение", width=0.1, right=True),
                    Column(title="Отвечено", width=0.1, right=True),
                    Column(title="Просрочено", width=0.1, right=True),
                    Column(title="Где", width=0.16),
                ),
                rows=tuple(
                    (row["group"], row["label"], *_figures(row), named(row["where"]))
                    for row in content["topics"]
                ),
            ),
        ),
    )


def proposals(text: str) -> Section | None:
    return _words("proposals", "Предложения получателя", text)


def conclusions(text: str) -> Section | None:
    return _words("words", "Выводы", text)


def _words(key: str, title: str, text: str) -> Section | None:
    lines = tuple(typo(line.strip()) for line in text.splitlines() if line.strip())
    return Section(key=key, title=title, lines=lines) if lines else None


def recommendations(rows: Sequence[tuple[str, str, str, str]]) -> Section | None:
    """Rows of sort, body, text and term."""
    if not rows:
        return None
    return Section(
        key="advice",
        title="Рекомендации",
        blocks=(
            Table(
                caption="Рекомендации и сроки",
                columns=(
                    Column(title="О чём", width=0.2),
                    Column(title="Кому", width=0.22),
                    Column(title="Рекомендация", width=0.43),
                    Column(title="Срок", width=0.15),
                ),
                rows=tuple(tuple(typo(cell) for cell in row) for row in rows),
            ),
        ),
    )


def method(kind: str, kept: Content) -> tuple[str, ...]:
    """How the numbers were made, as it was then."""
    if "weights" in kept:
        whole = sum(kept["weights"].values())
        told = [
            f"{one.name} ({one.said}) — {number(100 * kept['weights'][one.slug] / whole)} %"
            for one in CRITERIA
        ]
        return (
            typo(f"Тяжесть — сумма баллов от 0 до 100: {'; '.join(told)}."),
            typo(
                "Сравнивается с предыдущим таким же периодом. Меньше пяти обращений — не в списке."
            ),
        )
    if "formula" in kept:
        return tuple(kept["formula"])
    return (typo("Вопросы считаются по дню поступления и по нынешнему исполнителю."),)
