"""The form of a channel, made from what its connector asks for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal, get_args, get_origin

from django import forms
from django.forms.boundfield import BoundField
from pydantic.fields import FieldInfo

from otklik.exchange.channels.connectors.base import Connector
from otklik.exchange.channels.models import ChannelAccount

WORDS = {
    "ssl": "SSL/TLS с начала соединения",
    "starttls": "STARTTLS",
    "none": "без защиты",
    "publish:own": "только пришедшие через Open311",
    "publish:all": "сообщения всех каналов",
    "publish:none": "никакие",
    "comments:cases": "сразу становится обращением",
    "comments:inbox": "ждёт решения во входящих",
    "groups:all": "все сообщения",
    "groups:comments": "только обсуждение публикаций",
}
SETTING, SECRET = "set_", "secret_"


class ChannelForm(forms.Form):
    """A secret is never given back to the page: an empty field keeps the stored one."""

    title = forms.CharField(
        label="Название", max_length=200, help_text="Так канал назван в списках и в журнале."
    )
    enabled = forms.BooleanField(label="Канал включён", required=False, initial=True)
    basis = forms.CharField(
        label="Решение о подключении",
        max_length=300,
        required=False,
        help_text="Распоряжение или решение: дата и номер.",
    )

    def __init__(
        self,
        serving: Connector,
        *args: Any,
        account: ChannelAccount | None,
        taken: Collection[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._taken = taken
        stored = account.settings if account else {}
        for name, info in serving.settings_class.model_fields.items():
            made = _field(name, info)
            made.initial = stored.get(name, None if info.is_required() else info.default)
            self.fields[SETTING + name] = made
        kept = bool(account and account.secret)
        for name, label in serving.secret_fields.items():
            self.fields[SECRET + name] = _secret(label, kept)
        if account:
            for name in ("title", "enabled", "basis"):
                self.fields[name].initial = getattr(account, name)

    def clean_title(self) -> str:
        title = str(self.cleaned_data["title"])
        if title in self._taken:
            raise forms.ValidationError("Канал с таким названием уже есть: дайте другое.")
        return title

    def own_fields(self) -> list[BoundField]:
        """Fields of the connector: settings, then secrets."""
        return [self[name] for name in self.fields if name.startswith((SETTING, SECRET))]

    def settings(self) -> dict[str, Any]:
        """Of a valid form; what was left empty takes the connector's default."""
        return {
            name.removeprefix(SETTING): value
            for name, value in self.cleaned_data.items()
            if name.startswith(SETTING) and value not in (None, "")
        }

    def secret(self) -> dict[str, str] | None:
        """Secrets typed now, or None when all are left as they were."""
        typed = {
            name.removeprefix(SECRET): value
            for name, value in self.cleaned_data.items()
            if name.startswith(SECRET) and value
        }
        return typed or None


def _field(name: str, info: FieldInfo) -> forms.Field:
    label, required = info.title or name, info.is_required()
    kind: Any = info.annotation
    if get_origin(kind) is Literal:
        known = [
            (value, WORDS.get(f"{name}:{value}", WORDS.get(value))) for value in get_args(kind)
        ]
        choices = [(value, label or str(value)) for value, label in known]
        return forms.ChoiceField(label=label, choices=choices, required=required)
    if kind is bool:
        return forms.BooleanField(label=label, required=False)
    if kind is int:
        return forms.IntegerField(label=label, required=required)
    if kind is float:
        return forms.FloatField(label=label, required=required)
    return forms.CharField(label=label, required=required, max_length=500)


def _secret(label: str, kept: bool) -> forms.Field:
    hint = "Задан и хранится зашифрованным. Оставьте пустым, чтобы не менять." if kept else ""
    return forms.CharField(
        label=label,
        required=False,
        max_length=1000,
        strip=False,
        help_text=hint or "Хранится зашифрованным и больше не показывается.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=False),
    )
