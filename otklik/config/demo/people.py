"""Invented applicants: agreeing names, phones of a made-up range, reserved mail domains."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from otklik.config.demo.source import read_yaml

LATIN = str.maketrans(dict(zip("абвгдеёзийклмнопрстуфхцыэ", "abvgdeeziyklmnoprstufhcye",
                               strict=True))
                      | {"ж": "zh", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ь": "",
                         "ю": "yu", "я": "ya"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """`phone` and `email` may be empty; `age` is in years."""

    last: str
    first: str
    middle: str
    female: bool
    age: int
    phone: str
    email: str

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.last, self.first, self.middle) if part)

    @property
    def short_name(self) -> str:
        return f"{self.first} {self.last}"


@cache
def _names() -> dict[str, Any]:
    names: dict[str, Any] = read_yaml("names.yaml")
    return names


def surname(masculine: str, female: bool) -> str:
    """«Белов» → «Белова», «Каменский» → «Каменская»."""
    if not female:
        return masculine
    if masculine.endswith(("ский", "цкий")):
        return masculine[:-2] + "ая"
    return masculine + "а"


def draw_person(rng: Random, elder: bool, written: bool) -> Person:
    """A person; `written` channels give a patronymic, networks often do not."""
    names = _names()
    female = rng.random() < (0.72 if elder else 0.6)
    ages = "older" if elder else "younger"
    first = rng.choice(names["women" if female else "men"][ages])
    last = surname(rng.choice(names["surnames"]), female)
    middle = rng.choice(names["patronymics"])[1 if female else 0]
    return Person(
        last=last,
        first=first,
        middle=middle if written or rng.random() < 0.2 else "",
        female=female,
        age=rng.randint(66, 90) if elder else rng.randint(21, 64),
        phone=f"+7 900 000-{rng.randint(0, 99):02d}-{rng.randint(0, 99):02d}"
        if rng.random() < (0.85 if written else 0.15) else "",
        email=_email(rng, last) if rng.random() < (0.3 if elder else 0.6) else "",
    )  # fmt: skip


def _email(rng: Random, last: str) -> str:
    latin = last.lower().translate(LATIN)
    domain = rng.choice(("pochta.example", "yaschik.example", "mail.example", "pismo.example"))
    return f"{latin}{rng.randint(1, 999)}@{domain}"
