"""Settings of an account against what its connector asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from otklik.base.errors import Refused
from otklik.exchange.channels.connectors.base import ChannelSettings, Connector


def checked_settings(serving: Connector, values: Mapping[str, Any]) -> ChannelSettings:
    """Settings of the connector's own type; raise Refused naming every wrong field in Russian."""
    try:
        return serving.settings_class.model_validate(dict(values))
    except ValidationError as error:
        fields = serving.settings_class.model_fields
        wrong = []
        for each in error.errors():
            name = str(each["loc"][0]) if each["loc"] else ""
            title = fields[name].title if name in fields else name
            wrong.append(f"«{title}»" if title else str(each["msg"]).partition(", ")[2])
        raise Refused(
            f"Настройки канала заполнены неверно: {', '.join(dict.fromkeys(wrong))}.",
            "Исправьте эти поля и сохраните снова.",
        ) from error
