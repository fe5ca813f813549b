"""Dates as exports write them: cells of date format, Excel serials, Russian and ISO text."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo

from otklik.base.tables import Cell, plain_text

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - local wherever the export was made
_SERIALS = (20_000.0, 80_000.0)
_MONTHS = (
    "января январь янв",
    "февраля февраль фев февр",
    "марта март мар",
    "апреля апрель апр",
    "мая май",
    "июня июнь июн",
    "июля июль июл",
    "августа август авг",
    "сентября сентябрь сен сент",
    "октября октябрь окт",
    "ноября ноябрь ноя нояб",
    "декабря декабрь дек",
)
_CLOCK = r"(?:[ T,]+(?:в )?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?)?"
_ZONE = r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?"
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})[./\-](?P<month>\d{{1,2}})[./\-](?P<year>\d{{4}}|\d{{2}})(?: ?г\.?)?"
    rf"{_CLOCK}{_ZONE}"
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})[./\-](?P<month>\d{{1,2}})[./\-](?P<day>\d{{1,2}}){_CLOCK}{_ZONE}"
)
_WORDS = re.compile(
    rf"(?P<day>\d{{1,2}}) (?P<word>[а-я]{{3,}})\.? (?P<year>\d{{4}})(?: ?(?:г|года)\.?)?"
    rf"{_CLOCK}{_ZONE}"
)


class BadDateError(ValueError):
    """The cell holds something, but no date; the message is Russian."""


def parse_moment(cell: Cell, zone: tzinfo) -> datetime | None:
    """The moment in the municipality's zone (naive values are local), None for an empty cell.

    Raises BadDateError for anything else, years outside 1990…2100 included.
    """
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    moment = _moment(cell, zone)
    if not 1990 <= moment.year <= 2100:
        raise BadDateError(f"«{plain_text(cell)[:60]}»: год вне пределов 1990–2100")
    return moment


def looks_like_date(cell: Cell) -> bool:
    """Whether the cell is written as a date; plain numbers are not."""
    if isinstance(cell, str):
        return any(
            pattern.fullmatch(_squeezed(cell)) for pattern in (_DAY_FIRST, _YEAR_FIRST, _WORDS)
        )
    return isinstance(cell, date)


def _moment(cell: Cell, zone: tzinfo) -> datetime:
    if isinstance(cell, datetime):
        return cell if cell.tzinfo else cell.replace(tzinfo=zone)
    if isinstance(cell, date):
        return datetime.combine(cell, time(), zone)
    if isinstance(cell, float | int):
        return _from_serial(float(cell), zone)
    return _from_text(str(cell), zone)


def _from_serial(serial: float, zone: tzinfo) -> datetime:
    if not _SERIALS[0] <= serial <= _SERIALS[1]:
        raise BadDateError(f"«{plain_text(serial)}» — не дата")
    moment = _EPOCH + timedelta(days=serial)
    return (moment + timedelta(microseconds=500_000)).replace(microsecond=0, tzinfo=zone)


def _from_text(text: str, zone: tzinfo) -> datetime:
    plain = _squeezed(text)
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", plain):
        return _from_serial(float(plain.replace(",", ".")), zone)
    for pattern in (_DAY_FIRST, _YEAR_FIRST, _WORDS):
        if match := pattern.fullmatch(plain):
            return _from_match(match.groupdict(), text, zone)
    raise BadDateError(f"«{text.strip()[:60]}» — не дата")


def _from_match(parts: dict[str, str | None], text: str, zone: tzinfo) -> datetime:
    year = int(parts["year"] or 0)
    try:
        return datetime(
            year + 2000 if year < 100 else year,
            _month(parts.get("month"), parts.get("word")),
            int(parts["day"] or 0),
            int(parts["hour"] or 0),
            int(parts["minute"] or 0),
            int(parts["second"] or 0),
            tzinfo=_zone(parts["zone"], zone),
        )
    except ValueError:
        raise BadDateError(f"«{text.strip()[:60]}» — такой даты нет") from None


def _month(digits: str | None, word: str | None) -> int:
    if digits:
        return int(digits)
    for number, forms in enumerate(_MONTHS, start=1):
        if word in forms.split():
            return number
    raise ValueError(word)


def _zone(text: str | None, zone: tzinfo) -> tzinfo:
    if not text:
        return zone
    parsed = datetime.fromisoformat(f"2000-01-01T00:00:00{'+00:00' if text == 'Z' else text}")
    return parsed.tzinfo or zone


def _squeezed(text: str) -> str:
    lowered = re.sub(r"[\s\u00a0]+", " ", text).strip().lower()
    return re.sub(r"(?<=\d)t(?=\d)", "T", lowered).replace("z", "Z")
