"""The second edition of 2026 in Russian, with the weights in force."""

from __future__ import annotations

from otklik.insight.ratings.formulas.tally import HIGH, MIDDLE, Settings
from otklik.insight.ratings.formulas.wording import NB, number
from otklik.insight.ratings.vocabulary import Confidence, PartName

PARTS = {
    PartName.QUANTITY: (
        "Количество = 100 × ln(1 + дано ответов) / ln(1 + наибольшее число ответов среди равных)."
    ),
    PartName.SPEED: (
        f"Скорость = 70{NB}% × доля исполненных в срок + 30{NB}% × средняя доля срока,"
        " сбережённая к дню ответа."
    ),
    PartName.QUALITY: (
        f"Качество = 50{NB}% × доля ответов без возврата проекта на доработку"
        f" + 50{NB}% × доля ответов без возобновления."
    ),
    PartName.COMPLETENESS: (
        f"Полнота = 70{NB}% × доля отвеченных вопросов"
        f" + 30{NB}% × доля пройденных формальных проверок ответа."
    ),
    PartName.SATISFACTION: ("Удовлетворённость = средняя оценка заявителей: 1 — ноль, 5 — сто."),
    PartName.REPEATED: "Без повторов = доля вопросов не из повторных обращений среди поступивших.",
    PartName.FAST_TRACK: "Фаст-трек = доля ответов, данных по механизму ускоренного решения.",
}


def formula_text(settings: Settings) -> str:
    """The whole formula for the page, the papers and the note; parts that weigh nothing are out."""
    weighing = [part for part in PartName if settings.weights[part] > 0]
    terms = [f"{_share(settings.weight(part))}{NB}% × {part.label}" for part in weighing]
    return "\n".join(
        [
            f"Итог = {' + '.join(terms)}; каждая часть — от{NB}0 до{NB}100.",
            *(PARTS[part] for part in weighing),
            (
                "Скорость и полнота считаются по вопросам, на которые дан ответ или срок"
                " которых истёк."
            ),
            (
                "Чтобы единичные случаи не решали, к данным каждого добавлено"
                f" {settings.prior} условных вопросов со средней долей по его группе равных."
            ),
            f"Место — среди равных; оно не присваивается, если вопросов меньше {settings.minimum}.",
            (
                "Показатель, который ни у кого из равных не измерен, не учитывается: его вес"
                " переходит к остальным."
            ),
            (
                f"Погрешность итога покрывает девять случаев из десяти: до{NB}{number(HIGH, 0)}"
                f" баллов — «{Confidence.HIGH.label}», до{NB}{number(MIDDLE, 0)} —"
                f" «{Confidence.MIDDLE.label}», больше — «{Confidence.LOW.label}»."
            ),
        ]
    )


def _share(weight: float) -> str:
    percent = round(100 * weight, 1)
    return number(percent, 0 if percent.is_integer() else 1)
