"""HTML letters as plain text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

BLOCKS = frozenset(
    (
        *("p", "div", "tr", "table", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("blockquote", "pre", "hr", "section", "article"),
    )
)
SILENT = frozenset(("script", "style", "head", "title", "template", "noscript"))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self.quote_depth = 0
        self.silence = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silence += 1
        elif tag == "br":
            self.lines.append("")
        elif tag in BLOCKS:
            self._break()
        if tag == "blockquote":
            self.quote_depth += 1
        elif tag == "li":
            self.lines[-1] += "— "
        elif tag in ("td", "th") and self.lines[-1]:
            self.lines[-1] += " "

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silence = max(0, self.silence - 1)
        elif tag in BLOCKS:
            self._break()
        if tag == "blockquote":
            self.quote_depth = max(0, self.quote_depth - 1)
        if tag == "p":
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if self.silence:
            return
        text = re.sub(r"[ \t\r\n\u00a0]+", " ", data)
        if not self.lines[-1]:
            text = text.lstrip()
            if text and self.quote_depth:
                text = "> " * min(self.quote_depth, 3) + text
        self.lines[-1] += text

    def _break(self) -> None:
        if self.lines[-1]:
            self.lines.append("")


def to_text(html: str) -> str:
    """Readable text of an HTML page; quotations are marked with «>»."""
    parser = _Text()
    try:
        parser.feed(html)
        parser.close()
    except (AssertionError, ValueError):
        return re.sub(r"<[^>]{0,2000}>", " ", html)
    lines = [line.rstrip() for line in parser.lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
