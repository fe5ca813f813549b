"""Spans of time as people say them."""

from __future__ import annotations

from otklik.language.wording import MINUS, NBSP, number

FEW = "мало данных"


def minutes_said(minutes: float | None, *, signed: bool = False) -> str:
    """«4 мин», «3 ч», «2,5 дн.»; signed: «быстрее на …», «медленнее на …»."""
    if minutes is None:
        return FEW
    if not signed:
        return _span(minutes)
    if abs(minutes) < 1:
        return "без разницы"
    return f"{'быстрее' if minutes > 0 else 'медленнее'} на {_span(abs(minutes))}"


def hours_said(hours: float | None, *, signed: bool = False) -> str:
    return minutes_said(None if hours is None else hours * 60, signed=signed)


def _span(minutes: float) -> str:
    sign, size = (MINUS, -minutes) if minutes < 0 else ("", minutes)
    if size < 90:
        return f"{sign}{number(round(size))}{NBSP}мин"
    hours = size / 60
    if hours < 48:
        return f"{sign}{_tenth(hours)}{NBSP}ч"
    return f"{sign}{_tenth(hours / 24)}{NBSP}дн."


def _tenth(value: float) -> str:
    whole = round(value)
    return number(whole) if value >= 10 or abs(value - whole) < 0.05 else number(value, 1)
