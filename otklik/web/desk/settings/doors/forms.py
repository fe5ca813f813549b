"""Forms of a door: what both kinds ask, what each asks besides, and rows of the rules of roles."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import bodies, roles_with_grants
from otklik.exchange.signin.actions import DoorWanted, RuleWanted
from otklik.exchange.signin.models import ExternalDoor
from otklik.exchange.signin.queries import rules_of
from otklik.exchange.signin.rules.options import Options
from otklik.exchange.signin.vocabulary import DoorKind
from otklik.exchange.vendors.esia.client import PRODUCTION, SCOPES, TEST
from otklik.exchange.vendors.esia.profiles import DEFAULT, PROFILES

OF_OIDC = ("secret", "create_people")
OF_ESIA = ("profile", "for_citizens", "for_staff")


class DoorForm(forms.Form):
    """A secret is never given back to the page: an empty field keeps the stored one."""

    title = forms.CharField(
        label="Название",
        max_length=100,
        help_text="Подпись кнопки под словами «Или войдите через».",
    )
    address = forms.CharField(label="Адрес системы (issuer)", max_length=300)
    client_id = forms.CharField(label="Идентификатор клиента (client_id)", max_length=200)
    secret = forms.CharField(
        label="Секрет клиента",
        required=False,
        max_length=500,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    scopes = forms.CharField(label="Области доступа (scope)", required=False, max_length=300)
    profile = forms.ChoiceField(
        label="Порядок подписи",
        choices=[(one.slug, one.label) for one in PROFILES.values()],
        help_text="Начните с первого. Если ЕСИА отвечает ESIA-007053, попробуйте другой.",
    )
    link_by_email = forms.BooleanField(
        label="Узнавать сотрудника по подтверждённой почте",
        required=False,
        help_text="Первый вход: почта внешней системы совпала с почтой сотрудника этого центра.",
    )
    create_people = forms.BooleanField(
        label="Заводить новых сотрудников, которым подходит правило ролей",
        required=False,
        help_text="Если не отмечать, войдут только те, кого вы завели сами.",
    )
    strong = forms.CharField(
        label="Что считать вторым фактором",
        required=False,
        max_length=300,
        help_text="Слова amr или acr через пробел. Если внешняя система назвала одно из них, "
        "требование центра выполнено; иначе спросим свой одноразовый код.",
    )
    for_staff = forms.BooleanField(label="Вход сотрудников", required=False)
    for_citizens = forms.BooleanField(
        label="Подтверждение личности жителей на сайте",
        required=False,
        help_text="Тогда обращение по 59-ФЗ можно подать формой; без входа — только сообщение.",
    )
    enabled = forms.BooleanField(label="Вход включён", required=False)

    def __init__(
        self, data: Any = None, *, kind: str, door: ExternalDoor | None, **kwargs: Any
    ) -> None:
        super().__init__(data, initial=_initial(kind, door), **kwargs)
        self.kind = kind
        for name in OF_OIDC if kind == DoorKind.ESIA else OF_ESIA:
            del self.fields[name]
        if kind == DoorKind.ESIA:
            self._word_for_esia()
        elif door is not None and door.secret:
            self.fields[
                "secret"
            ].help_text = "Задан и хранится зашифрованным. Оставьте пустым, чтобы не менять."

    def wanted(self) -> DoorWanted:
        """Of a valid form."""
        values = dict(self.cleaned_data)
        names = ("link_by_email", "create_people", "strong", "scopes", "profile")
        options = Options(**{name: values.pop(name) for name in names if name in values})
        return DoorWanted(kind=self.kind, options=options, **values)

    def _word_for_esia(self) -> None:
        self.fields["address"].label = "Адрес ЕСИА"
        self.fields["address"].help_text = f"Рабочая: {PRODUCTION}. Тестовая: {TEST}."
        self.fields["client_id"].label = "Мнемоника системы"
        self.fields["client_id"].help_text = "Выдаётся при регистрации системы в ЕСИА."
        self.fields["scopes"].help_text = "Только одобренные в заявке. Нужны имя, почта, телефон."


def _initial(kind: str, door: ExternalDoor | None) -> dict[str, Any]:
    esia = kind == DoorKind.ESIA
    if door is None:
        fresh = Options(strong="DS") if esia else Options()
        known: dict[str, Any] = {
            "title": "Госуслуги" if esia else "",
            "address": PRODUCTION if esia else "",
            "for_staff": True,
            "for_citizens": esia,
        }
    else:
        fresh = door.set_to
        names = ("title", "address", "client_id", "for_staff", "for_citizens", "enabled")
        known = {name: getattr(door, name) for name in names}
    shown = {"link_by_email": fresh.link_by_email, "create_people": fresh.create_people}
    scopes = fresh.scopes or (SCOPES if esia else "openid profile email")
    profile = fresh.profile or DEFAULT
    return {**known, **shown, "strong": fresh.strong, "scopes": scopes, "profile": profile}


class RuleForm(forms.Form):
    claim = forms.CharField(label="Признак", max_length=200, required=False)
    value = forms.CharField(label="Значение", max_length=200, required=False)
    role = forms.ChoiceField(label="Роль", required=False)
    body = forms.ChoiceField(label="Орган", required=False)
    basis = forms.CharField(label="Основание", max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        roles: list[tuple[str, str]],
        organs: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["role"]).choices = [("", "не выбрана"), *roles]
        cast(forms.ChoiceField, self.fields["body"]).choices = [("", "без органа"), *organs]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        given = [bool(str(values.get(name) or "").strip()) for name in ("claim", "value", "role")]
        if any(given) and not all(given):
            raise forms.ValidationError(
                "Заполните признак, значение и роль или очистите строку целиком."
            )
        return values

    @property
    def rule(self) -> RuleWanted | None:
        """Of a valid row; nothing for an empty one."""
        values = self.cleaned_data
        if not values.get("role"):
            return None
        return RuleWanted(
            claim=values["claim"],
            value=values["value"],
            role_id=int(values["role"]),
            body_id=int(values["body"]) if values.get("body") else None,
            basis=values["basis"],
        )


_Rows = forms.formset_factory(RuleForm, extra=2, max_num=60, absolute_max=60)


def rule_rows(place: Municipality, door: ExternalDoor | None, data: Any) -> Any:
    """Rows of the rules, with two empty ones. As many queries however many rows."""
    kept = list(rules_of(door)) if door else []
    initial = [
        {
            "claim": one.claim,
            "value": one.value,
            "role": one.role_id,
            "body": one.body_id,
            "basis": one.basis,
        }
        for one in kept
    ]
    choices = {
        "roles": [(str(role.pk), role.label) for role in roles_with_grants(place.pk)],
        "organs": [(str(body.pk), str(body)) for body in bodies(place.pk)],
    }
    return _Rows(data, prefix="rule", initial=initial, form_kwargs=choices)
