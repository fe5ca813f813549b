"""What the numbers of the papers mean: entries of the catalogue of indicators."""

from __future__ import annotations

from otklik.insight.facts.rules import DateBasis, Indicator

FEWEST_SCORES = 5
"""A mean of fewer scores is not told."""

_LAW = "статья 12 Федерального закона № 59-ФЗ и сроки каналов из настроек центра"

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        slug="paper-received",
        name="Поступило за период",
        formula="Число обращений и сообщений, поступивших в дни периода; каждое — один раз.",
        unit="шт.",
        basis=DateBasis.RECEIVED,
    ),
    Indicator(
        slug="paper-answered",
        name="Дано ответов за период",
        formula="Число обращений и сообщений, ответ на которые отправлен в дни периода, когда бы "
        "они ни поступили.",
        unit="шт.",
        basis=DateBasis.ANSWERED,
    ),
    Indicator(
        slug="paper-late",
        name="Ответов позже срока",
        formula="Сколько из данных за период ответов отправлено после срока с учётом продления.",
        unit="шт.",
        basis=DateBasis.ANSWERED,
        source=_LAW,
    ),
    Indicator(
        slug="paper-in-work",
        name="В работе на конец периода",
        formula="Сколько поступивших до конца периода к этому часу не получили ответа.",
        unit="шт.",
        basis=DateBasis.NOW,
    ),
    Indicator(
        slug="paper-overdue",
        name="Просрочено на конец периода",
        formula="Сколько из находящихся в работе имеют срок, который к этому часу истёк.",
        unit="шт.",
        basis=DateBasis.NOW,
        source=_LAW,
    ),
    Indicator(
        slug="paper-repeated",
        name="Поступило повторно",
        formula="Сколько из поступивших за период отмечено как повторение прежнего обращения.",
        unit="шт.",
        basis=DateBasis.RECEIVED,
    ),
    Indicator(
        slug="paper-score",
        name="Средняя оценка ответов",
        formula="Сумма оценок жителей от 1 до 5, поставленных в дни периода, делённая на их число.",
        unit="балл",
        basis=DateBasis.SCORED,
        minimum=FEWEST_SCORES,
    ),
    Indicator(
        slug="paper-term-bands",
        name="Сроки рассмотрения",
        formula="Ответы периода по календарным дням от регистрации до ответа: до 15, от 16 до 30, "
        "свыше 30.",
        unit="шт.",
        basis=DateBasis.ANSWERED,
    ),
    Indicator(
        slug="paper-results",
        name="Результат рассмотрения",
        formula="Вопросы из поступивших за период по результату на конец последнего дня периода; "
        "«отказано» — вопрос не поддержан, «перенаправлено» — по компетенции.",
        unit="шт.",
        basis=DateBasis.RECEIVED,
    ),
)  # fmt: skip

_BY_SLUG = {one.slug: one for one in INDICATORS}


def explained(*slugs: str) -> list[str]:
    """Lines of «Как посчитано» for these numbers."""
    return [_line(_BY_SLUG[f"paper-{slug}"]) for slug in slugs]


def _line(one: Indicator) -> str:
    few = f" При выборке меньше {one.minimum} не называется." if one.minimum > 1 else ""
    return f"{one.name} ({one.unit}, {one.basis}): {one.formula}{few}"
