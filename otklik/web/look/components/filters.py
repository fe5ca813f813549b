"""Template filters: Russian numbers, dates, names."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import orjson
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString

from otklik.base import clock
from otklik.language import wording
from otklik.web.look import words
from otklik.web.look.library import register
from otklik.web.look.prose import html_of

UNDO = "undo="


_NOT_IN_HTML = {b"<": b"\\u003C", b">": b"\\u003E", b"&": b"\\u0026"}


@register.filter
def json_island(value: Any, element_id: str) -> SafeString:
    """`{{ data|json_island:"map" }}` → what a script of the page reads, whatever its texts say.

    Django's own filter writes every Russian letter as six signs and goes through them one by one:
    that is felt where outlines of places are half a megabyte.
    """
    told = orjson.dumps(value, default=str, option=orjson.OPT_NON_STR_KEYS)
    for sign, written in _NOT_IN_HTML.items():
        told = told.replace(sign, written)
    opened = f'<script id="{escape(element_id)}" type="application/json">'
    return SafeString(f"{opened}{told.decode()}</script>")


@register.filter
def ru_count(value: int | None, forms: str) -> str:
    """`{{ n|ru_count:"обращение,обращения,обращений" }}` → «5 обращений»; None counts as 0."""
    one, few, many = (form.strip() for form in forms.split(","))
    return words.count(int(value or 0), one, few, many)


@register.filter
def ru_plural(value: int | None, forms: str) -> str:
    """As ru_count, but only the noun: for a number written elsewhere."""
    one, few, many = (form.strip() for form in forms.split(","))
    return words.plural(int(value or 0), one, few, many)


@register.filter
def ru_date(value: date | datetime | None) -> str:
    """«5 марта» this year, «5 марта 2024» otherwise; empty for None."""
    if value is None or value == "":
        return ""
    return words.date_words(value, today=_today(), tz=timezone.get_current_timezone())


@register.filter
def ru_datetime(value: datetime | None) -> str:
    """«5 марта, 14:02», «сегодня, 14:02»; empty for None."""
    if value is None or value == "":
        return ""
    return words.datetime_words(value, today=_today(), tz=timezone.get_current_timezone())


@register.filter
def prose(value: str) -> str:
    """A guide written in Markdown, as HTML: see `look/prose.py`."""
    return html_of(value)


@register.filter
def thousands(value: Any) -> str:
    """12345.6 → «12 345,6»; None → «—»."""
    return "—" if value is None else words.thousands(value)


@register.filter
def percent(value: float | None, digits: int = 0) -> str:
    """A share 0…1 → «37 %»; None → «—»."""
    if value is None:
        return "—"
    return f"{words.thousands(round(float(value) * 100, digits))}{words.NBSP}%"


@register.filter
def nbsp(value: Any) -> str:
    """Text that must not break over lines."""
    return words.glue(str(value))


@register.filter
def typo(value: Any) -> str:
    """Quotes, dashes and non-breaking spaces of plain text."""
    return wording.typo(str(value))


@register.filter
def initials(value: Any) -> str:
    """Two letters for a round badge."""
    return words.initials(str(value))


@register.filter
def short_name(value: Any) -> str:
    """«Иванова Мария Петровна» → «Иванова М. П.»."""
    return words.short_name(str(value))


@register.filter
def file_size(value: int) -> str:
    """Bytes → «1,4 МБ»."""
    return words.file_size(int(value))


@register.filter
def phone_href(value: Any) -> str:
    """Digits and plus only, for tel: links."""
    return re.sub(r"[^\d+]", "", str(value))


@register.filter
def undo_url(message: Any) -> str:
    """The address that undoes what this message tells of, or empty (see toasts.toast)."""
    for tag in str(getattr(message, "extra_tags", None) or "").split():
        if tag.startswith(UNDO):
            return tag.removeprefix(UNDO)
    return ""


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """`{{ mapping|get:key }}`; None when absent."""
    return mapping.get(key) if mapping else None


def _today() -> date:
    return timezone.localtime(clock.now()).date()
