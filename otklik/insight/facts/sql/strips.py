"""Questions packed by column: one SELECT, for a month that is kept and for any rows at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from otklik.directory.territory.queries import plane

EDITION = 2
"""To be raised when a strip changes its meaning; a strip that is new needs it too."""


@dataclass(frozen=True, kw_only=True)
class Strip:
    """`sends` one value of the row `f` as bytes of `dtype`; it reads these `columns`.

    A strip of words sends the number of its word among all words found.
    """

    columns: tuple[str, ...]
    sends: str
    dtype: str
    words: bool = False


def _of(template: str, dtype: str, *columns: str, words: bool = False) -> dict[str, Strip]:
    return {
        name: Strip(columns=(name,), sends=template.format(name), dtype=dtype, words=words)
        for name in columns
    }


_X, _Y = plane("f.lon", "f.lat")
STRIPS: dict[str, Strip] = {
    **_of("int8send(f.{0})", ">i8", "question_id"),
    **_of("int4send(COALESCE(f.{0}, -1)::int4)", ">i4",
          "topic_id", "body_id", "settlement_id", "district_id", "addressee_id"),
    **_of("int2send(COALESCE(f.{0}, -1)::int2)", ">i2",
          "score", "reopened", "returned", "checks", "checks_passed", "days_taken"),
    **_of("boolsend(f.{0})", "?", "is_first", "repeated", "fast_track"),
    **_of("date_send(COALESCE(f.{0}, '-infinity'))", ">i4", "received_on", "answered_on"),
    **_of("timestamptz_send(COALESCE(f.{0}, '-infinity'))", ">i8",
          "received_at", "due_at", "answered_at"),
    **_of("float8send(COALESCE(f.{0}, 'NaN'))", ">f8", "lon", "lat", "term_used"),
    "x": Strip(columns=("lon", "lat"), sends=f"float8send(COALESCE({_X}, 'NaN'))", dtype=">f8"),
    "y": Strip(columns=("lon", "lat"), sends=f"float8send(COALESCE({_Y}, 'NaN'))", dtype=">f8"),
    **_of("int2send(array_position((SELECT {0} FROM d), f.{0}::text)::int2)", ">i2",
          "channel", "regime", "status", "topic_group", "theme", "applicant_kind", "kind",
          "result", "repetition", "block_ids", words=True),
}  # fmt: skip


# Rows are read once, whatever is made of them: all strips keep one order.
_PACKING = "WITH f AS MATERIALIZED ({rows}){known} SELECT {parts} FROM f"
_KNOWN = ", d AS (SELECT {lists})"
_LIST = "ARRAY(SELECT DISTINCT {name}::text FROM f) AS {name}"
_STRIP = "string_agg({sends}, ''::bytea) AS {name}"
_WORDS = "(SELECT {name} FROM d) AS {name}_words"


def columns_for(names: Iterable[str]) -> list[str]:
    """The columns of facts that these strips are made of."""
    return sorted({column for name in names for column in STRIPS[name].columns})


def packing(rows: str, names: Iterable[str]) -> str:
    """SELECT of the number of rows, then each strip, then the words of each strip of words.

    `rows` is a SELECT that gives `columns_for(names)` by their names.
    """
    wanted = list(names)
    spoken = [name for name in wanted if STRIPS[name].words]
    parts = [_STRIP.format(sends=STRIPS[name].sends, name=name) for name in wanted]
    parts += [_WORDS.format(name=name) for name in spoken]
    lists = [_LIST.format(name=name) for name in spoken]
    known = _KNOWN.format(lists=", ".join(lists)) if spoken else ""
    return _PACKING.format(rows=rows, known=known, parts=", ".join(["count(*)", *parts]))


_MONTH_ROWS = """
SELECT {columns} FROM facts_question WHERE municipality_id = %(place)s
AND received_on >= %(month)s AND received_on < (%(month)s::date + interval '1 month')::date
"""
_STRIPS_OF_MONTH = """
INSERT INTO facts_strip (month_id, name, data, words)
SELECT %(id)s, strip.name, strip.data, strip.words
FROM ({packing}) AS packed, LATERAL (VALUES {strips}) AS strip (name, data, words)
WHERE strip.data IS NOT NULL
"""


def fold() -> str:
    """Write the strips of one month; parameters are id, place and month."""
    rows = _MONTH_ROWS.format(columns=", ".join(columns_for(STRIPS)))
    strips = [
        f"('{name}', packed.{name}, {f'packed.{name}_words' if strip.words else 'NULL::text[]'})"
        for name, strip in STRIPS.items()
    ]
    return _STRIPS_OF_MONTH.format(packing=packing(rows, STRIPS), strips=", ".join(strips))


MONTHS = """
SELECT m.month, m.stale OR m.edition <> %(edition)s, m.settled, s.name, s.data, s.words
FROM facts_month AS m LEFT JOIN facts_strip AS s
    ON s.month_id = m.id AND NOT m.stale AND m.edition = %(edition)s AND s.name = ANY(%(names)s)
    AND (s.name <> 'received_on' OR %(days)s OR m.month = ANY(%(edges)s::date[]))
    AND (s.name <> 'due_at' OR %(terms)s OR NOT m.settled)
WHERE m.municipality_id = %(place)s
    AND m.month BETWEEN %(since)s AND %(until)s
ORDER BY m.month
"""
"""One row a strip, and one a month that is to be read from its rows.

Without `days`, days are read in the months of `edges` only; without `terms`, terms only in months
that have something open."""
SETTLED = """
SELECT NOT EXISTS (SELECT 1 FROM facts_strip WHERE month_id = %(id)s AND name = 'status'
                   AND words && %(open)s::text[])
"""
