"""Forms of people and their appointments; they only parse."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms

from otklik.directory.accounts.models import Account
from otklik.directory.organisation import queries
from otklik.directory.organisation.models import Municipality
from otklik.web.desk.settings.people.forms import DECISION, body_choices

NAME_PARTS = 2


def day(label: str, *, required: bool = True, hint: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=hint, widget=widget)


class AppointmentForm(forms.Form):
    """A role, its body or block, the dates, the document."""

    role = forms.ChoiceField(label="Роль")
    body = forms.ChoiceField(
        label="Орган",
        required=False,
        help_text="Права «свой орган и подчинённые» считаются от него.",
    )
    block = forms.ChoiceField(label="Отраслевой блок", required=False)
    position = forms.CharField(
        label="Должность",
        max_length=300,
        required=False,
        help_text="Пусто — должность руководителя выбранного органа.",
    )
    since = day("С")
    until = day("По", required=False, hint="Пусто — бессрочно.")
    basis = forms.CharField(label="Основание", max_length=300, required=False, help_text=DECISION)

    def __init__(self, place: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._roles = {str(role.pk): role for role in place.roles.all()}
        self._bodies = {str(body.pk): body for body in queries.bodies(place.pk)}
        self._blocks = {str(block.pk): block for block in place.blocks.all()}
        self._choose(
            "role", [("", "выберите роль"), *((k, str(r)) for k, r in self._roles.items())]
        )
        self._choose("body", body_choices(list(self._bodies.values()), "без органа"))
        self._choose("block", [("", "без блока"), *((k, str(b)) for k, b in self._blocks.items())])
        if not self._blocks:
            del self.fields["block"]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def appointment(self) -> dict[str, Any]:
        """Arguments of `appoint` but the person, of a valid form."""
        values = self.cleaned_data
        return {
            "role": self._roles[values["role"]],
            "body": self._bodies.get(values["body"]),
            "block": self._blocks.get(values.get("block", "")),
            **{name: values[name] for name in ("position", "since", "until", "basis")},
        }


class PersonForm(AppointmentForm):
    full_name = forms.CharField(
        label="Фамилия, имя, отчество",
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label="Почта",
        help_text="По ней сотрудник входит в систему.",
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    field_order = ("full_name", "email")

    def clean_full_name(self) -> str:
        name = " ".join(self.cleaned_data["full_name"].split())
        if len(name.split()) < NAME_PARTS:
            raise forms.ValidationError("Напишите фамилию и имя полностью.")
        return name

    def person(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("email", "full_name")}


class SubstituteForm(forms.Form):
    account = forms.ChoiceField(label="Кто замещает")
    since = day("С")
    until = day("По")

    def __init__(self, place: Municipality, absent: Account, on: date, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        others = queries.people(place.pk, on).filter(is_active=True).exclude(pk=absent.pk)
        self._accounts = {str(a.pk): a for a in others.prefetch_related(None)}
        named = [(key, account.full_name) for key, account in self._accounts.items()]
        account = cast(forms.ChoiceField, self.fields["account"])
        account.choices = [("", "выберите сотрудника"), *named]

    def substitution(self) -> dict[str, Any]:
        values = self.cleaned_data
        return {**values, "account": self._accounts[values["account"]]}


class EndForm(forms.Form):
    on = day("Последний день в роли")
