"""An export as large as a year, loaded by the command line into a centre with a history."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figures import Figure, once
from bench.house import LAST_DAY, SEED

COLUMNS = ("Номер", "Дата", "Текст", "Заявитель", "Телефон", "Адрес")
FIELDS = ("number", "received_at", "text", "applicant_name", "phone", "address")
SECONDS, MEGABYTES = 180, 500


def measure(rows: int) -> list[Figure]:
    from otklik.casework.classification.actions import learn
    from otklik.directory.organisation.models import Municipality
    from otklik.directory.organisation.rules import Access

    learn(access=Access.system(Municipality.objects.get(is_demo=True).pk))
    with tempfile.TemporaryDirectory() as folder:
        file = write(Path(folder) / "export.csv", rows)
        first, spent, memory = load(file)
        assert first["created"] == rows, first
        again, repeated, _ = load(file)
        assert again["unchanged"] == rows, again
    return [
        once(f"Загрузка выгрузки, строк: {rows}", spent, SECONDS * rows / 100_000, "с"),
        once("Повторная загрузка той же выгрузки", repeated, SECONDS * rows / 100_000, "с"),
        once("Память программы загрузки", memory, MEGABYTES, "МБ"),
    ]


def write(file: Path, rows: int) -> Path:
    """Appeals of another year of the same town, without topics: each must be classified."""
    from otklik.config.demo.generator import generate

    with file.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, delimiter=";")
        table.writerow(COLUMNS)
        for one in generate(SEED + 1, LAST_DAY, target=rows):
            who, where = one.applicant, one.place
            told = f"{one.received_at:%d.%m.%Y %H:%M}"
            table.writerow((f"Б-{one.order}", told, one.text, who.full_name, who.phone, where.text))
    return file


def load(file: Path) -> tuple[dict[str, int], float, float]:
    """The counts of the last line, seconds, megabytes at the highest."""
    pairs = zip(FIELDS, COLUMNS, strict=True)
    mapping = [part for name, column in pairs for part in ("--map", f"{name}={column}")]
    command = [sys.executable, "-m", "otklik", "import", str(file), "--source", "portal"]
    begun, highest = time.perf_counter(), 0.0
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen([*command, *mapping, "--json"], stdout=said) as child:
            while child.poll() is None:
                highest = max(highest, held(child.pid))
                time.sleep(0.1)
        said.seek(0)
        lines = said.read().decode().strip().splitlines()
    assert child.returncode == 0, lines
    return json.loads(lines[-1]), time.perf_counter() - begun, highest


def held(pid: int) -> float:
    """Megabytes the program held at most so far; what the wait tells would count the parent."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0
