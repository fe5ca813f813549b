"""What a page leaves for its scripts says the same there, and never ends the island early."""

from __future__ import annotations

import json
from datetime import date
from html.parser import HTMLParser
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from otklik.web.look.components.filters import json_island

TEXTS = st.text(max_size=30) | st.sampled_from(["</script><b>", "<!-- <script>", "&lt;", "\u2028"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(min_value=-(2**53), max_value=2**53) | TEXTS,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(TEXTS, inside, max_size=4),
    max_leaves=12,
)


class Reader(HTMLParser):
    """What a browser finds within scripts, and what beside them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.within, self.beside, self.open = "", "", False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        assert tag == "script", tag
        self.open = True

    def handle_endtag(self, tag: str) -> None:
        self.open = False

    def handle_data(self, data: str) -> None:
        if self.open:
            self.within += data
        else:
            self.beside += data


@given(value=VALUES)
@example(value={"имя": "</script><script>alert(1)</script>"})
def test_a_script_reads_what_was_said(value: Any) -> None:
    page = Reader(json_island(value, "map"))
    assert json.loads(page.within) == value
    assert page.beside == ""


def test_days_and_its_own_name_are_written_too() -> None:
    told = json_island({"on": date(2026, 3, 5)}, 'a"><b')
    assert '{"on":"2026-03-05"}' in told
    assert 'id="a&quot;&gt;&lt;b"' in told
