"""Invented people who may enter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Citizen:
    """`confirmed`: the account is confirmed in person; `email_confirmed` is of its contact."""

    oid: int
    last: str
    first: str
    middle: str
    confirmed: bool
    email: str = ""
    phone: str = ""
    email_confirmed: bool = True

    @property
    def name(self) -> str:
        return f"{self.last} {self.first} {self.middle}".strip()

    def card(self) -> dict[str, Any]:
        """As `/rs/prns/{oid}` tells."""
        return {
            "stateFacts": ["EntityRoot"],
            "firstName": self.first,
            "lastName": self.last,
            "middleName": self.middle,
            "birthDate": "04.03.1981",
            "trusted": self.confirmed,
            "status": "REGISTERED",
            "verifying": False,
            "citizenship": "RUS",
        }

    def contacts(self) -> list[dict[str, Any]]:
        """As `/rs/prns/{oid}/ctts?embed=(elements)` tells."""
        given = [
            ("EML", self.email, self.email_confirmed),
            ("MBT", self.phone, True),
        ]
        return [
            {
                "id": self.oid * 10 + number,
                "type": kind,
                "value": value,
                "vrfStu": "VERIFIED" if sure else "NOT_VERIFIED",
            }
            for number, (kind, value, sure) in enumerate(given)
            if value
        ]


CITIZENS = (
    Citizen(
        1000000001,
        "Ёлкина",
        "Мария",
        "Игоревна",
        confirmed=True,
        email="elkina@example.test",
        phone="+7(900)1112233",
    ),
    Citizen(
        1000000002,
        "Простаков",
        "Иван",
        "Львович",
        confirmed=False,
        email="prostakov@example.test",
    ),
    Citizen(1000000003, "Ли", "Анна", "", confirmed=True, phone="+7(900)4445566"),
    Citizen(
        1000000004,
        "Непочтин",
        "Олег",
        "Петрович",
        confirmed=True,
        email="nepochtin@example.test",
        email_confirmed=False,
    ),
)
