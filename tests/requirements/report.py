"""`make requirements`: clauses × tests, document by document.

The last line reads `clauses: N of M shown by tests`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.requirements.clauses import Clause, all_clauses

ROOT = Path(__file__).resolve().parents[2]
TITLES = {
    "ust-kubinsky": "Усть-Кубинский округ, № 1385 от 04.09.2023",
    "pereslavl": "Переславль-Залесский, № ПОС.03-2188/21 от 12.11.2021",
    "novoduginsky": "Новодугинский округ, № 629 от 22.10.2025",
    "tuapse": "Туапсинский район, № 965 от 28.06.2021",
    "dedovichi": "Дедовичский район, № 500 от 24.09.2025",
}


def collect() -> dict[str, list[str]]:
    """Clause id → tests that show it, by collecting the whole suite without running it."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "clauses.json"
        command = [
            sys.executable,
            "-m",
            "pytest",
            "--collect-only",
            "-q",
            "--clauses",
            str(target),
        ]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 5) or not target.exists():
            sys.exit(f"Tests cannot be collected; mend them first:\n{done.stdout}{done.stderr}")
        found: dict[str, list[str]] = json.loads(target.read_text(encoding="utf-8"))
        return found


def table(clauses: Mapping[str, Clause], shown: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The lines of the report, ending with the count."""
    by_document: dict[str, list[Clause]] = defaultdict(list)
    for clause in clauses.values():
        by_document[clause.document].append(clause)
    for document, members in by_document.items():
        held = [clause for clause in members if shown.get(clause.id)]
        yield f"\n{TITLES.get(document, document)}: {len(held)} of {len(members)}"
        for clause in members:
            yield from _row(clause, shown.get(clause.id, []))
    count = sum(1 for clause in clauses if shown.get(clause))
    yield f"\nclauses: {count} of {len(clauses)} shown by tests"


def _row(clause: Clause, tests: Sequence[str]) -> Iterator[str]:
    yield f"  {'+' if tests else '·'} {clause.id:<28} {clause.area:<15} {_short(tests)}".rstrip()


def _short(tests: Sequence[str]) -> str:
    """Test functions without the parameters, each once."""
    names = dict.fromkeys(test.split("[")[0] for test in tests)
    listed = ", ".join(list(names)[:2])
    return f"{listed} (+{len(names) - 2})" if len(names) > 2 else listed


def main() -> None:
    sys.stdout.write("\n".join(table(all_clauses(), collect())) + "\n")


if __name__ == "__main__":
    main()
