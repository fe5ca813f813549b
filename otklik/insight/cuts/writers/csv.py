"""CSV that Excel opens with Russian letters and without running anything."""

from __future__ import annotations

import csv
import io

from otklik.insight.cuts.rules import Printed
from otklik.insight.cuts.rules.printed import WORDS, Value

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(table: Printed) -> bytes:
    """UTF-8 with a mark of order, semicolons, decimal commas; a formula stays words."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe(table.corner), *(safe(one.label) for one in table.columns)])
    for row in (*table.rows, table.bottom):
        writer.writerow([safe(row.label), *(cell(value) for value in row.values)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def safe(text: str) -> str:
    """A leading apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA) else text


def cell(value: Value) -> str:
    if isinstance(value, str):
        return WORDS[value]
    return "" if value is None else str(value).replace(".", ",")
