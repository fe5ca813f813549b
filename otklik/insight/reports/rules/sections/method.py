"""How the numbers were counted: the small print of the note."""

from __future__ import annotations

from otklik.insight.reports.rules.figures import WeeklyNote
from otklik.insight.reports.rules.findings import compares
from otklik.language.wording import period_words


def lines(note: WeeklyNote) -> list[str]:
    found = [
        (
            "Поступившие считаются по дню поступления, ответы — по дню ответа; «в работе»"
            " и «просрочено» — на конец последнего дня периода."
        ),
    ]
    if compares(note):
        found += [
            f"Период для сравнения — {period_words(note.before_since, note.before_until)}.",
            (
                "Рост отмечен, когда поступило не меньше пяти и разница больше двух"
                " стандартных отклонений."
            ),
        ]
    if not note.whole:
        found.append("Учтены только обращения и сообщения, доступные составителю записки.")
    if note.rating is not None and note.rating.ranked:
        found.append(f"Рейтинг. {' '.join(note.rating.formula.splitlines())}")
    if note.centre_card:
        found.append(f"Записку подготовил {note.centre_card}.")
    return found
