"""One account's keys in use: REST of an application, Graph of the group's bot."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from otklik.exchange.channels.connectors.base import AccountCard, NewFile
from otklik.exchange.channels.connectors.memory import Memory
from otklik.exchange.channels.connectors.ok.settings import (
    ACCESS_TOKEN,
    APPLICATION_SECRET,
    BOT_TOKEN,
    SESSION_SECRET,
    OkSettings,
)
from otklik.exchange.vendors.http import HttpSettings, OutcomeUnknown, ServiceError, Unreachable
from otklik.exchange.vendors.ok import topics
from otklik.exchange.vendors.ok.bot import OkBot
from otklik.exchange.vendors.ok.client import OkApi, OkKeys
from otklik.exchange.vendors.ok.errors import RetryLater

T = TypeVar("T")
TRANSIENT = (RetryLater, Unreachable, OutcomeUnknown)
FILE_HOSTS = ("ok.ru", "mycdn.me", "okcdn.ru", "odkl.ru")
LARGEST_FILE = 25 * 1024 * 1024
NAMES: Memory[str] = Memory(20_000, 3600)


class Later(Exception):
    """OK cannot be asked now."""


class Session:
    """Connections are opened when first needed. `patient`: what cannot be asked now is an error,
    so that the event is read again later; otherwise it is left out."""

    def __init__(self, card: AccountCard, *, patient: bool = True) -> None:
        self.settings = cast("OkSettings", card.settings)
        self.patient = patient
        self._secret = {name: value.strip() for name, value in card.secret.items()}
        self._opened: list[OkApi | OkBot] = []

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._opened:
            each.close()

    @cached_property
    def rest(self) -> OkApi | None:
        """None without an application and its token."""
        token, key = self._secret.get(ACCESS_TOKEN, ""), self.settings.application_key
        if not token or not key:
            return None
        keys = OkKeys(
            key,
            self._secret.get(APPLICATION_SECRET, ""),
            token,
            self._secret.get(SESSION_SECRET, ""),
        )
        api = OkApi(keys, self._http)
        self._opened.append(api)
        return api

    @cached_property
    def bot(self) -> OkBot | None:
        token = self._secret.get(BOT_TOKEN, "")
        if not token:
            return None
        bot = OkBot(token, self._http)
        self._opened.append(bot)
        return bot

    def names(self, ids: Iterable[str]) -> dict[str, str]:
        """Names of people, as far as they can be known."""
        place = self.settings.api_url
        wanted = sorted({each for each in ids if each})
        missing = [each for each in wanted if NAMES.get((place, each)) is None]
        api = self.rest
        if missing and api is not None:
            for each in self.asked(lambda: topics.people(api, missing)) or []:
                name = f"{each.get('first_name', '')} {each.get('last_name', '')}".strip()
                NAMES.keep((place, str(each["uid"])), name)
        return {each: NAMES.get((place, each)) or "" for each in wanted}

    def picture(self, url: str, name: str) -> NewFile | None:
        """A picture of a message; None when it cannot be had."""
        source = self.rest or self.bot
        if source is None or not self._may_load(url):
            return None
        loaded = self.asked(lambda: source.download(url, largest=LARGEST_FILE))
        if loaded is None:
            return None
        content, kind = loaded
        ending = {"image/png": "png", "image/webp": "webp", "image/gif": "gif"}.get(kind, "jpg")
        return NewFile(f"{name}.{ending}", content, kind or "image/jpeg")

    def asked(self, ask: Callable[[], T]) -> T | None:
        """The answer; None for a refusal. What passes by itself is raised when `patient`."""
        try:
            return ask()
        except TRANSIENT as error:
            if self.patient:
                raise Later(str(error)) from error
        except ServiceError:
            pass
        return None

    @property
    def _http(self) -> HttpSettings:
        told = self.settings
        return HttpSettings(told.api_url, read_timeout=told.timeout, proxy=told.proxy)

    def _may_load(self, url: str) -> bool:
        """Only OK's own hosts: an address in a message must not lead into our network."""
        asked: Any = urlsplit(url)
        if asked.netloc == urlsplit(self.settings.api_url).netloc:
            return True
        host = asked.hostname or ""
        return asked.scheme == "https" and any(
            host == each or host.endswith(f".{each}") for each in FILE_HOSTS
        )
