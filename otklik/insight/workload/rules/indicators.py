"""What every number of the page of occupancy means: its entries in the catalogue."""

from __future__ import annotations

from otklik.insight.facts.rules import DateBasis, Indicator
from otklik.insight.workload.rules.level import MINIMUM

_OWN = "собственная методика, показана полностью; часы — по нормам и календарю центра"

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        slug="workload-level",
        name="Занятость",
        formula=(
            "Часы работы, порученной за восемь недель, делённые на часы, которые есть на неё у "
            "сотрудников; работа органов без сотрудников не входит. Больше 110 % — перегрузка, "
            "меньше 60 % — есть запас."
        ),
        unit="%",
        basis=DateBasis.ASSIGNED,
        minimum=MINIMUM,
        source=_OWN,
    ),
    Indicator(
        slug="workload-effort",
        name="Трудоёмкость",
        formula=(
            "Сумма норм времени порученных вопросов: норма темы, если её нет — группы тем, если "
            "нет и её — общая норма; соисполнителю без своей нормы — 40 % нормы исполнителя."
        ),
        unit="ч",
        basis=DateBasis.ASSIGNED,
        source=_OWN,
    ),
    Indicator(
        slug="workload-hours",
        name="Рабочее время на обращения",
        formula=(
            "Рабочие часы по производственному календарю в дни назначения сотрудника, без дней, "
            "когда его замещали, умноженные на долю времени, отведённую на обращения."
        ),
        unit="ч",
        basis=DateBasis.NOW,
        source=_OWN,
    ),
    Indicator(
        slug="workload-given",
        name="Поручено в неделю",
        formula="Поручения исполнителям и соисполнителям за восемь недель без снятых, на неделю.",
        unit="шт.",
        basis=DateBasis.ASSIGNED,
        source=_OWN,
    ),
    Indicator(
        slug="workload-done",
        name="Отвечено в неделю",
        formula="Вопросы, на которые орган как исполнитель дал ответ за восемь недель, на неделю.",
        unit="шт.",
        basis=DateBasis.ANSWERED,
        source=_OWN,
    ),
    Indicator(
        slug="workload-waiting",
        name="В работе",
        formula="Поручения, ещё не исполненные и не снятые, по незакрытым обращениям.",
        unit="шт.",
        basis=DateBasis.NOW,
        source=_OWN,
    ),
    Indicator(
        slug="workload-queue",
        name="Задел",
        formula="Трудоёмкость того, что в работе, делённая на рабочее время одной недели.",
        unit="нед.",
        basis=DateBasis.NOW,
        source=_OWN,
    ),
    Indicator(
        slug="workload-forecast",
        name="Прогноз поручений на четыре недели",
        formula=(
            "Средний уровень недель с затухающим трендом, умноженный на дни недели, рабочие и "
            "нерабочие дни и сезон месяца. Разброс — 8 исходов из 10. Ошибка — среднее отклонение "
            "(MAPE) таких же прогнозов на недели, которые уже прошли."
        ),
        unit="шт.",
        basis=DateBasis.ASSIGNED,
        minimum=12,
        source="модель Хольта с затуханием (Gardner, McKenzie), проверка на истории",
    ),
)
