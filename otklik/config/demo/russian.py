"""Russian words of dates, numbers and places that the demo's texts need."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from otklik.language.wording import MONTHS, plural

MONTHS_IN = (
    "январе", "феврале", "марте", "апреле", "мае", "июне",
    "июле", "августе", "сентябре", "октябре", "ноябре", "декабре",
)  # fmt: skip
WEEKDAYS_SINCE = (
    "с понедельника", "со вторника", "со среды", "с четверга", "с пятницы", "с субботы",
    "с воскресенья",
)  # fmt: skip
SEASONS_SINCE = ("с зимы", "с весны", "с лета", "с осени")
FAST = (
    "со вчерашнего дня", "со вчерашнего вечера", "с утра", "второй день", "третий день",
    "четвёртый день подряд", "уже неделю", "вторые сутки", "больше недели", "с прошлой недели",
    "третьи сутки", "несколько дней",
)  # fmt: skip
SLOW = (
    "второй месяц", "уже месяц", "третью неделю", "с прошлого года", "уже полгода",
    "не первый год", "больше года", "который год", "третий месяц", "уже давно", "второй год",
    "больше месяца",
)  # fmt: skip
AGO = (
    "неделю назад", "две недели назад", "дней десять назад", "месяц назад", "ещё на той неделе",
    "три недели назад", "полтора месяца назад",
)  # fmt: skip
WEEKS = ("две недели", "три недели", "месяц", "полтора месяца", "два месяца")


def aged(years: int) -> str:
    """«71 год, 82 года, 75 лет»."""
    return f"{years} {plural(years, ('год', 'года', 'лет'))}"


def day_of(day: date) -> str:
    """«12 мая»."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def since(rng: Random, today: date, fast: bool) -> str:
    """«третий день», «с марта»: for how long a trouble has lasted."""
    draw = rng.random()
    if fast:
        if draw < 0.2:
            return "с " + day_of(today - timedelta(days=rng.randint(2, 9)))
        if draw < 0.35:
            return WEEKDAYS_SINCE[(today - timedelta(days=rng.randint(2, 6))).weekday()]
        return rng.choice(FAST)
    if draw < 0.25:
        return "с " + MONTHS[(today - timedelta(days=rng.randint(40, 200))).month - 1]
    if draw < 0.35:
        then = today - timedelta(days=rng.randint(90, 260))
        return SEASONS_SINCE[then.month % 12 // 3]
    return rng.choice(SLOW)


def ago(rng: Random, today: date) -> str:
    """«две недели назад», «в марте»: when something was asked for."""
    draw = rng.random()
    if draw < 0.25:
        return day_of(today - timedelta(days=rng.randint(6, 35)))
    if draw < 0.45:
        return "в " + MONTHS_IN[(today - timedelta(days=rng.randint(32, 150))).month - 1]
    return rng.choice(AGO)


def street_in(kind: str, name: str) -> str:
    """«на улице Лесной», «в переулке Речном»."""
    if kind in ("улица", "площадь"):
        return ("на улице " if kind == "улица" else "на площади ") + _feminine(name)
    if kind in ("переулок", "проезд"):
        return ("в переулке " if kind == "переулок" else "в проезде ") + _masculine(name)
    if kind == "проспект":
        return f"на проспекте {name}"
    return f"на бульваре {name}"


def street_short(kind: str, name: str) -> str:
    """«ул. Лесная» as it stands in an address."""
    short = {"улица": "ул.", "переулок": "пер.", "проезд": "пр-д", "проспект": "просп.",
             "бульвар": "бул.", "площадь": "пл."}  # fmt: skip
    return f"{short[kind]} {name}"


def street_along(kind: str, name: str) -> str:
    """«по Лесной», «на Лесной» without the word «улица»; other kinds stay whole."""
    return (
        f"на {_feminine(name)}" if kind == "улица" and name.endswith("я") else street_in(kind, name)
    )


def _feminine(name: str) -> str:
    if name.endswith("ая"):
        return name[:-2] + "ой"
    return name[:-2] + "ей" if name.endswith("яя") else name


def _masculine(name: str) -> str:
    return name[:-2] + ("ем" if name.endswith("ний") else "ом") if name.endswith("й") else name
