"""When a cut is sent, in words."""

from __future__ import annotations

from otklik.base.rhythm import Rhythm, Step

_WEEKDAYS = (
    "понедельникам", "вторникам", "средам", "четвергам", "пятницам", "субботам", "воскресеньям",
)  # fmt: skip
STEPS = (
    (Step.DAY, "каждый день"),
    (Step.WEEK, "каждую неделю"),
    (Step.MONTH, "каждый месяц"),
    (Step.QUARTER, "каждый квартал"),
)


def said(rhythm: Rhythm) -> str:
    """«по понедельникам с 7 часов», «5-го числа каждого месяца с 9 часов»."""
    if rhythm.step == Step.DAY:
        when = "каждый день"
    elif rhythm.step == Step.WEEK:
        when = f"по {_WEEKDAYS[rhythm.day]}"
    elif rhythm.step == Step.MONTH:
        when = f"{rhythm.day}-го числа каждого месяца"
    else:
        when = f"{rhythm.day}-го числа первого месяца квартала"
    return f"{when} с\u00a0{rhythm.hour} ч"
