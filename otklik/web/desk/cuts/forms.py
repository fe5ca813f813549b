"""What the builder asks."""

from __future__ import annotations

from typing import Any

from django import forms

from otklik.casework.appeals.rules.naming import regime_choices
from otklik.casework.appeals.vocabulary import ApplicantKind, Kind, Repetition, Result, Status
from otklik.directory.organisation.queries import blocks_with_members
from otklik.insight.cuts.vocabulary import (
    Against,
    Counted,
    Dimension,
    Measure,
    Picture,
    Rolling,
    Share,
    Term,
)
from otklik.web.desk.frame import DeskRequest
from otklik.web.desk.insight.asking import FilterForm

WEEKDAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")


class SummaryForm(FilterForm):
    """Rows, columns and measures; then the conditions, those only facts know among them."""

    BUILDER = ("rows", "columns", "counted", "against", "share", "picture")
    FILTER = ("since", "until", "channel", "topic", "theme", "body", "settlement", "overdue")
    MORE = (
        "status", "regime", "repetition", "score", "by_block", "by_district", "addressee",
        "by_applicant_kind", "by_kind", "by_result", "by_term", "by_weekday",
    )  # fmt: skip

    rows = forms.ChoiceField(label="Строки", choices=Dimension.choices)
    columns = forms.ChoiceField(
        label="Столбцы", choices=[("", "без столбцов"), *Dimension.choices], required=False
    )
    measure = forms.MultipleChoiceField(
        label="Показатели", choices=Measure.choices, widget=forms.CheckboxSelectMultiple
    )
    counted = forms.ChoiceField(label="Считаются", choices=Counted.choices)
    against = forms.ChoiceField(label="Сравнить", choices=Against.choices, required=False)
    share = forms.ChoiceField(label="Показать", choices=Share.choices, required=False)
    picture = forms.ChoiceField(label="Диаграмма", choices=Picture.choices, required=False)
    status = forms.ChoiceField(label="Состояние", required=False)
    regime = forms.ChoiceField(label="Порядок", required=False)
    repetition = forms.ChoiceField(label="Повторность", required=False)
    score = forms.ChoiceField(label="Оценка", required=False)
    addressee = forms.ChoiceField(label="Кому адресовано", required=False)
    by_block = forms.ChoiceField(label="Блок", required=False)
    by_district = forms.ChoiceField(label="Территориальный орган", required=False)
    by_applicant_kind = forms.ChoiceField(label="Кто обратился", required=False)
    by_kind = forms.ChoiceField(label="Вид обращения", required=False)
    by_result = forms.ChoiceField(label="Результат", required=False)
    by_term = forms.ChoiceField(label="Дней до ответа", required=False)
    by_weekday = forms.ChoiceField(label="День недели", required=False)

    def __init__(self, request: DeskRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        place = request.municipality.pk
        self._choices("status", Status.choices)
        self._choices("regime", regime_choices(request.municipality.settings))
        self._choices("repetition", Repetition.choices)
        self._choices("score", [(n, str(n)) for n in range(1, 6)])
        self._choices("addressee", self.bodies)
        self._choices("by_district", self.bodies)
        self._choices(
            "by_block",
            [(one.pk, one.name) for one in blocks_with_members(place).prefetch_related(None)],
        )
        self._choices("by_applicant_kind", ApplicantKind.choices)
        self._choices("by_kind", Kind.choices)
        self._choices("by_result", Result.choices)
        self._choices("by_term", Term.choices)
        self._choices("by_weekday", list(enumerate(WEEKDAYS, start=1)))

    def builder(self) -> list[forms.BoundField]:
        return [self[name] for name in self.BUILDER]

    def filters(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FILTER]

    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE]


class SaveForm(forms.Form):
    name = forms.CharField(label="Название", max_length=200)
    rolling = forms.ChoiceField(
        label="Период при открытии", choices=Rolling.choices, required=False
    )
