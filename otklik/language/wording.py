"""Russian wording of numbers, dates and lists: what documents and notices say.

Pure: no clock, no database. Spaces inside a number, before a percent sign and
inside a date do not break (U+00A0).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

NBSP = "\u00a0"
MINUS = "\u2212"
MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
Forms = tuple[str, str, str]
"""After 1, after 2, after 5: («обращение», «обращения», «обращений»)."""

# A word of one or two letters that leans on the next word.
_LEANING = (
    "а|в|во|и|к|ко|не|ни|но|о|об|от|по|с|со|у|за|из|на|до|для|без|при|про|над|под|№|ул\\.|д\\."
)
_LEAN = re.compile(rf"(?<![\w-])({_LEANING}) +(?=\S)", re.IGNORECASE)
_DIGIT_WORD = re.compile(r"(?<=\d) (?=[%а-яё₽°])")
_DASH = re.compile(r"[  ]+[-–—][  ]+")
_OPENING = re.compile(r'(^|[\s(\[«„—-])"(?=\S)')
_CLOSING = re.compile(r'(?<=\S)"')
_SPACES = re.compile(r" {2,}")


def plural(number: int, forms: Forms) -> str:
    """The form of the noun after the number: plural(22, …) → «обращения»."""
    tail = abs(number) % 100
    if 11 <= tail <= 14:
        return forms[2]
    last = tail % 10
    if last == 1:
        return forms[0]
    return forms[1] if 2 <= last <= 4 else forms[2]


def number(value: float, digits: int = 0) -> str:
    """12345.6 → «12 345,6»; a four-digit number is divided too, so that columns agree."""
    text = f"{abs(value):,.{digits}f}".replace(",", NBSP).replace(".", ",")
    negative = value < 0 and any(sign in "123456789" for sign in text)
    return f"{MINUS}{text}" if negative else text


def counted(value: int, forms: Forms) -> str:
    """«1 252 обращения»."""
    return f"{number(value)}{NBSP}{plural(value, forms)}"


def percent(share: float, digits: int = 0) -> str:
    """0.125 → «13 %»; halves go away from zero, as people round."""
    scaled = abs(share) * 100 * 10**digits
    rounded = int(scaled + 0.5 + 1e-9) / 10**digits
    return f"{number(-rounded if share < 0 else rounded, digits)}{NBSP}%"


def share_words(part: int, whole: int) -> str:
    """«6 %», «менее 1 %», «более 99 %»: a part that is there is never said to be nothing."""
    if whole and 0 < part < 0.005 * whole:
        return f"менее 1{NBSP}%"
    if whole and 0.995 * whole < part < whole:
        return f"более 99{NBSP}%"
    return percent(part / whole) if whole else percent(0)


def signed(value: int) -> str:
    """«+5», «−3», «0»: for columns of change."""
    return f"+{number(value)}" if value > 0 else number(value)


def compared(now: int, before: int, *, ago: str) -> str:
    """How a count changed: «на 12 % больше, чем неделей ранее (191)».

    Small counts are compared by difference, large changes by times; nothing
    before and nothing now is the empty string.
    """
    if now == before or 0 in (now, before):
        return _plainly(now, before, ago)
    tail = f"чем {ago} ({number(before)})"
    side = "больше" if now > before else "меньше"
    large, small = max(now, before), min(now, before)
    if small >= 5 and large >= 2 * small:
        return f"{_times(large / small)} {side}, {tail}"
    words = percent(abs(now - before) / before)
    if before < 20:
        return f"на{NBSP}{number(abs(now - before))} {side}, {tail}"
    if words.startswith("0"):
        return f"почти столько же, сколько {ago} ({number(before)})"
    return f"на{NBSP}{words} {side}, {tail}"


def _plainly(now: int, before: int, ago: str) -> str:
    if now == before:
        return f"столько же, сколько {ago}" if now else ""
    return f"{ago} было {number(before)}" if before else f"{ago} не было ни одного"


def _times(ratio: float) -> str:
    """«в 2 раза», «в 5 раз», «в 2,3 раза»."""
    if ratio >= 10:
        whole = round(ratio)
        return f"в{NBSP}{number(whole)}{NBSP}{plural(whole, ('раз', 'раза', 'раз'))}"
    text = number(ratio, 1)
    if not text.endswith(",0"):
        return f"в{NBSP}{text}{NBSP}раза"
    whole = round(ratio)
    return f"в{NBSP}{whole}{NBSP}{plural(whole, ('раз', 'раза', 'раз'))}"


def join_list(items: Iterable[str], last: str = "и") -> str:
    """«дороги, тепло и свет»; the last conjunction does not lose its word."""
    words: Sequence[str] = [item for item in items if item]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last}{NBSP}{words[-1]}"


def date_words(day: date, *, year: bool = True) -> str:
    """«15 ноября 2026 года», without a year «15 ноября»."""
    words = f"{day.day}{NBSP}{MONTHS[day.month - 1]}"
    return f"{words} {day.year}{NBSP}года" if year else words


def period_words(since: date, until: date) -> str:
    """«с 9 по 15 ноября 2026 года»; a single day is «9 ноября 2026 года»."""
    if since == until:
        return date_words(since)
    if since.year != until.year:
        first = date_words(since)
    elif since.month != until.month:
        first = date_words(since, year=False)
    else:
        first = str(since.day)
    return f"{_from(since)}{NBSP}{first} по{NBSP}{date_words(until)}"


def period_figures(since: date, until: date) -> str:
    """«09.11–15.11.2026», for headings of columns and names of files."""
    if since == until:
        return f"{since:%d.%m.%Y}"
    first = f"{since:%d.%m}" if since.year == until.year else f"{since:%d.%m.%Y}"
    return f"{first}–{until:%d.%m.%Y}"


def earlier_words(since: date, until: date) -> str:
    """What the period before is called: «неделей ранее», «месяцем ранее», «за 10 дней до этого»."""
    days = (until - since).days + 1
    if days == 1:
        return "днём ранее"
    if days == 7:
        return "неделей ранее"
    if since.day == 1 and (until + timedelta(days=1)).day == 1:
        months = (until.year - since.year) * 12 + until.month - since.month + 1
        if months in (1, 12):
            return "месяцем ранее" if months == 1 else "годом ранее"
        if months == 3 and since.month % 3 == 1:
            return "кварталом ранее"
    return f"за{NBSP}{counted(days, ('день', 'дня', 'дней'))} до этого"


def capital(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """A large first letter and a full stop at the end, unless the text ends with one of its own."""
    text = capital(text.strip())
    return text if not text or text.endswith((".", "!", "?", "…", ":")) else f"{text}."


def typo(text: str) -> str:
    """Quotes «», dashes — with a space held before them, short words held to the next.

    Doing it twice changes nothing; only quotes, dashes and spaces are touched.
    """
    text = _SPACES.sub(" ", text)
    text = _OPENING.sub(r"\1«", text)
    text = _CLOSING.sub("»", text)
    text = _DASH.sub(f"{NBSP}— ", text)
    text = _DIGIT_WORD.sub(NBSP, text)
    previous = ""
    while previous != text:
        previous, text = text, _LEAN.sub(rf"\1{NBSP}", text)
    return text


def _from(day: date) -> str:
    """«со 2 ноября» (со второго), else «с»."""
    return "со" if day.day == 2 else "с"
