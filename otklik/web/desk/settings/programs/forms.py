"""Forms of the access of programs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms

from otklik.casework.appeals.vocabulary import Channel
from otklik.coordination.webhooks.models import Subscription
from otklik.coordination.webhooks.vocabulary import CaseNews
from otklik.directory.organisation.models import Body, Role
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.programs.models import Program
from otklik.directory.programs.vocabulary import (
    CALLS_PER_MINUTE,
    MOST_CALLS_PER_MINUTE,
    OFFERED,
    NoteKind,
)

RIGHTS = [(str(one), Permission(one).label.capitalize()) for one in OFFERED]


class ProgramForm(forms.Form):
    title = forms.CharField(
        label="Название", max_length=200, help_text="Под ним программа видна в журнале."
    )
    role = forms.ChoiceField(
        label="Роль",
        help_text="Программа действует в этой роли: шире её прав она ничего не сделает.",
    )
    permissions = forms.MultipleChoiceField(
        label="Что разрешено",
        choices=RIGHTS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте, что программа может делать."},
    )
    channels = forms.MultipleChoiceField(
        label="Только каналы",
        required=False,
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ничего не отмечено — все каналы роли.",
    )
    body = forms.ChoiceField(
        label="Орган",
        required=False,
        help_text="Нужен, когда права роли ограничены своим органом.",
    )
    calls_per_minute = forms.IntegerField(
        label="Вызовов в минуту",
        min_value=1,
        max_value=MOST_CALLS_PER_MINUTE,
        initial=CALLS_PER_MINUTE,
    )
    basis = forms.CharField(
        label="Решение о подключении",
        max_length=300,
        required=False,
        help_text="Распоряжение, соглашение или решение: дата и номер.",
    )

    def __init__(self, roles: Sequence[Role], bodies: Sequence[Body], *args: Any, **kw: Any):
        super().__init__(*args, **kw)
        choice = cast(forms.ChoiceField, self.fields["role"])
        choice.choices = [("", "выберите"), *((str(one.pk), one.label) for one in roles)]
        choice = cast(forms.ChoiceField, self.fields["body"])
        choice.choices = [("", "весь муниципалитет"), *((str(one.pk), str(one)) for one in bodies)]

    def values(self) -> dict[str, Any]:
        """Arguments of `allow_program`, of a valid form."""
        given = dict(self.cleaned_data)
        role, body = given.pop("role"), given.pop("body")
        return {**given, "role_id": int(role), "body_id": int(body) if body else None}


def program_initial(program: Program | None) -> dict[str, Any]:
    if program is None:
        return {}
    names = ("title", "permissions", "channels", "calls_per_minute", "basis")
    return {
        **{name: getattr(program, name) for name in names},
        "role": str(program.role_id),
        "body": str(program.body_id or ""),
    }


class KeyForm(forms.Form):
    until = forms.DateField(
        label="Действует по",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Пусто — пока не отзовёте.",
    )

    def expires_at(self, zone: ZoneInfo) -> datetime | None:
        """The last moment of the day chosen."""
        day: date | None = self.cleaned_data["until"]
        return datetime.combine(day, time.max, tzinfo=zone) if day else None


class NoteForm(forms.Form):
    kind = forms.ChoiceField(label="О чём запись", choices=NoteKind.choices)
    counterpart = forms.CharField(
        label="С кем", max_length=300, required=False, help_text="Ведомство или ЦУР, фамилия."
    )
    text = forms.CharField(
        label="Что произошло", max_length=2000, widget=forms.Textarea({"rows": 3})
    )


class SubscriptionForm(forms.Form):
    url = forms.CharField(
        label="Адрес, на который отправлять",
        max_length=1000,
        help_text="Например: https://portal.example.ru/otklik. Программа принимает по нему POST.",
    )
    news = forms.MultipleChoiceField(
        label="О чём оповещать",
        choices=[(one.value, str(one.label).capitalize()) for one in CaseNews],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы одно событие."},
    )
    personal = forms.BooleanField(
        label="Передавать текст и заявителя",
        required=False,
        help_text="Только программам с правом видеть персональные данные; передача записывается.",
    )


def subscription_initial(found: Subscription | None) -> dict[str, Any]:
    if found is None:
        return {"news": CaseNews.values}
    return {"url": found.url, "news": found.news, "personal": found.personal}
