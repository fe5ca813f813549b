"""Driving a real Chromium and a real worker over the test database."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import pytest
from django.db import connection
from playwright.sync_api import Locator, Page

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
WORK = """
import django
django.setup()
from procrastinate.contrib.django import app
app.with_connector(app.connector.get_worker_connector()).run_worker(
    wait=False, install_signal_handlers=False, delete_jobs="never")
"""
Outcome = TypeVar("Outcome")


def require_chromium() -> str:
    """The path of the browser; the test fails with the mend where there is none."""
    if not CHROMIUM.exists():
        pytest.fail("Нет браузера Chromium. Поставьте его: apt-get install -y chromium")
    return str(CHROMIUM)


def work(public_url: str) -> None:
    """Run a real worker process until the queue is empty."""
    done = subprocess.run(
        [sys.executable, "-c", WORK],
        env={
            **os.environ,
            "DATABASE_URL": _url(),
            "DJANGO_SETTINGS_MODULE": "otklik.config.settings",
            "OTKLIK_PUBLIC_URL": public_url,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def aside(question: Callable[[], Outcome]) -> Outcome:
    """Ask the database from another thread: the browser's loop runs in this one."""
    found: list[Outcome] = []

    def ask() -> None:
        try:
            found.append(question())
        finally:
            connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert found, "the question raised"
    return found[0]


def send(button: Locator) -> None:
    """Press a button or a link and wait for the page it leads to.

    A click alone returns while the answer is still on its way.
    """
    with button.page.expect_navigation():
        button.click()


def serious(page: Page) -> list[str]:
    """Serious and critical axe violations of the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("async () => await axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{item['id']}: {item['nodes'][0]['html'][:160]}"
        for item in result["violations"]
        if item["impact"] in ("serious", "critical")
    ]


def _url() -> str:
    known = connection.settings_dict
    user, password = quote(known["USER"]), quote(known["PASSWORD"])
    port = f"&port={known['PORT']}" if known["PORT"] else ""
    return (
        f"postgresql://{user}:{password}@/{quote(known['NAME'])}"
        f"?host={quote(known['HOST'], safe='')}{port}"
    )
