"""Trying a door now, without anybody entering."""

from __future__ import annotations

from typing import Any

import httpx

from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.signin.queries import checks_of, door_of
from otklik.exchange.signin.vocabulary import DoorKind
from otklik.exchange.vendors.esia.checks import Check

SECONDS = 10
PATH = "/.well-known/openid-configuration"
NEEDED = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


def probe_door(*, access: Access, door_id: int) -> list[Check]:
    """What is in order and what is not; the accounts' system is asked for its description."""
    access = access.require(Permission.ORGANISE)
    door = door_of(access, door_id)
    found = checks_of(door)
    return found if door.kind == DoorKind.ESIA else [*found, *_described(door.address)]


def _described(issuer: str) -> list[Check]:
    """The published description (OpenID Connect Discovery 1.0, section 4)."""
    what = "Система учётных записей"
    try:
        with httpx.Client(timeout=SECONDS) as http:
            answer = http.get(f"{issuer}{PATH}")
            told = answer.raise_for_status().json()
    except httpx.HTTPStatusError as error:
        return [Check(what, f"ответила {error.response.status_code}", _ADDRESS)]
    except httpx.HTTPError:
        return [Check(what, "не отвечает", f"Откройте с сервера адрес {issuer}{PATH}: {_REACH}")]
    except ValueError:
        told = None
    if not isinstance(told, dict):
        return [Check(what, "ответила не описанием OpenID Connect", _ADDRESS)]
    return [Check(what, "отвечает"), *_fit(issuer, told)]


def _fit(issuer: str, told: dict[str, Any]) -> list[Check]:
    named = str(told.get("issuer", "")).rstrip("/")
    missing = [name for name in NEEDED if not told.get(name)]
    ways = told.get("code_challenge_methods_supported") or []
    return [
        Check(
            "Имя системы (issuer)",
            named or "не названо",
            ""
            if named == issuer
            else f"Впишите адрес ровно так, как называет себя система: {named}",
        ),
        Check(
            "Нужные адреса",
            f"нет: {', '.join(missing)}" if missing else "есть",
            "Включите в системе учётных записей вход по коду и userinfo." if missing else "",
        ),
        Check(
            "Защита кода (PKCE S256)",
            "есть" if "S256" in ways else "не объявлена",
            "" if "S256" in ways else "Включите PKCE с методом S256 для этого клиента.",
        ),
    ]


_ADDRESS = "Проверьте адрес: это issuer из описания клиента, без пути .well-known."
_REACH = "он должен открываться; для своего корневого сертификата задайте SSL_CERT_FILE."
