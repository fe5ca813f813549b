"""One account's keys in use: the right key for each question, closed together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any, cast
from urllib.parse import urlsplit

from otklik.exchange.channels.connectors.base import AccountCard, NewFile, PostAround
from otklik.exchange.channels.connectors.memory import Memory
from otklik.exchange.channels.connectors.vk.settings import (
    COMMUNITY_KEY,
    SERVICE_KEY,
    USER_KEY,
    VkSettings,
)
from otklik.exchange.vendors.http import HttpSettings, OutcomeUnknown, ServiceError, Unreachable
from otklik.exchange.vendors.vk import groups, wall
from otklik.exchange.vendors.vk.client import VkApi
from otklik.exchange.vendors.vk.errors import RetryLater, VkError
from otklik.exchange.vendors.vk.photos import largest

Thing = dict[str, Any]
TRANSIENT = (RetryLater, Unreachable, OutcomeUnknown)
FILE_HOSTS = ("vk.com", "vk.ru", "userapi.com", "vkuserphoto.ru", "vkuser.net", "mycdn.me")
LARGEST_FILE = 25 * 1024 * 1024
NAMES: Memory[str] = Memory(20_000, 3600)
POSTS: Memory[str] = Memory(2_000, 600)


class Session:
    """Keys are opened when first needed. `patient`: what cannot be asked now is an error, so that
    the event is read again later; otherwise it is left out and told in the text."""

    def __init__(self, card: AccountCard, *, patient: bool = True) -> None:
        self.settings = cast("VkSettings", card.settings)
        self.patient = patient
        self._secret = {name: value.strip() for name, value in card.secret.items()}
        self._opened: list[VkApi] = []

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        for api in self._opened:
            api.close()

    @cached_property
    def community(self) -> VkApi | None:
        return self._open(COMMUNITY_KEY)

    @cached_property
    def service(self) -> VkApi | None:
        return self._open(SERVICE_KEY)

    @cached_property
    def user(self) -> VkApi | None:
        return self._open(USER_KEY)

    @property
    def reader(self) -> VkApi | None:
        """Who may read walls: a community's key may not."""
        return self.service or self.user

    def names(self, ids: Iterable[int]) -> dict[int, str]:
        """Names of people (positive ids), as far as they can be known."""
        wanted = {each for each in ids if each > 0}
        known = {each: NAMES.get((self.settings.api_url, each)) for each in wanted}
        missing = [each for each, name in known.items() if name is None]
        api = self.community or self.reader
        found = self._asked(lambda: groups.users(api, missing)) if api and missing else []
        self.meet(found or [])
        return {each: NAMES.get((self.settings.api_url, each)) or "" for each in wanted}

    def meet(self, profiles: Sequence[Thing]) -> None:
        """Remember the names that came with an answer."""
        for each in profiles:
            name = f"{each.get('first_name', '')} {each.get('last_name', '')}".strip()
            NAMES.keep((self.settings.api_url, int(each["id"])), name)

    def post_around(self, post_id: int) -> PostAround:
        """The post of our wall under which something stands; its text when it can be read."""
        full = f"{self.settings.owner_id}_{post_id}"
        text = POSTS.get((self.settings.api_url, full))
        api = self.reader
        if text is None and api is not None:
            found = self._asked(lambda: wall.posts_by_id(api, [full]))
            text = str(found[0].get("text", "")) if found else ""
            self.read_post(full, text)
        return PostAround(f"wall{full}", text or "", f"{self.settings.site_url}/wall{full}")

    def read_post(self, full_id: str, text: str) -> None:
        POSTS.keep((self.settings.api_url, full_id), text)

    def photo(self, photo: Thing) -> NewFile | None:
        """The biggest copy of a photo; None when it cannot be had."""
        url = largest(photo)
        api = self.community or self.reader
        if not url or api is None or not self._may_load(url):
            return None
        loaded = self._asked(lambda: api.download(url, largest=LARGEST_FILE))
        if loaded is None:
            return None
        content, content_type = loaded
        ending = {"image/png": "png", "image/webp": "webp", "image/gif": "gif"}.get(
            content_type, "jpg"
        )
        name = f"photo{photo.get('owner_id')}_{photo.get('id')}.{ending}"
        return NewFile(name, content, content_type)

    def _asked(self, ask: Any) -> Any:
        """The answer; None for a refusal. What passes by itself is raised when `patient`."""
        if self.patient:
            with suppress(VkError, ServiceError):
                try:
                    return ask()
                except TRANSIENT as error:
                    raise Later(str(error)) from error
            return None
        with suppress(VkError, ServiceError):
            return ask()
        return None

    def _may_load(self, url: str) -> bool:
        """Only VK's own hosts: an address in a message must not lead into our network."""
        asked, own = urlsplit(url), urlsplit(self.settings.api_url)
        if asked.netloc == own.netloc:
            return True
        host = asked.hostname or ""
        return asked.scheme == "https" and any(
            host == each or host.endswith(f".{each}") for each in FILE_HOSTS
        )

    def _open(self, name: str) -> VkApi | None:
        token = self._secret.get(name, "")
        if not token:
            return None
        settings = self.settings
        api = VkApi(
            token,
            HttpSettings(settings.api_url, read_timeout=settings.timeout, proxy=settings.proxy),
        )
        self._opened.append(api)
        return api


class Later(Exception):
    """VK cannot be asked now."""
