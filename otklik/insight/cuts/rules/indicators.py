"""What every measure of the summary analysis means: its entries in the catalogue of indicators."""

from __future__ import annotations

from collections.abc import Mapping

from otklik.insight.cuts.vocabulary import Measure
from otklik.insight.facts.rules import DateBasis, Indicator

FEWEST = 5
"""A mean or a share of fewer cases says nothing: «мало данных» stands in its place."""

_LAW_TERMS = "сроки по 59-ФЗ (статья 12) и порядкам каналов, заведённые в настройках центра"

_SAID: tuple[tuple[Measure, str, str, str, DateBasis, int, str], ...] = (
    (Measure.RECEIVED, "Поступило",
     "Число обращений (или вопросов), поступивших в период, в каком бы состоянии они ни были.",
     "шт.", DateBasis.RECEIVED, 1, ""),
    (Measure.ANSWERED, "Дан ответ",
     "Сколько из поступивших в период сейчас с ответом, отправленным заявителю.",
     "шт.", DateBasis.RECEIVED, 1, ""),
    (Measure.IN_WORK, "В работе",
     ("Сколько из поступивших в период ещё не закрыто: зарегистрировано, у исполнителя, "
     "на согласовании или возвращено на доработку."),
     "шт.", DateBasis.RECEIVED, 1, ""),
    (Measure.OVERDUE, "Просрочено",
     "Сколько из поступивших в период сейчас в работе, а срок ответа уже прошёл.",
     "шт.", DateBasis.RECEIVED, 1, _LAW_TERMS),
    (Measure.IN_TIME, "Исполнено в срок",
     "Сколько из поступивших в период получили ответ не позже срока.",
     "шт.", DateBasis.RECEIVED, 1, _LAW_TERMS),
    (Measure.LATE, "Исполнено с нарушением срока",
     "Сколько из поступивших в период получили ответ позже срока.",
     "шт.", DateBasis.RECEIVED, 1, _LAW_TERMS),
    (Measure.IN_TIME_SHARE, "Доля исполненных в срок",
     "Исполнено в срок, делённое на сумму исполненных в срок и исполненных с нарушением срока.",
     "%", DateBasis.RECEIVED, FEWEST, _LAW_TERMS),
    (Measure.REPEATED, "Повторных",
     "Сколько из поступивших в период отмечено как повтор более раннего обращения.",
     "шт.", DateBasis.RECEIVED, 1, ""),
    (Measure.REOPENED, "Возобновлено",
     "Сколько из поступивших в период возобновляли после ответа хотя бы раз.",
     "шт.", DateBasis.RECEIVED, 1, ""),
    (Measure.AVERAGE_DAYS, "Дней до ответа в среднем",
     ("Сумма времени от поступления до ответа, делённая на число обращений с ответом; "
     "календарные сутки, с десятыми."),
     "дн.", DateBasis.RECEIVED, FEWEST, ""),
    (Measure.SCORED, "Оценок жителей",
     "Сколько из поступивших в период житель оценил.",
     "шт.", DateBasis.RECEIVED, 1, ""),
    (Measure.SCORE, "Средняя оценка",
     "Сумма оценок жителей, делённая на их число; оценка от 1 до 5.",
     "балл", DateBasis.RECEIVED, FEWEST, ""),
)  # fmt: skip

BY_MEASURE: Mapping[Measure, Indicator] = {
    measure: Indicator(
        slug=measure.value.replace("_", "-"),
        name=name,
        formula=formula,
        unit=unit,
        basis=basis,
        minimum=minimum,
        **({"source": source} if source else {}),
    )
    for measure, name, formula, unit, basis, minimum, source in _SAID
}

GROWTH = Indicator(
    slug="change",
    name="К прошлому периоду",
    formula=(
        "Поступило в период минус поступило в период сравнения: такой же длины вплотную перед "
        "выбранным (целые месяцы — с целыми месяцами) или тот же период год назад. Словом «рост» "
        "отмечено то, что выросло не меньше чем на два стандартных отклонения (корень из суммы "
        "двух чисел) и насчитывает не меньше пяти обращений."
    ),
    unit="шт.",
    basis=DateBasis.RECEIVED,
    minimum=FEWEST,
)

INDICATORS: tuple[Indicator, ...] = (*BY_MEASURE.values(), GROWTH)
