"""Words that stand before a person and tell who it is, and words that stand before a place."""

from __future__ import annotations

from functools import lru_cache

from otklik.language.masking.lists import pattern

APPLICANT = "заявитель"
CITIZEN = "гражданин"
OFFICIAL = "должностное лицо"
STAFF = "сотрудник"

_APPLICANT = pattern("of_applicants")
_HEADS = pattern("of_heads")
_STAFF = pattern("of_staff")
_CITIZEN = pattern("of_citizens")
_STREETS = pattern("of_streets")
_NAMED = pattern("of_places")
_SETTLEMENT = pattern("of_settlements")
_SETTLEMENTS = frozenset(("с", "д", "г", "п", "х", "ст", "пгт"))
_TITLES = pattern("of_titles")
LIVING = frozenset(("на", "по", "возле", "вдоль", "через", "напротив", "между", "районе", "около"))
TOWARDS = frozenset(
    (
        "к",
        "ко",
        "у",
        "от",
        "для",
        "за",
        "про",
        "о",
        "об",
        "перед",
        "с",
        "со",
        "над",
        "против",
        "при",
        "вместо",
        "без",
        "ради",
        "кроме",
    )
)
_POINTING = pattern("of_pointing")
_THANKS = pattern("of_thanks")
# Most words are in none of the lists: they are asked about once.
_OF_ROLES = ("of_applicants", "of_heads", "of_staff", "of_citizens")
_ANY_ROLE = pattern(*_OF_ROLES)
_NOBODY = pattern(*_OF_ROLES, "of_streets", "of_places", "of_pointing")
_COMPLAINT = pattern("of_complaints")


@lru_cache(maxsize=100_000)
def role_of(word: str) -> str:
    """One of APPLICANT, CITIZEN, OFFICIAL, STAFF, or empty."""
    low = word.casefold()
    if "-" in low and not low.startswith("г-"):
        return role_of(low.partition("-")[0])
    if not _ANY_ROLE.fullmatch(low):
        return ""
    if _APPLICANT.fullmatch(low):
        return APPLICANT
    if _HEADS.fullmatch(low):
        return OFFICIAL
    if _STAFF.fullmatch(low):
        return STAFF
    return CITIZEN if _CITIZEN.fullmatch(low) else ""


@lru_cache(maxsize=100_000)
def is_street(word: str) -> bool:
    return _STREETS.fullmatch(word.casefold()) is not None


@lru_cache(maxsize=100_000)
def is_settlement(word: str) -> bool:
    return _SETTLEMENT.fullmatch(word.casefold()) is not None


def is_short_settlement(word: str) -> bool:
    """«с.», «д.» with their full stop; without it «с» is a preposition."""
    return word in _SETTLEMENTS


@lru_cache(maxsize=100_000)
def is_named(word: str) -> bool:
    return _NAMED.fullmatch(word.casefold()) is not None


@lru_cache(maxsize=100_000)
def is_title(word: str) -> bool:
    return _TITLES.fullmatch(word.casefold()) is not None


@lru_cache(maxsize=10_000)
def is_complaint(word: str) -> bool:
    return _COMPLAINT.fullmatch(word.casefold()) is not None


@lru_cache(maxsize=10_000)
def is_pointing(word: str) -> bool:
    """«Сам», «какая-то», «уважаемый»."""
    return _POINTING.fullmatch(word.casefold()) is not None


@lru_cache(maxsize=10_000)
def is_thanks(word: str) -> bool:
    return _THANKS.fullmatch(word.casefold()) is not None


@lru_cache(maxsize=100_000)
def is_nobody(word: str) -> bool:
    """A word about people and places that is itself no name."""
    return _NOBODY.fullmatch(word.casefold()) is not None or ("-" in word and bool(role_of(word)))
