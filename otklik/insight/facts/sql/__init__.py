"""One statement a table turns cases into facts, for a few cases and for a whole municipality."""

from __future__ import annotations

from otklik.insight.facts.sql import answers, assignments, questions, scores
from otklik.insight.facts.sql.locks import (
    CASE_LOCKS,
    LOCK_ALONE,
    LOCK_CASES,
    LOCK_SHARED,
    MUNICIPALITY_LOCKS,
    TAKE_TOUCHED,
)
from otklik.insight.facts.sql.table import Table

QUESTIONS = questions.TABLE

TABLES: tuple[Table, ...] = (
    QUESTIONS,
    assignments.TABLE,
    answers.TABLE,
    scores.TABLE,
)

STEP_END = """
SELECT id FROM appeals_appeal WHERE municipality_id = %(place)s AND id > %(after)s
ORDER BY id OFFSET %(step)s LIMIT 1
"""

BLOCKS_CHANGED = """
UPDATE facts_question AS f SET block_ids = wanted.ids
FROM (
    SELECT b.id, COALESCE(array_agg(DISTINCT k.block_id) FILTER (WHERE k.block_id IS NOT NULL),
                          '{}') AS ids
    FROM organisation_body AS b LEFT JOIN organisation_blockmember AS k ON k.body_id = b.id
    WHERE b.municipality_id = %(place)s GROUP BY b.id
) AS wanted
WHERE f.municipality_id = %(place)s AND f.body_id = wanted.id AND f.block_ids <> wanted.ids
"""

__all__ = [
    "BLOCKS_CHANGED",
    "CASE_LOCKS",
    "LOCK_ALONE",
    "LOCK_CASES",
    "LOCK_SHARED",
    "MUNICIPALITY_LOCKS",
    "QUESTIONS",
    "STEP_END",
    "TABLES",
    "TAKE_TOUCHED",
    "Table",
]
