"""What every number of a rating means: its entries in the catalogue of indicators."""

from __future__ import annotations

from otklik.insight.facts.rules import DateBasis, Indicator
from otklik.insight.ratings.formulas.wording_2026_2 import PARTS
from otklik.insight.ratings.vocabulary import PartName

_SOURCES = {
    PartName.QUANTITY: "положения центров: количество; вид формулы — собственная методика",
    PartName.SPEED: "положения центров: скорость, сроки; рейтинги регионов: просроченные,"
    " среднее время ответа; доли — собственная методика",
    PartName.QUALITY: "положения центров: качество; рейтинги регионов: качество ответов;"
    " доли — собственная методика",
    PartName.COMPLETENESS: "положения центров: полнота реагирования по существу;"
    " доли — собственная методика",
    PartName.SATISFACTION: "рейтинги регионов по ПОС: удовлетворённость",
    PartName.REPEATED: "собственная методика: повторное обращение говорит, что вопрос не решён",
    PartName.FAST_TRACK: "рейтинги регионов по ПОС: доля фаст-треков",
}
SLUGS = {part: f"rating-{part.value.replace('_', '-')}" for part in PartName}

_PARTS = tuple(
    Indicator(
        slug=SLUGS[part],
        name=f"Рейтинг: {part.label}",
        formula=f"{PARTS[part]} Доли сглажены к средней доле равных.",
        unit="балл",
        basis=DateBasis.RECEIVED,
        minimum=5,
        source=_SOURCES[part],
    )
    for part in PartName
)

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        slug="rating-total",
        name="Рейтинг: итог",
        formula="Сумма частей, каждая с весом, который задал центр; от 0 до 100. Формула с весами"
        " печатается под каждым рейтингом.",
        unit="балл",
        basis=DateBasis.RECEIVED,
        minimum=5,
    ),
    Indicator(
        slug="rating-place",
        name="Рейтинг: место",
        formula="Порядок по итогу среди равных (одной группы); итоги, равные до десятой,"
        " делят место. При малой выборке места нет.",
        unit="место",
        basis=DateBasis.RECEIVED,
        minimum=5,
    ),
    Indicator(
        slug="rating-margin",
        name="Рейтинг: погрешность",
        formula="1,64 корня из суммы дисперсий долей с их весами; дисперсия доли p по n вопросам"
        " — p(1 − p) / (n + 2), где к доле добавлены один удачный и один неудачный вопрос."
        " Доли считаются независимыми.",
        unit="балл",
        basis=DateBasis.RECEIVED,
    ),
    Indicator(
        slug="rating-sample",
        name="Рейтинг: вопросов в расчёте",
        formula="Вопросы периода, на которые дан ответ или срок которых истёк; исключённые"
        " по решению не считаются.",
        unit="шт.",
        basis=DateBasis.RECEIVED,
    ),
    *_PARTS,
)
