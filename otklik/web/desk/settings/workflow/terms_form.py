"""Forms of terms; they only parse."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.deadlines.vocabulary import CountedFrom, DeadlineKind, EndShift, Unit
from otklik.web.desk.settings.workflow.guard import TopicChoices

WHETHER = [("", "любая"), ("yes", "только повышенная"), ("no", "только обычная")]


class EditionForm(forms.Form):
    """What may change from one edition of a rule to the next; names are of `issue_edition`."""

    title = forms.CharField(label="Название", max_length=300)
    amount = forms.IntegerField(label="Величина", min_value=1, max_value=1000)
    unit = forms.ChoiceField(label="Единица", choices=Unit.choices)
    end_shift = forms.ChoiceField(
        label="Если срок истекает в нерабочий день", choices=EndShift.choices
    )
    article = forms.CharField(
        label="Статья или пункт",
        max_length=300,
        required=False,
        help_text="Например: ст. 12 ч. 1 № 59-ФЗ или пункт регламента.",
    )
    edition = forms.CharField(
        label="Редакция",
        max_length=200,
        required=False,
        help_text="Каким актом введена: дата и номер.",
    )
    in_force_from = forms.DateField(
        label="Действует с", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )


class TermForm(EditionForm):
    """A new rule of the centre itself with its conditions."""

    kind = forms.ChoiceField(
        label="Что исполнить", choices=DeadlineKind.choices, initial=DeadlineKind.ANSWER
    )
    counted_from = forms.ChoiceField(label="Отсчёт", choices=CountedFrom.choices)
    regime = forms.ChoiceField(
        label="Порядок рассмотрения", required=False, choices=[("", "любой"), *Regime.choices]
    )
    channel = forms.ChoiceField(
        label="Канал", required=False, choices=[("", "любой"), *Channel.choices]
    )
    topic = forms.ChoiceField(label="Тема", required=False)
    importance = forms.ChoiceField(label="Важность", required=False, choices=WHETHER)
    fast_track = forms.BooleanField(label="Только для ускоренного решения", required=False)

    def __init__(self, topics: TopicChoices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["topic"]).choices = topics

    def values(self) -> dict[str, Any]:
        """Arguments of `save_rule`, of a valid form."""
        given = dict(self.cleaned_data)
        topic, importance = given.pop("topic"), given.pop("importance")
        return {
            **given,
            "topic_id": int(topic) if topic else None,
            "high_priority": {"yes": True, "no": False}.get(importance),
            "fast_track": given["fast_track"] or None,
        }
