"""The citizen's form: plain words, nothing more asked than needed."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Any, cast

from django import forms
from django.conf import settings

from otklik.casework.appeals.actions.registration import CODE_LENGTH, CODE_LETTERS
from otklik.casework.classification.queries import topics_offered
from otklik.directory.organisation.models import Municipality
from otklik.directory.territory.queries import settlements

OFFERED = 300


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files in one field; cleaned to a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFilesField, self).clean(item, initial) for item in given]


class AppealForm(forms.Form):
    text = forms.CharField(
        label="Что случилось",
        max_length=10_000,
        widget=forms.Textarea({"rows": 7}),
        help_text="Своими словами: что, где и с какого времени.",
        error_messages={"required": "Опишите вопрос хотя бы одним предложением."},
    )
    topic = forms.ChoiceField(
        label="Тема (если знаете)",
        required=False,
        help_text="Можно не выбирать: мы определим сами.",
    )
    settlement = forms.ChoiceField(label="Населённый пункт", required=False)
    place = forms.CharField(
        label="Адрес или ориентир",
        required=False,
        max_length=500,
        help_text="Например: улица Садовая, 12 или «у школы».",
    )
    no_place = forms.BooleanField(label="Вопрос без определённого места", required=False)
    lat = forms.FloatField(
        label="Широта",
        required=False,
        min_value=-90,
        max_value=90,
        widget=forms.NumberInput({"step": "any"}),
    )
    lon = forms.FloatField(
        label="Долгота",
        required=False,
        min_value=-180,
        max_value=180,
        widget=forms.NumberInput({"step": "any"}),
    )
    photos = ManyFilesField(
        label="Фотографии и документы", required=False, help_text="До 10 файлов, каждый до 20 МБ."
    )
    name = forms.CharField(label="Как к вам обращаться", required=False, max_length=300)
    email = forms.EmailField(
        label="Почта",
        required=False,
        help_text="Пришлём ответ. Без почты ответ можно узнать по номеру и коду.",
        error_messages={"invalid": "Проверьте адрес почты: например, ivanova@example.ru."},
    )
    phone = forms.CharField(label="Телефон", required=False, max_length=50)
    website = forms.CharField(required=False, widget=forms.HiddenInput)
    form_token = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, centre: Municipality, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = topics_offered(centre.pk).only("name", "group")[:OFFERED]
        self._choose("topic", "не знаю", [(t.pk, t.name) for t in topics])
        self._choose("settlement", "не выбран", [(s.pk, str(s)) for s in settlements(centre.pk)])

    def _choose(self, name: str, empty: str, choices: list[tuple[int, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [("", empty), *choices]

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Это поле заполняют только роботы. Оставьте его пустым.")
        return ""


def new_token() -> str:
    """Names one filling of the form, so that sending it twice makes one case."""
    return secrets.token_urlsafe(24)


def code_of(token: str) -> str:
    """The receipt code of one filling: the same however often the form is sent."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"code:{token}".encode(), hashlib.sha256)
    letters = "".join(
        CODE_LETTERS[byte % len(CODE_LETTERS)] for byte in digest.digest()[:CODE_LENGTH]
    )
    return f"{letters[:5]}-{letters[5:]}"
