"""Components made of a list: tabs, timeline, steps, checklist, facts, files, summary of errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from otklik.web.look.library import part, register, split

Items = Iterable[Mapping[str, Any]]


@register.simple_tag
def tabs(items: Items, label: str = "Вкладки") -> SafeString:
    """items: {label, url, active, count?, icon?}. Tabs are links, so they work without scripts."""
    return part("tabs", items=list(items), label=label)


@register.simple_tag
def numbers(cells: Iterable[tuple[int, str]]) -> SafeString:
    """Cells of a table row: (number, address of what it counts); a dash where there is none."""
    return SafeString(
        "".join(
            f'<td class="num"><a href="{escape(url)}">{count}</a></td>'
            if count
            else '<td class="num">—</td>'
            for count, url in cells
        )
    )


@register.simple_tag
def figures(cells: Items) -> SafeString:
    """Cells of a table row: {text, url?}, drawn at once."""
    return SafeString("".join(map(_figure, cells)))


def _figure(cell: Mapping[str, Any]) -> str:
    text, url = escape(str(cell["text"])), cell.get("url")
    inside = f'<a href="{escape(url)}">{text}</a>' if url else text
    return f'<td class="num">{inside}</td>'


@register.simple_tag
def timeline(entries: Items, label: str = "История", empty: str = "Событий пока нет") -> SafeString:
    """entries: {at, title, text?, actor?, icon?, tone?, url?}, shown in the order given."""
    return part("timeline", entries=list(entries), label=label, empty=empty)


@register.simple_tag
def steps(items: str | Items, current: int = 1, label: str = "Шаги") -> SafeString:
    """items: «Файл|Столбцы|Проверка» or {label, url?}; current counts from 1."""
    rows = [{"label": text} for text in split(items)] if isinstance(items, str) else list(items)
    states = [
        "done" if n < current else "now" if n == current else "next"
        for n in range(1, len(rows) + 1)
    ]
    return part(
        "steps",
        steps=list(zip(rows, states, strict=True)),
        current=current,
        total=len(rows),
        label=label,
    )


@register.simple_tag
def checklist(items: Items, label: str = "Проверка") -> SafeString:
    """items: {label, done: True|False|None, hint?, url?, link?}; None means not checked yet."""
    return part("checklist", items=list(items), label=label)


@register.simple_tag
def facts(items: Iterable[tuple[str, Any]], css: str = "") -> SafeString:
    """Pairs (label, value) as a definition list; empty values show «—»."""
    return part("facts", items=list(items), css=css)


@register.simple_tag
def files(items: Items, label: str = "Файлы", empty: str = "Файлов нет") -> SafeString:
    """items: {name, url?, size? (bytes), kind?, note?, remove_url?, blocked?}.

    kind: image | pdf | table | text.
    """
    return part("files", items=list(items), label=label, empty=empty)
