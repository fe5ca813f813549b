"""Guides written in a small part of Markdown, as HTML: headings, lists, tables, links, stress.

Everything foreign is escaped first; what is not understood stays as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe

ITEM = re.compile(r"(?P<number>\d+\.|[-*]) +(?P<text>.*)")
HEADING = re.compile(r"(?P<marks>#{1,4}) +(?P<text>.*)")
RULER = re.compile(r"\|[-:| ]+\|")
LINK = re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
CODE = re.compile(r"`([^`]+)`")


def html_of(text: str) -> SafeString:
    """The title of the whole (`#`) is left out: the page has its own. Headings begin with h3."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return mark_safe("\n".join(part for block in blocks for part in _block(block.splitlines())))  # noqa: S308


def _block(lines: list[str]) -> Iterator[str]:
    """A block may be a paragraph that runs into a list: its lines are gathered by kind."""
    for kind, some in groupby(_joined(lines), key=_kind):
        parts = list(some)
        if kind == "heading":
            yield from filter(None, map(_heading, parts))
        elif kind == "table":
            yield _table(parts)
        elif kind in ("ol", "ul"):
            items = "".join(f"<li>{_inline(_item(each))}</li>" for each in parts)
            yield f"<{kind}>{items}</{kind}>"
        else:
            yield f"<p>{_inline(' '.join(parts))}</p>"


def _joined(lines: list[str]) -> list[str]:
    """Lines of an item that were broken for the width of a file are one again."""
    joined: list[str] = []
    for line in map(str.strip, lines):
        goes_on = joined and _kind(line) == "text" and _kind(joined[-1]) in ("ol", "ul")
        if goes_on:
            joined[-1] += f" {line}"
        elif line:
            joined.append(line)
    return joined


def _kind(line: str) -> str:
    if HEADING.fullmatch(line):
        return "heading"
    if line.startswith("|") and line.endswith("|"):
        return "table"
    if found := ITEM.fullmatch(line):
        return "ol" if found["number"][0].isdigit() else "ul"
    return "text"


def _heading(line: str) -> str:
    found = HEADING.fullmatch(line)
    if found is None or len(found["marks"]) == 1:
        return ""
    level = len(found["marks"]) + 1
    return f"<h{level}>{_inline(found['text'])}</h{level}>"


def _item(line: str) -> str:
    found = ITEM.fullmatch(line)
    return found["text"] if found else line


def _table(lines: list[str]) -> str:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if not RULER.fullmatch(line)
    ]
    head = "".join(f'<th scope="col">{_inline(cell)}</th>' for cell in rows[0])
    body = "".join(
        f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in row)}</tr>" for row in rows[1:]
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _inline(text: str) -> str:
    """Code first: what stands in it is taken as it is."""
    parts = CODE.split(escape(text))
    return "".join(
        f"<code>{part}</code>" if number % 2 else _stressed(part)
        for number, part in enumerate(parts)
    )


def _stressed(text: str) -> str:
    linked = LINK.sub(r'<a href="\2" rel="noopener noreferrer">\1</a>', text)
    return BOLD.sub(r"<strong>\1</strong>", linked)
