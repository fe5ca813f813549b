"""The explanation of a term in Russian, fit for a card and for a prosecutor's answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from otklik.casework.deadlines.rules.terms import Extension, Pause, Rule
from otklik.casework.deadlines.vocabulary import CountedFrom, EndShift, Unit
from otklik.language.wording import counted

NB = "\u00a0"
VERIFY = "Значение не сверено с актом: сверьте с действующей редакцией."

_UNITS = {
    Unit.CALENDAR_DAYS: ("календарный день", "календарных дня", "календарных дней"),
    Unit.WORKING_DAYS: ("рабочий день", "рабочих дня", "рабочих дней"),
    Unit.WORKING_HOURS: ("рабочий час", "рабочих часа", "рабочих часов"),
}
_FROM_MOMENT = {
    CountedFrom.RECEIPT: "с момента поступления",
    CountedFrom.REGISTRATION: "с момента регистрации",
    CountedFrom.INTERIM: "с момента промежуточного ответа",
    CountedFrom.ASSIGNMENT: "с момента поручения",
}
_SHIFTED_TO = {
    EndShift.PRECEDING: "срок перенесён на предшествующий рабочий день",
    EndShift.NEXT: "срок перенесён на следующий рабочий день",
    EndShift.AS_IS: "перенос не предусмотрен",
}


def term(rule: Rule) -> str:
    return counted(rule.amount, _UNITS[rule.unit])


def counted_from(rule: Rule, start: date | datetime) -> str:
    """`datetime` for terms in hours, `date` for terms in days."""
    if isinstance(start, datetime):
        return f"{_FROM_MOMENT[rule.counted_from]} {start:%d.%m.%Y} в{NB}{start:%H:%M}"
    return f"{rule.counted_from.label} {start:%d.%m.%Y}"


def pause(pause: Pause) -> str:
    """One line about days on which the clock stood."""
    reason = f": {pause.reason}" if pause.reason else ""
    return f"Срок приостановлен с{NB}{pause.since:%d.%m.%Y} по{NB}{pause.until:%d.%m.%Y}{reason}"


def extension(extension: Extension) -> str:
    reason = f": {extension.reason}" if extension.reason else ""
    return f"Срок продлён на{NB}{counted(extension.days, _UNITS[Unit.CALENDAR_DAYS])}{reason}"


def shift(end_shift: EndShift, last: date, moved: date) -> str:
    """Why the date to keep to differs from the date of the law."""
    if end_shift == EndShift.AS_IS or last == moved:
        return f"{last:%d.%m.%Y} — нерабочий день, {_SHIFTED_TO[EndShift.AS_IS]}"
    return f"{last:%d.%m.%Y} — нерабочий день, {_SHIFTED_TO[end_shift]} {moved:%d.%m.%Y}"


def unknown_transfers(year: int) -> str:
    return f"Перенос выходных дней на{NB}{year}{NB}год ещё не опубликован, дата может сдвинуться."


def sentence_in_days(
    rule: Rule,
    start: date,
    *,
    last: date,
    moved: date,
    extended: Extension | None,
    pauses: Sequence[Pause],
) -> str:
    """«30 календарных дней со дня регистрации 02.02.2026 (ст. 12 …) истекают 04.03.2026.»"""
    parts = [f"{_head(rule, start)} {_ends(rule)} {last:%d.%m.%Y}"]
    parts += _asides(extended, pauses)
    if moved != last:
        parts.append(f"это нерабочий день, {_SHIFTED_TO[rule.end_shift]} {moved:%d.%m.%Y}")
    return _joined(parts, rule)


def sentence_in_hours(
    rule: Rule,
    start: datetime,
    ends: datetime,
    extended: Extension | None,
    pauses: Sequence[Pause],
) -> str:
    parts = [f"{_head(rule, start)} {_ends(rule)} {ends:%d.%m.%Y} в{NB}{ends:%H:%M}"]
    return _joined(parts + _asides(extended, pauses), rule)


def _head(rule: Rule, start: date | datetime) -> str:
    article = f" ({rule.article})" if rule.article else ""
    return f"{term(rule)} {counted_from(rule, start)}{article}"


def _ends(rule: Rule) -> str:
    return "истекает" if rule.amount % 10 == 1 and rule.amount % 100 != 11 else "истекают"


def _asides(extended: Extension | None, pauses: Sequence[Pause]) -> list[str]:
    asides = [_lowered(pause(item)) for item in pauses]
    if extended is not None:
        asides.append(f"с{NB}учётом продления на{NB}" + _days_of(extended))
    return asides


def _days_of(extended: Extension) -> str:
    return counted(extended.days, _UNITS[Unit.CALENDAR_DAYS])


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _joined(parts: list[str], rule: Rule) -> str:
    text = "; ".join(parts) + "."
    return f"{text} {VERIFY}" if rule.verify else text
