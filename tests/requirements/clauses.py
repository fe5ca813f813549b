"""The clauses of the five regulations that the program is held to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).resolve().parents[2] / "docs" / "requirements" / "clauses.yaml"


@dataclass(frozen=True, slots=True)
class Clause:
    id: str
    document: str
    area: str
    need: str


@cache
def all_clauses() -> dict[str, Clause]:
    """Every clause by its id, in the order of the documents."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    rows = yaml.load(FILE.read_text(encoding="utf-8"), Loader=loader)
    return {
        row["id"]: Clause(row["id"], row["id"].split(":")[0], row["area"], row["need"])
        for row in rows
    }
