"""The rating in Russian: the formula as printed and each part in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from otklik.insight.ratings.formulas.tally import Figure, Settings
from otklik.insight.ratings.vocabulary import PartName

NB = "\u00a0"
PARTS_2026 = (PartName.QUANTITY, PartName.SPEED, PartName.QUALITY, PartName.COMPLETENESS)


def number(value: float, digits: int = 1) -> str:
    """A decimal with a comma: «83,5»."""
    return f"{value:.{digits}f}".replace(".", ",")


def figure_text(figure: Figure) -> str:
    """«в срок 90,0 % (45 из 50)»; the share is the smoothed one, the counts are as they are."""
    count = number(figure.count, 0 if float(figure.count).is_integer() else 1)
    return f"{figure.title} {number(figure.value)}{NB}% ({count} из{NB}{figure.of})"


def part_text(name: PartName, value: float, figures: Sequence[str]) -> str:
    return f"{name.label.capitalize()} {number(value)}: {'; '.join(figures) or 'нет данных'}."


def formula_text(settings: Settings) -> str:
    """The whole formula with the weights in force, for the page and for the note."""
    weights = {part: number(100 * settings.weight(part), 0) for part in PARTS_2026}
    return "\n".join(
        [
            (
                f"Итог = {weights[PartName.QUANTITY]}{NB}% × количество"
                f" + {weights[PartName.SPEED]}{NB}% × скорость"
                f" + {weights[PartName.QUALITY]}{NB}% × качество"
                f" + {weights[PartName.COMPLETENESS]}{NB}% × полнота;"
                f" каждая часть — от{NB}0 до{NB}100."
            ),
            (
                "Количество = 100 × ln(1 + дано ответов) / ln(1 + наибольшее число ответов"
                " у одного органа)."
            ),
            (
                f"Скорость = 70{NB}% × доля исполненных в срок + 30{NB}% × средняя доля срока,"
                " сбережённая к дню ответа."
            ),
            (
                f"Качество = 50{NB}% × средняя оценка заявителей (1 — ноль, 5 — сто)"
                f" + 25{NB}% × доля ответов без возврата проекта"
                f" + 25{NB}% × доля ответов без возобновления."
            ),
            (
                f"Полнота = 70{NB}% × доля отвеченных вопросов"
                f" + 30{NB}% × доля пройденных формальных проверок ответа."
            ),
            "Считаются вопросы, на которые дан ответ или срок которых истёк.",
            (
                f"Чтобы единичные случаи не решали, к данным органа добавлено {settings.prior}"
                " условных вопросов со средней долей по всем органам."
            ),
            f"Место не присваивается, если таких вопросов меньше {settings.minimum}.",
            (
                "Показатель, который ни у кого не измерен, не учитывается: его вес переходит"
                " к остальным показателям той же части."
            ),
        ]
    )
