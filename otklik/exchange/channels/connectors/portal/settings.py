"""On which sites the form of the portal may be shown."""

from __future__ import annotations

import re

from pydantic import Field, field_validator

from otklik.exchange.channels.connectors.base import ChannelSettings

_SITE = re.compile(
    r"https://[a-z0-9а-яё](?:[a-z0-9а-яё.-]*[a-z0-9а-яё])?(?::\d{2,5})?", re.IGNORECASE
)


def sites_in(text: str) -> list[str]:
    """Origins named in a text, in the form of browsers (punycode); ValueError for anything else."""
    return list(dict.fromkeys(_origin(one) for one in re.split(r"[\s,;]+", text) if one))


def _origin(text: str) -> str:
    plain = text.strip().rstrip("/").lower()
    if not _SITE.fullmatch(plain):
        raise ValueError(f"«{text}» — не адрес сайта: нужно «https://site.ru», без страницы")
    host, _, port = plain.removeprefix("https://").partition(":")
    name = host.encode("idna").decode()
    return f"https://{name}" + (f":{port}" if port else "")


class PortalSettings(ChannelSettings):
    """`sites`: addresses by spaces; the form opens in a frame on these and on no others."""

    sites: str = Field(default="", title="Сайты, на которых показывать форму")

    @field_validator("sites")
    @classmethod
    def are_sites(cls, value: str) -> str:
        return " ".join(sites_in(value))

    @property
    def origins(self) -> list[str]:
        return self.sites.split()
