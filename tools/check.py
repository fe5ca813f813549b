"""`make check`: every rule that needs no run of the program, each with its verdict."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CODE = ["otklik", "tests", "tools", "conftest.py"]

CHECKS: tuple[tuple[str, list[str], str], ...] = (
    ("оформление", ["ruff", "format", "--check", "-q", "."], "выполните: .venv/bin/ruff format ."),
    ("ошибки письма", ["ruff", "check", "-q", "."], "выполните: .venv/bin/ruff check --fix ."),
    ("связи между частями", ["lint-imports"], "верните направление: верхние этажи знают нижние"),
    ("правила дома", ["python", "tools/house_rules.py"], "исправьте названные строки"),
    (
        "миграции",
        ["python", "-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run"],
        "выполните: .venv/bin/otklik manage makemigrations",
    ),
    ("типы", ["mypy", "--no-error-summary", *CODE], "исправьте названные строки"),
)


def main() -> int:
    failed = [name for name, command, mend in CHECKS if not passes(name, command, mend)]
    print(f"\nНе прошло: {', '.join(failed)}." if failed else "\nВсё в порядке.")
    return 1 if failed else 0


def passes(name: str, command: list[str], mend: str) -> bool:
    started = time.monotonic()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "otklik.config.settings",
        "OTKLIK_SECRET_KEY": "only-for-checks" * 4,
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    good = done.returncode == 0
    print(f"{'✓' if good else '✗'} {name} ({time.monotonic() - started:.0f} с)", flush=True)
    if not good:
        print((done.stdout + done.stderr).strip())
        print(f"    Что делать: {mend}.", flush=True)
    return good


if __name__ == "__main__":
    sys.exit(main())
