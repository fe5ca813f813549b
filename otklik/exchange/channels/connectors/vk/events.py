"""Callback API: telling VK our address and answering its question."""

from __future__ import annotations

import time

from otklik.exchange.channels.connectors.base import (
    AccountCard,
    ConnectorError,
    Finding,
    Probe,
    WebhookRefused,
)
from otklik.exchange.channels.connectors.vk import reading
from otklik.exchange.channels.connectors.vk.session import Session
from otklik.exchange.vendors.http import ServiceError
from otklik.exchange.vendors.vk import groups
from otklik.exchange.vendors.vk.client import VkApi

TITLE = "Отклик"
# VK asks a new address for the word within a second or two.
WAITS = (0.2, 0.3, 0.5, 1.0, 2.0)
UNCONFIRMED = (
    "ВКонтакте ещё не подтвердил адрес.",
    "Проверьте, что адрес этой установки открывается из интернета по https, и нажмите снова.",
)
LONGEST_SECRET = 50


def confirmation(card: AccountCard) -> str:
    """The community's word: of the settings, else VK's own answer to the same question."""
    with Session(card) as session:
        if session.settings.confirmation:
            return session.settings.confirmation
        if session.community is None:
            raise WebhookRefused("Нет ни строки подтверждения, ни ключа сообщества.")
        try:
            return groups.confirmation_code(session.community, session.settings.group_id)
        except ServiceError as error:
            raise WebhookRefused(str(error)) from error


def connect(session: Session, url: str, secret: str) -> Probe:
    """Register our address and the events we read. VK confirms it a moment later."""
    api, settings = session.community, session.settings
    if api is None:
        raise ConnectorError("Подключить события можно только с ключом сообщества.")
    if not secret or len(secret) > LONGEST_SECRET:
        raise ConnectorError(
            "Задайте секретный ключ Callback API (до 50 знаков) в настройках канала."
        )
    group = settings.group_id
    try:
        code = groups.confirmation_code(api, group)
        if settings.confirmation and settings.confirmation != code:
            raise ConnectorError(
                f"Строка подтверждения у ВКонтакте другая: впишите «{code}» в настройки канала."
            )
        for each in groups.callback_servers(api, group):
            if each["url"] == url:
                groups.delete_callback_server(api, group, int(each["id"]))
        server = groups.add_callback_server(api, group, url, TITLE, secret)
        groups.set_callback_events(api, group, server, reading.EVENTS)
        confirmed = _confirmed(api, group, server)
    except ServiceError as error:
        raise ConnectorError(str(error)) from error
    problem, mend = ("", "") if confirmed else UNCONFIRMED
    right = "принимать события по адресу этого сервера"
    return Probe(f"{problem} {mend}".strip(), (Finding(right, problem, mend),))


def _confirmed(api: VkApi, group_id: int, server_id: int) -> bool:
    """Whether VK has heard its word from the address, waiting a little for it."""
    for wait in WAITS:
        time.sleep(wait)
        states = {each["id"]: each["status"] for each in groups.callback_servers(api, group_id)}
        if states.get(server_id) in ("ok", "failed"):
            break
    return states.get(server_id) == "ok"
