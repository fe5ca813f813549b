"""The demo's networks: accounts that speak to the stand-ins beside it, never to the real ones."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels.actions import set_up_account
from otklik.exchange.standins.max import first_state as max_town
from otklik.exchange.standins.ok import state as ok_town
from otklik.exchange.standins.telegram import first_state as telegram_town
from otklik.exchange.standins.vk import world as vk_town

TITLES = {
    "vk": "Сообщество во ВКонтакте",
    "ok": "Группа в Одноклассниках",
    "telegram": "Канал в Telegram",
    "max": "Канал в MAX",
}


@transaction.atomic
def connect(addresses: dict[str, str]) -> None:
    """An account a network at these addresses; one that is there already is only led to them."""
    place = Municipality.objects.order_by("pk").first()
    if place is None:
        return
    access = Access.system(place.pk, "Демонстрация")
    for name, address in addresses.items():
        settings, secret = _account(name)
        set_up_account(
            access=access,
            kind=name,
            title=TITLES[name],
            settings={**settings, **_addresses(name, address)},
            secret=secret,
            basis=f"демонстрация: вместо службы её заместитель, {address}",
        )


def _addresses(name: str, address: str) -> dict[str, str]:
    """Links of the demo lead to the stand-in's page too, where it has addresses like the real."""
    here = {"api_url": address}
    return {**here, "site_url": address} if name in ("vk", "ok") else here


def _account(name: str) -> tuple[dict[str, Any], dict[str, str]]:
    if name == "vk":
        keys = {
            "community_key": vk_town.COMMUNITY_KEY,
            "service_key": vk_town.SERVICE_KEY,
            "user_key": vk_town.USER_KEY,
        }
        return {"group_id": vk_town.COMMUNITY_ID}, keys
    if name == "ok":
        known = {"group_id": ok_town.GROUP_ID, "application_key": ok_town.APPLICATION_KEY}
        return known, {
            "application_secret": ok_town.APPLICATION_SECRET,
            "access_token": ok_town.ACCESS_TOKEN,
            "bot_token": ok_town.BOT_TOKEN,
        }
    if name == "telegram":
        return {"channel": str(telegram_town.CHANNEL)}, {"token": telegram_town.TOKEN}
    return {"channel": max_town.CHANNEL}, {"token": max_town.TOKEN}
