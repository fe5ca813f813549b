"""Networks and media that «Инцидент менеджмент» names, and which of them a centre takes from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

META = (
    "Принадлежит компании Meta: её деятельность признана в России экстремистской и запрещена. "
    "Подключить нельзя; сообщения принимаются только файлом выгрузки."
)
BLOCKED = (
    "Доступ из России ограничен. Подключить нельзя; сообщения принимаются только файлом выгрузки."
)


@dataclass(frozen=True, slots=True)
class Network:
    """`words`: how exports name it; `note`: the legal note of one that must not be connected.

    The regulation of Переславль-Залесский of 2021 (pereslavl:1.1.2) names Twitter, Facebook and
    Instagram: they stay in the list, switched off.
    """

    slug: str
    name: str
    words: tuple[str, ...]
    note: str = ""
    enabled: bool = True

    @property
    def barred(self) -> bool:
        return bool(self.note)


KNOWN = (
    Network("vk", "ВКонтакте", ("вконтакте", "вк", "vk", "vkontakte")),
    Network("ok", "Одноклассники", ("одноклассники", "одноклассниках", "ок", "ok")),
    Network("telegram", "Telegram", ("telegram", "телеграм", "телеграмм", "тг")),
    Network("max", "MAX", ("max", "макс")),
    Network("dzen", "Дзен", ("дзен", "dzen")),
    Network("rutube", "RUTUBE", ("rutube", "рутуб")),
    Network("youtube", "YouTube", ("youtube", "ютуб", "ютьюб")),
    Network("twitter", "Twitter (X)", ("twitter", "твиттер", "x"), BLOCKED, enabled=False),
    Network("facebook", "Facebook", ("facebook", "фейсбук"), META, enabled=False),
    Network("instagram", "Instagram", ("instagram", "инстаграм"), META, enabled=False),
)
_HOSTS = {
    "vk.com": "vk", "vk.ru": "vk", "ok.ru": "ok", "t.me": "telegram", "max.ru": "max",
    "dzen.ru": "dzen", "rutube.ru": "rutube", "youtube.com": "youtube", "twitter.com": "twitter",
    "x.com": "twitter", "facebook.com": "facebook", "instagram.com": "instagram",
}  # fmt: skip


def network_of(said: str, link: str, networks: Sequence[Network]) -> Network | None:
    """The network that a row names, else the one its link leads to; None when neither is known."""
    words = set(re.findall(r"[\w-]+", said.casefold()))
    for network in networks:
        if any(_named(each, said.casefold(), words) for each in network.words):
            return network
    host = re.sub(r"^(?:www|m)\.", "", link.casefold().partition("://")[2].partition("/")[0])
    slug = _HOSTS.get(host, "")
    return next((network for network in networks if network.slug == slug), None)


def _named(word: str, said: str, words: set[str]) -> bool:
    return word in said if " " in word or "." in word else word in words
