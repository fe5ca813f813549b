"""Small components: icon, status, deadline, tile, person, progress, score, buttons, links."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from otklik.base import clock
from otklik.web.look import words
from otklik.web.look.library import part, register

STATUS_ICONS = {
    "new": "circle-dot",
    "work": "progress",
    "wait": "hourglass-high",
    "review": "eye",
    "done": "circle-check",
    "closed": "lock",
    "danger": "alert-triangle",
    "warn": "alert-circle",
    "off": "ban",
    "draft": "circle-dashed",
}
UNITS = {
    "working": ("рабочий день", "рабочих дня", "рабочих дней"),
    "calendar": ("день", "дня", "дней"),
    "hours": ("час", "часа", "часов"),
    "working_hours": ("рабочий час", "рабочих часа", "рабочих часов"),
}
DEADLINE_ICONS = {
    "overdue": "alert-triangle",
    "today": "urgent",
    "soon": "clock",
    "ok": "calendar",
    "done": "check",
    "late": "checks",
    "paused": "player-pause",
}


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """One icon of icons.txt. Decorative unless `label` is given."""
    return _icon(_sprite(), name, label, css)


@cache
def _sprite() -> str:
    """The address of the icons: with a digest in its name it takes a while to tell."""
    return static("vendor/icons.svg")


@lru_cache(maxsize=512)
def _icon(sprite: str, name: str, label: str, css: str) -> SafeString:
    href = f"{sprite}#{name}"
    if label:
        return format_html(
            '<svg class="ico {}" role="img" aria-label="{}"><use href="{}"></use></svg>',
            css,
            label,
            href,
        )
    return format_html(
        '<svg class="ico {}" aria-hidden="true"><use href="{}"></use></svg>', css, href
    )


@register.simple_tag
def status(kind: str, label: str, icon: str = "") -> SafeString:
    """Word and shape. kind: new work wait review done closed danger warn off draft."""
    return format_html(
        '<span class="status status-{}">{}<span>{}</span></span>',
        kind,
        _icon(_sprite(), icon or STATUS_ICONS.get(kind, "point"), "", ""),
        label,
    )


@register.simple_tag
def deadline(
    due: date | datetime | None,
    left: int | None = None,
    unit: str = "working",
    done: bool | date | datetime | None = False,
    paused: bool = False,
    text: str = "",
    compact: bool = False,
) -> SafeString:
    """Traffic light by word and shape: «просрочено на 2 дня», «сегодня», «осталось 3 рабочих дня».

    left: whole units to go, negative when overdue; None computes calendar days from `due`.
    unit: working | calendar | hours | working_hours. done: the clock is over (kept or, with
    negative `left`, missed); the moment it was done tells that by itself. text replaces the words,
    not the shape. compact hides the date.
    """
    if due is None and left is None and not paused:
        return part("deadline", state="none", text=text or "без срока", icon="circle-dashed")
    if left is None and due is not None:
        left, unit = _days_left(due, done), "calendar"
    state = deadline_state(left or 0, done=bool(done), paused=paused, unit=unit)
    return part(
        "deadline",
        state=state,
        text=text or deadline_text(state, left or 0, unit),
        icon=DEADLINE_ICONS[state],
        due=due if not compact else None,
        title=due,
    )


def _days_left(due: date | datetime, done: bool | date | datetime | None) -> int:
    """Calendar days from today, or from the day it was done; late by hours counts as a day."""
    zone = timezone.get_current_timezone()
    end = words.local(due, zone)
    if not isinstance(done, date):
        return 0 if done else (end - _today()).days
    days = (end - words.local(done, zone)).days
    if isinstance(due, datetime) and isinstance(done, datetime) and done > due:
        return min(days, -1)
    return days


def deadline_state(left: int, *, done: bool, paused: bool, unit: str) -> str:
    """overdue | today | soon (≤ 2 days or 8 hours) | ok | done | late | paused."""
    if done:
        return "late" if left < 0 else "done"
    if paused:
        return "paused"
    if left < 0:
        return "overdue"
    hours = unit in ("hours", "working_hours")
    if left == 0:
        return "today"
    return "soon" if left <= (8 if hours else 2) else "ok"


def deadline_text(state: str, left: int, unit: str) -> str:
    """The words of a deadline in its state."""
    amount = words.count(abs(left), *UNITS[unit])
    verb = "остался" if words.plural(left, "1", "2", "5") == "1" else "осталось"
    return {
        "overdue": f"просрочено на{words.NBSP}{amount}",
        "today": "меньше часа" if unit in ("hours", "working_hours") else "сегодня",
        "soon": f"{verb} {amount}",
        "ok": f"{verb} {amount}",
        "done": "в срок",
        "late": f"с опозданием на{words.NBSP}{amount}",
        "paused": "приостановлен",
    }[state]


@register.simple_tag
def tile(
    label: str,
    value: Any,
    url: str = "",
    hint: str = "",
    tone: str = "",
    delta: str = "",
    icon: str = "",
) -> SafeString:
    """Number linked to the rows behind it. tone: "" | ok | warn | danger."""
    shown = "—" if value is None else words.thousands(value)
    return part(
        "tile", label=label, value=shown, url=url, hint=hint, tone=tone, delta=delta, icon=icon
    )


@register.simple_tag
def person(name: str, sub: str = "", url: str = "", kind: str = "person") -> SafeString:
    """A person (letters) or a body (kind="body", building icon) with a second line."""
    return part("person", name=name, sub=sub, url=url, kind=kind)


@register.simple_tag
def progress(value: int, maximum: int, label: str = "", tone: str = "") -> SafeString:
    """Bar of done / all with words «7 из 12»."""
    top = max(int(maximum or 0), 0)
    return part("progress", value=min(int(value or 0), top), maximum=top, label=label, tone=tone)


@register.simple_tag
def progress_job(
    url: str, value: int = 0, maximum: int = 0, label: str = "", running: bool = True
) -> SafeString:
    """Progress of long work, polled every 2 s from `url` (which answers with this same tag)."""
    return part("progress_job", url=url, value=value, maximum=maximum, label=label, running=running)


@register.simple_tag
def score(
    value: float | None, maximum: float = 5, label: str = "", sample: int | None = None
) -> SafeString:
    """A grade with a bar; None means too little data. sample: number of answers behind it."""
    shown = None if value is None else words.thousands(round(float(value), 2))
    return part("score", value=value, shown=shown, maximum=maximum, label=label, sample=sample)


@register.simple_tag
def stars(value: int, maximum: int = 5) -> SafeString:
    """A citizen's grade as stars with the words «4 из 5»."""
    full = max(0, min(int(value), maximum))
    return part(
        "stars", value=full, maximum=maximum, marks=[place < full for place in range(maximum)]
    )


@register.simple_tag
def button(
    label: str,
    icon: str = "",
    kind: str = "",
    url: str = "",
    name: str = "",
    value: str = "",
    key: str = "",
    type: str = "submit",  # noqa: A002
    key_label: str = "",
) -> SafeString:
    """A link when `url` is given, else a form button. kind: primary | danger | ghost | "" (plain).

    key: KeyboardEvent.code ("KeyA"), pressed anywhere outside of fields.
    """
    classes = {"primary": "btn btn-primary", "danger": "btn btn-danger", "ghost": "btn btn-ghost"}
    return part(
        "button",
        label=label,
        icon=icon,
        css=classes.get(kind, "btn"),
        url=url,
        name=name,
        value=value,
        key=key,
        type=type,
        key_label=key_label or label,
    )


@register.simple_tag
def copy(text: str, label: str = "Скопировать") -> SafeString:
    """Text with a button that puts it on the clipboard."""
    return part("copy", text=text, label=label)


@register.simple_tag
def empty(
    title: str, text: str = "", url: str = "", label: str = "", icon: str = "inbox"
) -> SafeString:
    """What to do next where there is nothing to show."""
    return part("empty", title=title, text=text, url=url, label=label, icon=icon)


def _today() -> date:
    return timezone.localtime(clock.now()).date()
