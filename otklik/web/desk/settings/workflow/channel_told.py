"""What the page of a channel tells of it: abilities, limits, the address of events, its guide."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from otklik.base import clock
from otklik.exchange.channels.actions import hook_url
from otklik.exchange.channels.connectors.base import Capabilities
from otklik.exchange.channels.connectors.registry import connector, guide_of
from otklik.exchange.channels.models import ChannelAccount
from otklik.exchange.channels.queries.health import healths
from otklik.exchange.channels.vocabulary import Ability


def told_of(kind: str, account: ChannelAccount | None) -> dict[str, Any]:
    """For the template; nothing of it is secret but the address of events."""
    able = connector(kind).capabilities
    told: dict[str, Any] = {
        "abilities": _abilities(able),
        "limits": _limits(able),
        "guide": guide_of(kind),
    }
    if account is not None:
        told["health"] = healths([account], clock.now())[account.pk]
        if able.can(Ability.WEBHOOK):
            told["hook_address"] = hook_url(account, settings.PUBLIC_URL)
    return told


def _abilities(able: Capabilities) -> list[dict[str, Any]]:
    """Only of channels that say anything of themselves."""
    if not able.abilities:
        return []
    return [
        {"label": each.label.capitalize(), "done": each in able.abilities or None}
        for each in Ability
    ]


def _limits(able: Capabilities) -> list[tuple[str, str]]:
    named = (
        ("Длина ответа, знаков", able.text_limit),
        ("Длина публикации, знаков", able.post_limit),
        ("Подпись к картинке, знаков", able.caption_limit),
        ("Файлов в одном сообщении", able.files_at_once),
    )
    return [(label, str(value)) for label, value in named if value]
