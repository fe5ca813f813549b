"""The person as ЕСИА describes him: names, level of trust, contacts with their confirmation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from otklik.exchange.vendors.esia.troubles import EsiaUntrusted

CONFIRMED = "VERIFIED"


@dataclass(frozen=True)
class Person:
    """`trusted`: the account is confirmed in person. Contacts are given only when confirmed."""

    oid: str
    last_name: str
    first_name: str
    middle_name: str
    trusted: bool
    birth_date: str = ""
    snils: str = ""
    email: str = ""
    phone: str = ""
    methods: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """«Фамилия Имя Отчество»."""
        return " ".join(
            part for part in (self.last_name, self.first_name, self.middle_name) if part
        )


def person_of(
    oid: str,
    about: Mapping[str, Any],
    contacts: Sequence[Mapping[str, Any]],
    methods: tuple[str, ...] = (),
) -> Person:
    """Put together `/rs/prns/{oid}` and the elements of `/ctts`. Raises EsiaUntrusted."""
    if not isinstance(about, Mapping) or not str(about.get("lastName", "")).strip():
        raise EsiaUntrusted("нет фамилии человека")
    return Person(
        oid=oid,
        last_name=_word(about, "lastName"),
        first_name=_word(about, "firstName"),
        middle_name=_word(about, "middleName"),
        trusted=about.get("trusted") is True,
        birth_date=_word(about, "birthDate"),
        snils=_word(about, "snils"),
        email=_contact(contacts, "EML"),
        phone=_contact(contacts, "MBT"),
        methods=methods,
    )


def _word(about: Mapping[str, Any], name: str) -> str:
    return " ".join(str(about.get(name) or "").split())


def _contact(contacts: Sequence[Mapping[str, Any]], kind: str) -> str:
    for one in contacts:
        if (
            isinstance(one, Mapping)
            and one.get("type") == kind
            and one.get("vrfStu") == CONFIRMED
            and one.get("value")
        ):
            return str(one["value"]).strip()
    return ""
