"""Guides in Markdown become pages; nothing in them becomes markup by accident."""

from __future__ import annotations

import pytest

from otklik.exchange.channels.connectors.registry import guide_of, registered
from otklik.web.look.prose import html_of

GUIDE = """# Название

Первая строка
и вторая.

## Как

Порядок:
1. Откройте [справку](https://example.org/a?b=1&c=2) и
   прочтите `**всё**`.
2. Нажмите **«Да»**.

- раз
- два

| ключ | что |
|---|---|
| один | `два` |
"""


def test_a_guide_as_a_page() -> None:
    assert html_of(GUIDE) == (
        "<p>Первая строка и вторая.</p>\n"
        "<h3>Как</h3>\n"
        "<p>Порядок:</p>\n"
        '<ol><li>Откройте <a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">'
        "справку</a> и прочтите <code>**всё**</code>.</li>"
        "<li>Нажмите <strong>«Да»</strong>.</li></ol>\n"
        "<ul><li>раз</li><li>два</li></ul>\n"
        '<table><thead><tr><th scope="col">ключ</th><th scope="col">что</th></tr></thead>'
        "<tbody><tr><td>один</td><td><code>два</code></td></tr></tbody></table>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[нажми](javascript:alert(1))",
        '[нажми](https://a.example/"onclick="alert(1))',
        "| <b> |\n|---|\n| `<i>` |",
    ],
)
def test_foreign_markup_stays_text(text: str) -> None:
    shown = html_of(text)
    for mark in ("<script", 'href="javascript', '"onclick', "<b>", "<i>"):
        assert mark not in shown


def test_every_guide_leaves_no_marks_behind() -> None:
    for kind in registered():
        shown = html_of(guide_of(kind))
        assert "##" not in shown, kind
        assert "**" not in shown, kind
        assert "](" not in shown, kind
        assert "|" not in shown, kind
