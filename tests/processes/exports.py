"""An export of our own making, long enough to be killed in the middle of it."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from tests.processes.programs import Programs

ROWS = 3000
HEADER = ("id", "Текст сообщения", "Тематика", "Ответственное лицо", "Дата создания")
_TROUBLES = (
    ("третий день нет воды", "Водоснабжение", "Водоканал"),
    ("яма во всю дорогу", "Содержание дорог", "Дорожное хозяйство"),
    ("не горят фонари", "Уличное освещение", "Горсвет"),
)
# What must come out even whatever died: one of each for every row.
_SUMS = {
    "appeals": "SELECT count(*) FROM appeals_appeal",
    "numbers": "SELECT count(DISTINCT external_number) FROM appeals_appeal",
    "own numbers": "SELECT count(DISTINCT number) FROM appeals_appeal",
    "registrations": "SELECT count(*) FROM journal_entry WHERE name = 'AppealRegistered'",
    "registered": "SELECT count(DISTINCT case_id) FROM journal_entry"
    " WHERE name = 'AppealRegistered'",
    "questions": "SELECT count(*) FROM appeals_question",
    "executors": "SELECT count(*) FROM appeals_assignment",
    "terms": "SELECT count(DISTINCT appeal_id) FROM deadlines_deadline",
}
_RESULTS = "SELECT count(*) FROM intake_importrowresult JOIN intake_importrun AS run"
_RESULTS += " ON run.id = run_id WHERE outcome = 'created' AND NOT dry_run"
_NONE = {
    "terms twice": "SELECT count(*) - count(DISTINCT (appeal_id, kind)) FROM deadlines_deadline",
    "topics twice": "SELECT count(*) - count(DISTINCT name) FROM topics_topic",
    "bodies twice": "SELECT count(*) - count(DISTINCT name) FROM organisation_body",
    "received": "SELECT count(*) FROM channels_inbound",
    "to send": "SELECT count(*) FROM channels_outboundmessage",
}


def export_of(rows: int = ROWS) -> list[Sequence[str]]:
    return [HEADER, *(_row(number) for number in range(1, rows + 1))]


def write_export(folder: Path) -> Path:
    path = folder / "export.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(export_of())
    return path


def words_of_import(file: Path) -> Sequence[str]:
    return "import", str(file), "--source", "incident", "--json"


def rows_in(programs: Programs) -> int:
    """Rows brought in so far by the run in earnest."""
    read = programs.ask("SELECT read FROM intake_importrun WHERE NOT dry_run ORDER BY id DESC")
    return int(read or 0)


def counts(lines: Sequence[str]) -> dict[str, int]:
    """What the last line of `otklik import --json` says."""
    told = json.loads(lines[-1])
    return {name: told[name] for name in ("read", "created", "unchanged", "updated", "refused")}


def assert_exactly(programs: Programs, rows: int = ROWS) -> None:
    """Every row made one case with all that belongs to it, and nothing stands twice."""
    sums = {what: programs.ask(query) for what, query in {**_SUMS, "results": _RESULTS}.items()}
    assert sums == dict.fromkeys(sums, rows)
    none = {what: programs.ask(query) for what, query in _NONE.items()}
    assert none == dict.fromkeys(none, 0)


def _row(number: int) -> Sequence[str]:
    trouble, topic, body = _TROUBLES[number % len(_TROUBLES)]
    text = f"На Садовой у дома {number} {trouble}. Примите меры, пожалуйста."
    return f"О-{number}", text, topic, body, f"{1 + number % 28:02d}.03.2024 10:{number % 60:02d}"
