"""Check digits of the numbers that have them."""

from __future__ import annotations


def digits(text: str) -> list[int]:
    return [int(sign) for sign in text if sign in "0123456789"]


def is_card(text: str) -> bool:
    """The Luhn check digit of a payment card's number."""
    total = 0
    for place, digit in enumerate(reversed(digits(text))):
        doubled = digit * 2 if place % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return len(digits(text)) >= 13 and total % 10 == 0


def is_snils(text: str) -> bool:
    """The check number of an insurance account, the last two of eleven digits."""
    every = digits(text)
    if len(every) != 11:
        return False
    total = sum(digit * weight for digit, weight in zip(every, range(9, 0, -1), strict=False))
    return total % 101 % 100 == every[9] * 10 + every[10]


def is_inn(text: str) -> bool:
    """The two check digits of a person's taxpayer number of twelve digits."""
    every = digits(text)
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)

    def check(upto: int) -> int:
        return sum(d * w for d, w in zip(every[:upto], weights[11 - upto :], strict=True)) % 11 % 10

    return len(every) == 12 and check(10) == every[10] and check(11) == every[11]


def is_policy(text: str) -> bool:
    """A medical policy of the uniform kind: sixteen digits, Luhn."""
    return len(digits(text)) == 16 and is_card(text)


def is_ip4(text: str) -> bool:
    parts = text.split(".")
    return len(parts) == 4 and all(part.isdigit() and int(part) < 256 for part in parts)


def is_telephone(text: str) -> bool:
    """Long enough to be somebody's; the free lines 8-800 belong to offices."""
    every = "".join(map(str, digits(text)))
    return 5 <= len(every) <= 14 and every[:4] not in {"8800", "7800"}
