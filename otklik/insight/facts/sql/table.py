"""The statements of one table of facts, all made of one SELECT."""

from __future__ import annotations

from dataclasses import dataclass

FRESH = "facts_fresh"
"""What the cases of one step say, for the time of the step."""

DROP_FRESH = f"DROP TABLE IF EXISTS {FRESH}"
ANALYZE_FRESH = f"ANALYZE {FRESH}"

_FEW = "{0} = ANY(%(ids)s)"
_SPAN = "{0} > %(after)s AND {0} <= %(until)s"
_DELETE_CASES = "DELETE FROM {name} WHERE appeal_id = ANY(%(ids)s)"
_INSERT_CASES = "INSERT INTO {name} ({columns}) {select} {few}"
_GATHER = """
CREATE TEMPORARY TABLE {fresh} ({columns}) AS
{select} a.municipality_id = %(place)s AND {spans}
"""
_DELETE_CHANGED = """
DELETE FROM {name} AS f WHERE f.municipality_id = %(place)s AND {span}
AND NOT EXISTS (
    SELECT 1 FROM {fresh} AS n
    WHERE n.{key} = f.{key} AND ROW({n_columns}) IS NOT DISTINCT FROM ROW({f_columns})
)
"""
_INSERT_MISSING = """
INSERT INTO {name} ({columns}) SELECT {n_columns} FROM {fresh} AS n
WHERE NOT EXISTS (SELECT 1 FROM {name} AS f WHERE f.{key} = n.{key} AND {span})
"""


@dataclass(frozen=True, kw_only=True)
class Table:
    """`select` gives `columns` in order and ends with WHERE; `a` is the appeal.

    `followed` are columns of tables joined below that bear the id of the appeal: said twice, so
    that a step reads only its own part of them.
    """

    name: str
    key: str
    columns: tuple[str, ...]
    select: str
    followed: tuple[str, ...] = ()

    @property
    def delete_cases(self) -> str:
        return self._filled(_DELETE_CASES)

    @property
    def insert_cases(self) -> str:
        return self._filled(_INSERT_CASES)

    @property
    def gather(self) -> str:
        """What the cases of a step say, into FRESH."""
        return self._filled(_GATHER)

    @property
    def delete_changed(self) -> str:
        """Rows of the step that are not exactly what the cases say."""
        return self._filled(_DELETE_CHANGED)

    @property
    def insert_missing(self) -> str:
        return self._filled(_INSERT_MISSING)

    def _filled(self, template: str) -> str:
        return template.format(
            name=self.name,
            key=self.key,
            fresh=FRESH,
            select=self.select,
            columns=self._listed(""),
            n_columns=self._listed("n."),
            f_columns=self._listed("f."),
            few=_FEW.format("a.id"),
            span=_SPAN.format("f.appeal_id"),
            spans=" AND ".join(_SPAN.format(column) for column in ("a.id", *self.followed)),
        )

    def _listed(self, prefix: str) -> str:
        return ", ".join(f"{prefix}{column}" for column in self.columns)
