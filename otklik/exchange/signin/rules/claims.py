"""Reading what a door says about a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Presented:
    """A person as a door presents him. `email_sure`: the door has checked the e-mail."""

    subject: str
    email: str = ""
    email_sure: bool = False
    full_name: str = ""
    methods: tuple[str, ...] = ()
    claims: Mapping[str, Any]


def presented(claims: Mapping[str, Any]) -> Presented:
    """A person by the claims of OpenID Connect (Core 1.0, section 5.1)."""
    methods = claims.get("amr")
    words = methods if isinstance(methods, list) else [methods]
    given = (str(word) for word in (*words, claims.get("acr")) if word)
    return Presented(
        subject=str(claims.get("sub", "")),
        email=_text(claims, "email"),
        email_sure=claims.get("email_verified") is True,
        full_name=full_name(claims),
        methods=tuple(given),
        claims=claims,
    )


def full_name(claims: Mapping[str, Any]) -> str:
    """«Фамилия Имя Отчество»: by its parts where there are any, else `name` as it is."""
    parts = [_text(claims, name) for name in ("family_name", "given_name", "middle_name")]
    if parts[0] and parts[2] and parts[1].endswith(f" {parts[2]}"):
        parts[2] = ""
    return " ".join(part for part in parts if part) if parts[0] else _text(claims, "name")


def values_of(claims: Mapping[str, Any], path: str) -> frozenset[str]:
    """Values of a claim: a list's members or the one value. Dots go inwards
    («realm_access.roles»), unless a claim has just this name."""
    found: Any = claims
    if path in claims:
        found = claims[path]
    else:
        for step in path.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
    members = found if isinstance(found, list | tuple) else [found]
    return frozenset(_word(one) for one in members if isinstance(one, str | int | bool))


def fits(claims: Mapping[str, Any], claim: str, value: str) -> bool:
    """Whether the claim has the value, letter for letter."""
    return value in values_of(claims, claim)


def is_strong(methods: Iterable[str], accepted: str) -> bool:
    """Whether the door has asked a second factor, in one of the accepted words."""
    return bool(set(methods) & set(accepted.split()))


def _word(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""
