"""The registration card: paper, phone and 122, personal reception, in one keyboard pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django import forms

from otklik.base import clock
from otklik.casework.appeals.rules.naming import one_word, regime_choices
from otklik.casework.appeals.vocabulary import ApplicantKind, Channel, Kind, Regime
from otklik.casework.classification.queries import topics_offered
from otklik.directory.organisation.queries import bodies
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.territory.queries import settlements
from otklik.web.desk.frame import DeskRequest
from otklik.web.desk.registration.naming import NamedField, unique_names

TOPICS = 2000
MOST = 20

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
    (Channel.PORTAL, "Сайт"),
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
    Channel.PORTAL: Regime.PORTAL,
}


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files in one field; cleaned to a list."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFilesField, self).clean(item, initial) for item in given]


@dataclass(frozen=True)
class Known:
    """Names to choose from, read once for all questions of the card."""

    topics: Mapping[str, int]
    bodies: Mapping[str, int]
    assigns: bool

    @classmethod
    def of(cls, request: DeskRequest) -> Known:
        place = request.municipality.pk
        offered = topics_offered(place).only("name", "group")[:TOPICS]
        return cls(
            topics=unique_names([(t.pk, t.name, t.group) for t in offered]),
            bodies=unique_names([(b.pk, str(b), b.name) for b in bodies(place)]),
            assigns=request.access.may(Permission.ASSIGN),
        )


class QuestionForm(forms.Form):
    """One question with its own topic, executor and place."""

    text = forms.CharField(
        label="Текст вопроса",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Напишите, о чём вопрос."},
    )
    topic = NamedField(
        label="Тема",
        list_id="topics",
        nothing="Такой темы нет. Начните с другого слова или оставьте поле пустым.",
    )
    body = NamedField(
        label="Исполнитель",
        list_id="bodies",
        nothing="Такого органа нет. Наберите часть названия или оставьте поле пустым.",
    )
    place = forms.CharField(label="Где", required=False, max_length=500)

    def __init__(self, *args: Any, known: Known, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(NamedField, self.fields["topic"]).names = known.topics
        cast(NamedField, self.fields["body"]).names = known.bodies
        if not known.assigns:
            del self.fields["body"]
        # A further question may stay empty, so it bears no mark of a required field.
        self.fields["text"].required = not self.empty_permitted

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).strip()
        if not text:
            raise forms.ValidationError("Напишите, о чём вопрос.")
        return text


Questions = forms.formset_factory(QuestionForm, min_num=1, extra=1, max_num=MOST, validate_max=True)


class RegistrationForm(forms.Form):
    channel = forms.ChoiceField(label="Откуда", choices=CHANNELS)
    regime = forms.ChoiceField(
        label="Порядок",
        required=False,
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
    kind = forms.ChoiceField(
        label="Вид", required=False, choices=[("", "не указан"), *Kind.choices]
    )
    addressee = forms.ChoiceField(
        label="Кому", required=False, help_text="Кому писал заявитель, а не кто ответит."
    )
    complained_body = forms.ChoiceField(
        label="Жалоба на",
        required=False,
        help_text="Этот орган не сможет стать исполнителем (ст. 8 ч. 6).",
    )
    settlement = forms.ChoiceField(
        label="Населённый пункт",
        required=False,
        help_text="Для всех вопросов, где место не названо.",
    )
    external_number = forms.CharField(
        label="Номер в другой системе", required=False, max_length=100
    )
    pressing = forms.BooleanField(label="Повышенная важность", required=False)
    scans = ManyFilesField(label="Скан и другие файлы", required=False)
    again = forms.BooleanField(label="Это другое обращение, зарегистрировать", required=False)

    def __init__(self, request: DeskRequest, known: Known, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = request.municipality.pk
        options = request.municipality.settings
        regime = cast(forms.ChoiceField, self.fields["regime"])
        regime.choices = [("", "по каналу"), *regime_choices(options)]
        if one_word(options):
            regime.help_text = "Письмо и личный приём — по 59-ФЗ, остальное — по порядку канала."
        self._choose("settlement", [(s.pk, str(s)) for s in settlements(place)])
        self._choose("addressee", [(pk, name) for name, pk in known.bodies.items()])
        self._choose("complained_body", [(pk, name) for name, pk in known.bodies.items()])
        self.fields["name"].widget.attrs["autofocus"] = True

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
