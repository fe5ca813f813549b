"""Components that wrap other content: card, table, filter bar, notice, details."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.safestring import SafeString

from otklik.web.look.library import part, register, split

NOTICE_ICONS = {
    "info": "info-circle",
    "ok": "circle-check",
    "warn": "alert-triangle",
    "danger": "alert-circle",
}


@register.simple_block_tag
def card(
    content: SafeString,
    title: str = "",
    hint: str = "",
    url: str = "",
    link: str = "",
    css: str = "",
) -> SafeString:
    """A box with an optional title, hint and a link in its corner (`url` with words `link`)."""
    return part("card", content=content, title=title, hint=hint, url=url, link=link, css=css)


@register.simple_block_tag
def table(
    content: SafeString,
    columns: str | Iterable[Mapping[str, Any]] = "",
    caption: str = "",
    empty: str = "Ничего не найдено",
    empty_text: str = "",
    empty_url: str = "",
    empty_label: str = "",
    css: str = "",
) -> SafeString:
    """Table with a sticky header; the content is <tr>… rows, none of them gives the empty state.

    columns: «№:num|Заявитель|Срок» (suffix :num for figures, :min for narrow, :hide for phones) or
    mappings {label, num, min, hide, sort_url, sorted: "asc"|"desc"|""}.
    caption is for screen readers.
    """
    heads = [column(text) for text in split(columns)] if isinstance(columns, str) else list(columns)
    return part(
        "table",
        content=content,
        columns=heads,
        caption=caption,
        rows="<tr" in content,
        empty=empty,
        empty_text=empty_text,
        empty_url=empty_url,
        empty_label=empty_label,
        css=css,
    )


def column(text: str) -> dict[str, Any]:
    """«Срок:num:hide» → {label, num: True, hide: True}."""
    label, *marks = text.split(":")
    return {"label": label, **dict.fromkeys(marks, True)}


@register.simple_tag
def pager(
    next_url: str = "", prev_url: str = "", shown: str = "", first_url: str = ""
) -> SafeString:
    """Keyset pager: «назад», «дальше»; shown: words such as «1–50 из 1 240»."""
    return part("pager", next_url=next_url, prev_url=prev_url, shown=shown, first_url=first_url)


@register.simple_block_tag
def filterbar(
    content: SafeString,
    action: str = "",
    chips: Iterable[Mapping[str, str]] = (),
    reset_url: str = "",
    target: str = "",
    opened: bool = False,
    summary: str = "Отбор",
) -> SafeString:
    """GET form of filters with chips of the active ones.

    chips: {label, url} where url is the page without that filter. target: CSS selector replaced by
    htmx from the same page when a field changes (works as a plain form without scripts).
    """
    return part(
        "filterbar",
        content=content,
        action=action,
        chips=list(chips),
        reset_url=reset_url,
        target=target,
        opened=opened,
        summary=summary,
    )


@register.simple_block_tag
def notice(content: SafeString, kind: str = "info", title: str = "") -> SafeString:
    """kind: info | ok | warn | danger. A danger notice is announced at once by screen readers."""
    return part(
        "notice",
        content=content,
        kind=kind,
        title=title,
        icon=NOTICE_ICONS.get(kind, "info-circle"),
    )


@register.simple_block_tag
def howto(content: SafeString, label: str = "Как посчитано") -> SafeString:
    """An explanation that opens in place; no tooltip, no script."""
    return part("howto", content=content, label=label)


@register.simple_block_tag
def dropdown(
    content: SafeString, label: str, icon: str = "", css: str = "", end: bool = True
) -> SafeString:
    """A button that opens a list of links and buttons with class «drop-item»."""
    return part("dropdown", content=content, label=label, icon=icon, css=css, end=end)


@register.simple_block_tag
def buttons(content: SafeString, css: str = "") -> SafeString:
    """A row of buttons: the main one first."""
    return part("buttons", content=content, css=css)


@register.simple_block_tag
def tiles(content: SafeString) -> SafeString:
    """A grid of number tiles."""
    return part("tiles", content=content)


@register.simple_block_tag
def fieldset(content: SafeString, legend: str, hint: str = "") -> SafeString:
    """A named group of fields."""
    return part("fieldset", content=content, legend=legend, hint=hint)
