"""`@pytest.mark.clause("<id>", …)`: this test shows these clauses through a public door.

An id that is not in docs/requirements/clauses.yaml stops the run. With `--clauses FILE` the plugin
writes which tests show which clauses; a test that is skipped shows nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from tests.requirements.clauses import all_clauses

SHOWN = pytest.StashKey[dict[str, list[str]]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--clauses",
        metavar="FILE",
        help="write clause ids and the tests that show them as JSON",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "clause(*ids): the test shows these regulation clauses")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    known = all_clauses()
    shown: dict[str, list[str]] = defaultdict(list)
    unknown: list[str] = []
    for item in items:
        for clause in _ids(item):
            if clause not in known:
                unknown.append(f"{item.nodeid}: {clause}")
            elif not _skipped(item):
                shown[clause].append(item.nodeid)
    if unknown:
        listed = "\n  ".join(sorted(set(unknown)))
        raise pytest.UsageError(
            f"clauses that docs/requirements/clauses.yaml does not have:\n  {listed}"
        )
    config.stash[SHOWN] = dict(shown)


def pytest_collection_finish(session: pytest.Session) -> None:
    target = session.config.getoption("--clauses")
    if target:
        shown = session.config.stash.get(SHOWN, {})
        Path(target).write_text(json.dumps(shown, ensure_ascii=False), encoding="utf-8")


def _ids(item: pytest.Item) -> list[str]:
    return [str(name) for mark in item.iter_markers("clause") for name in mark.args]


def _skipped(item: pytest.Item) -> bool:
    """Marked to be skipped: always, or by a condition that holds here, or not expected to pass."""
    if any(True for _ in item.iter_markers("skip")):
        return True
    if any(True for _ in item.iter_markers("xfail")):
        return True
    return any(mark.args and bool(mark.args[0]) for mark in item.iter_markers("skipif"))
