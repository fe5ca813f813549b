"""The registration card: paper, phone and 122, personal reception, in one keyboard pass."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django import forms

from otklik.base import clock
from otklik.casework.appeals.vocabulary import ApplicantKind, Channel, Kind, Regime
from otklik.casework.classification.queries import topics_offered
from otklik.directory.organisation.queries import bodies
from otklik.directory.territory.queries import settlements
from otklik.web.desk.frame import DeskRequest

CHANNELS = [
    (Channel.PAPER, "Письмо на бумаге"),
    (Channel.HOTLINE122, "Звонок (122, телефон)"),
    (Channel.RECEPTION, "Личный приём"),
    (Channel.EMAIL, "Почта"),
    (Channel.POS, "ПОС"),
    (Channel.INCIDENT, "Инцидент менеджмент"),
    (Channel.VK, "ВКонтакте"),
    (Channel.OK, "Одноклассники"),
    (Channel.TELEGRAM, "Telegram"),
    (Channel.MAX, "MAX"),
    (Channel.ACTIVE_CITIZEN, "Активный гражданин"),
    (Channel.OTHER, "Другое"),
]
DEFAULT_REGIME = {
    Channel.PAPER: Regime.LAW59,
    Channel.RECEPTION: Regime.LAW59,
    Channel.HOTLINE122: Regime.HOTLINE,
    Channel.EMAIL: Regime.MAIL,
    Channel.POS: Regime.POS,
    Channel.INCIDENT: Regime.INCIDENT,
    Channel.VK: Regime.SOCIAL,
    Channel.OK: Regime.SOCIAL,
    Channel.TELEGRAM: Regime.SOCIAL,
    Channel.MAX: Regime.SOCIAL,
}


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files in one field; cleaned to a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFilesField, self).clean(item, initial) for item in given]


class RegistrationForm(forms.Form):
    channel = forms.ChoiceField(label="Откуда", choices=CHANNELS)
    regime = forms.ChoiceField(
        label="Порядок",
        required=False,
        choices=[("", "по каналу"), *Regime.choices],
        help_text="Письмо и личный приём — обращение (59-ФЗ), остальное — сообщение.",
    )
    received_at = forms.DateTimeField(
        label="Поступило",
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text="Пусто — сейчас.",
    )
    applicant_kind = forms.ChoiceField(label="Кто обращается", choices=ApplicantKind.choices)
    name = forms.CharField(label="Фамилия, имя, отчество", required=False, max_length=300)
    phone = forms.CharField(label="Телефон", required=False, max_length=50)
    email = forms.EmailField(label="Почта", required=False)
    postal_address = forms.CharField(label="Почтовый адрес", required=False, max_length=500)
    text = forms.CharField(label="Текст обращения", widget=forms.Textarea({"rows": 6}))
    second = forms.CharField(
        label="Второй вопрос",
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="Несколько вопросов лучше разделить: у каждого свои тема и исполнитель.",
    )
    kind = forms.ChoiceField(
        label="Вид", required=False, choices=[("", "не указан"), *Kind.choices]
    )
    complained_body = forms.ChoiceField(
        label="Жалоба на",
        required=False,
        help_text="Этот орган не сможет стать исполнителем (ст. 8 ч. 6).",
    )
    topic = forms.ChoiceField(label="Тема", required=False)
    settlement = forms.ChoiceField(label="Населённый пункт", required=False)
    place = forms.CharField(label="Адрес или ориентир", required=False, max_length=500)
    external_number = forms.CharField(
        label="Номер в другой системе", required=False, max_length=100
    )
    scans = ManyFilesField(label="Скан и другие файлы", required=False)

    def __init__(self, request: DeskRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = request.municipality.pk
        offered = topics_offered(place).only("name", "group")[:2000]
        self._choose("topic", [(t.pk, t.name) for t in offered])
        self._choose("settlement", [(s.pk, str(s)) for s in settlements(place)])
        self._choose("complained_body", [(b.pk, str(b)) for b in bodies(place)])

    def _choose(self, name: str, choices: list[tuple[int, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [("", "не указано"), *choices]

    def clean_received_at(self) -> datetime:
        moment = self.cleaned_data["received_at"] or clock.now()
        if moment > clock.now():
            raise forms.ValidationError("Дата поступления ещё не наступила. Исправьте её.")
        return cast(datetime, moment)

    def clean(self) -> dict[str, Any]:
        values = cast(dict[str, Any], super().clean())
        channel = Channel(values.get("channel") or Channel.OTHER)
        values["regime"] = Regime(values.get("regime") or DEFAULT_REGIME.get(channel, Regime.OTHER))
        if (
            values["regime"] == Regime.LAW59
            and values.get("applicant_kind") != ApplicantKind.ANONYMOUS
        ):
            self._needed_by_law(values, channel)
        return values

    def _needed_by_law(self, values: dict[str, Any], channel: Channel) -> None:
        """59-ФЗ, art. 7: a name, and an address for the answer (not for an oral one)."""
        if not values.get("name"):
            self.add_error(
                "name", "Укажите фамилию заявителя (ст. 7 № 59-ФЗ) или выберите «без имени»."
            )
        if channel == Channel.PAPER and not (values.get("postal_address") or values.get("email")):
            self.add_error("postal_address", "Укажите адрес для ответа (ст. 7 № 59-ФЗ).")
