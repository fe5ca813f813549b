"""Russian wording of pages: plurals, dates, numbers, non-breaking spaces. Pure."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from otklik.language import wording

NBSP = wording.NBSP


def thousands(value: int | float | str) -> str:
    """12345.6 → «12 345,6» with non-breaking spaces; text that is no number stays itself."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return str(value)
    decimals = f"{number:.10g}".partition(".")[2]
    return wording.number(number, len(decimals))


def plural(number: int, one: str, few: str, many: str) -> str:
    """The form of a noun after `number`: 1 обращение, 2 обращения, 5 обращений."""
    return wording.plural(number, (one, few, many))


def count(number: int, one: str, few: str, many: str) -> str:
    """«5 обращений»: number with thousands and the right form, glued by a non-breaking space."""
    return wording.counted(number, (one, few, many))


def date_words(
    value: date | datetime, *, today: date | None = None, tz: tzinfo | None = None
) -> str:
    """«5 марта 2025» ; the year goes when it is the year of `today`."""
    day = local(value, tz)
    words = wording.date_words(day, year=False)
    return words if today and today.year == day.year else f"{words} {day.year}"


def datetime_words(value: datetime, *, today: date | None = None, tz: tzinfo | None = None) -> str:
    """«5 марта 2025, 14:02» ; today's moments are «сегодня, 14:02»."""
    moment = value.astimezone(tz) if tz and value.tzinfo else value
    day = "сегодня" if today == moment.date() else date_words(moment, today=today)
    return f"{day}, {moment:%H:%M}"


def local(value: date | datetime, tz: tzinfo | None) -> date:
    """The calendar day of a moment in `tz`; a plain date is itself."""
    if not isinstance(value, datetime):
        return value
    return (value.astimezone(tz) if tz and value.tzinfo else value).date()


def glue(text: str) -> str:
    """Every space becomes non-breaking."""
    return text.replace(" ", NBSP)


def initials(name: str) -> str:
    """«Иванова Мария Петровна» → «ИМ»."""
    return "".join(word[0] for word in name.split()[:2]).upper()


def short_name(name: str) -> str:
    """«Иванова Мария Петровна» → «Иванова М. П.»; anything but two or three words stays."""
    words = name.split()
    if len(words) not in (2, 3):
        return name
    return NBSP.join([words[0], *(f"{word[0]}." for word in words[1:])])


def file_size(size: int) -> str:
    """Bytes → «1,4 МБ»."""
    number = float(size)
    for unit in ("Б", "КБ", "МБ"):
        if number < 1024:
            return f"{thousands(round(number, 1) if number < 10 else round(number))}{NBSP}{unit}"
        number /= 1024
    return f"{thousands(round(number, 1))}{NBSP}ГБ"
