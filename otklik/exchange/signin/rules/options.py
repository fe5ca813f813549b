"""What a door may be set to, and addresses that it may have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from ipaddress import ip_address
from typing import Any, Self
from urllib.parse import urlsplit

STRONG = "mfa otp hwk"
"""Values of `amr` and `acr` by which an organisation says that two factors were asked."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """`link_by_email`: a confirmed e-mail names the account; `create_people`: whoever a rule of
    roles fits gets an account; `strong`: words of acr and amr that count as a second factor;
    `profile`: way of signing of ЕСИА."""

    link_by_email: bool = True
    create_people: bool = False
    strong: str = STRONG
    scopes: str = ""
    profile: str = ""

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        known = {name: kept[name] for name in asdict(cls()) if name in kept}
        return cls(**known)


def address_fault(address: str) -> str:
    """Why the address cannot be used, or nothing. Plain http is for this machine only."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return "Это не адрес."
    if parts.scheme not in ("http", "https") or not host:
        return "Адрес начинается с https:// и содержит имя сервера."
    if parts.username or parts.query or parts.fragment:
        return "Уберите из адреса имя пользователя и всё после знаков «?» и «#»."
    if parts.scheme == "http" and not _loopback(host):
        return "Нужен защищённый адрес: https://…"
    return ""


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
