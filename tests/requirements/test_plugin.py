"""The matrix itself: unknown ids stop the run, skipped tests show nothing, the count comes last."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.requirements.clauses import all_clauses
from tests.requirements.report import ROOT, table

SHOWN = "tuapse:3.1.1"


def collect(folder: Path, body: str) -> tuple[int, str, dict[str, list[str]]]:
    (folder / "test_it.py").write_text(f"import pytest\n{body}\n", encoding="utf-8")
    (folder / "empty.ini").write_text("[pytest]\n", encoding="utf-8")
    target = folder / "clauses.json"
    options = ["-c", "empty.ini", "-p", "tests.requirements.plugin", "-p", "no:django"]
    command = [sys.executable, "-m", "pytest", "-q", "--collect-only", *options]
    done = subprocess.run(
        [*command, "--clauses", str(target), "test_it.py"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    shown = json.loads(target.read_text(encoding="utf-8")) if target.exists() else {}
    return done.returncode, done.stdout + done.stderr, shown


def test_an_unknown_clause_stops_the_run(tmp_path: Path) -> None:
    code, said, _ = collect(tmp_path, "@pytest.mark.clause('tuapse:99')\ndef test_a(): pass")
    assert code != 0
    assert "tuapse:99" in said


def test_a_test_shows_its_clauses_unless_it_is_skipped(tmp_path: Path) -> None:
    body = (
        f"@pytest.mark.clause('{SHOWN}', 'tuapse:3.1.2')\ndef test_a(): pass\n"
        "@pytest.mark.skip\n@pytest.mark.clause('tuapse:3.1.3')\ndef test_b(): pass\n"
        "@pytest.mark.skipif(True, reason='x')\n@pytest.mark.clause('tuapse:3.3')\n"
        "def test_c(): pass\n"
        "@pytest.mark.xfail\n@pytest.mark.clause('tuapse:3.5')\ndef test_d(): pass"
    )
    code, _, shown = collect(tmp_path, body)
    assert code == 0
    assert shown == {SHOWN: ["test_it.py::test_a"], "tuapse:3.1.2": ["test_it.py::test_a"]}


def test_the_report_counts_clauses_and_ends_with_the_sum() -> None:
    lines = list(table(all_clauses(), {SHOWN: ["a.py::test_x[1]", "a.py::test_x[2]"]}))
    assert lines[-1].strip() == "clauses: 1 of 413 shown by tests"
    (row,) = [line for line in lines if f" {SHOWN} " in line]
    assert row.startswith("  + ")
    assert row.endswith("a.py::test_x")
    assert sum(line.startswith("  · ") for line in lines) == 412


def test_the_list_has_all_clauses_of_five_documents() -> None:
    clauses = all_clauses()
    assert len(clauses) == 413
    assert len({clause.document for clause in clauses.values()}) == 5
    assert all(clause.need for clause in clauses.values())
