"""The citizen's form: plain words, nothing more asked than needed."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.conf import settings

from otklik.casework.appeals.actions.registration import CODE_LENGTH, CODE_LETTERS
from otklik.casework.appeals.queries import addressees
from otklik.casework.classification.queries import topics_offered
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.vocabulary import BodyKind
from otklik.directory.territory.queries import settlements
from otklik.web.portal.identity import Citizen

OFFERED = 300


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files in one field; cleaned to a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFilesField, self).clean(item, initial) for item in given]


KINDS: dict[str, str] = {
    BodyKind.ADMINISTRATION: "Администрация",
    BodyKind.OFFICIAL: "Должностные лица",
    BodyKind.DEPARTMENT: "Структурные подразделения",
    BodyKind.TERRITORIAL: "Территориальные отделы",
    BodyKind.SETTLEMENT: "Администрации поселений",
    BodyKind.INSTITUTION: "Учреждения",
    BodyKind.ENTERPRISE: "Предприятия",
}
APPEAL, MESSAGE = "appeal", "message"


class AppealForm(forms.Form):
    """With a confirmed `citizen`: his name and contacts come from the identification, not from
    the form, and he may choose an обращение."""

    kind = forms.ChoiceField(
        label="Что вы отправляете",
        choices=[
            (APPEAL, "Обращение по Федеральному закону № 59-ФЗ"),
            (MESSAGE, "Сообщение, без порядка 59-ФЗ"),
        ],
        initial=APPEAL,
        help_text="Обращение рассматривают по закону: до 30 дней со дня регистрации.",
        widget=forms.RadioSelect,
    )
    addressee = forms.ChoiceField(
        label="Кому",
        required=False,
        help_text="Если не знаете, оставьте как есть: мы передадим тому, кто решает вопрос.",
    )
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

    identified = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(
        self, centre: Municipality, *args: Any, citizen: Citizen | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.centre = centre
        self.citizen = citizen if citizen and citizen.confirmed else None
        if self.citizen:
            del self.fields["name"], self.fields["phone"]
            self.fields["identified"].initial = self.citizen.mark
            self.fields["email"].label = "Другая почта для ответа"
            known = self.citizen.email
            self.fields["email"].help_text = (
                f"Если не указать, ответим на {known}." if known else "На Госуслугах почты нет."
            )
        else:
            del self.fields["kind"]
        self.bodies = {str(one.pk): one for one in addressees(centre.pk)}
        cast(forms.ChoiceField, self.fields["addressee"]).choices = _grouped(self.bodies.values())
        topics = topics_offered(centre.pk).only("name", "group")[:OFFERED]
        self._choose("topic", "не знаю", [(t.pk, t.name) for t in topics])
        self._choose("settlement", "не выбран", [(s.pk, str(s)) for s in settlements(centre.pk)])

    def _choose(self, name: str, empty: str, choices: list[tuple[int, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [("", empty), *choices]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.citizen is None:
            if self.data.get("kind") == APPEAL or self.data.get("identified"):
                raise forms.ValidationError(
                    "Вход через Госуслуги закончился. Войдите снова, чтобы подать обращение, "
                    "или отправьте это как сообщение: проверьте имя и почту ниже."
                )
            return values
        if values.get("identified") != self.citizen.mark:
            raise forms.ValidationError(
                f"Теперь вы вошли как {self.citizen.name}. Проверьте данные и отправьте снова."
            )
        values |= {"name": self.citizen.name, "phone": self.citizen.phone}
        values["reply_to"] = values.get("email") or self.citizen.email
        if values.get("kind") == APPEAL and not values["reply_to"]:
            self.add_error("email", "Для обращения нужна почта: на неё придёт ответ.")
        return values

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Это поле заполняют только роботы. Оставьте его пустым.")
        return ""


def _grouped(bodies: Iterable[Body]) -> list[Any]:
    """The administration, institutions, enterprises and officials under their kinds."""
    groups: dict[str, list[tuple[str, str]]] = {kind: [] for kind in KINDS}
    for body in bodies:
        groups[body.kind].append((str(body.pk), body.name))
    named = [(KINDS[kind], members) for kind, members in groups.items() if members]
    return [("", "тому, кто решает вопрос"), *named]


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
