"""An export as large as a year, loaded by the command line into a centre with a history."""

from __future__ import annotations

import csv
import json
import os
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
    begun = time.perf_counter()
    with subprocess.Popen([*command, *mapping, "--json"], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        said = child.stdout.read().decode()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, said
    counts = json.loads(said.strip().splitlines()[-1])
    return counts, time.perf_counter() - begun, used.ru_maxrss / 1024
