"""Real processes of the program: opened by one command, killed in every way, closed cleanly."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[4]
PATIENCE = 120.0

pytestmark = pytest.mark.processes


class House:
    """A running `otklik run` over a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.process: subprocess.Popen[str] | None = None
        hidden = ("DATABASE_URL", "OTKLIK_TEST_SESSION", "DJANGO_SETTINGS_MODULE")
        self.environment = {k: v for k, v in os.environ.items() if k not in hidden} | {
            "OTKLIK_DATA": str(folder / "data"),
            "OTKLIK_STATIC": str(folder / "static"),
            "PYTHONPATH": str(ROOT),
        }

    def open(self) -> None:
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "otklik", "run", "--port", str(self.port), "--workers", "1"],
                env=self.environment,
                cwd=self.folder,
                stdout=log,
                stderr=log,
                text=True,
            )
        wait_for(lambda: "Отклик открыт" in self.log(), self.log)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "otklik", *words],
            env=self.environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )

    def children(self, word: str) -> list[psutil.Process]:
        """Direct children of the supervisor whose command line has this word."""
        assert self.process is not None
        found = psutil.Process(self.process.pid).children()
        return [child for child in found if is_live(child) and word in child.cmdline()]

    def kill(self, word: str) -> None:
        (child,) = self.children(word)
        child.kill()
        wait_for(lambda: [c.pid for c in self.children(word)] not in ([], [child.pid]), self.log)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/accounts/login/", timeout=9):
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False

    def log(self) -> str:
        path = self.folder / "log"
        return path.read_text() if path.exists() else ""

    def postmaster(self) -> int | None:
        path = self.folder / "data" / "postgres" / "cluster" / "postmaster.pid"
        return int(path.read_text().split()[0]) if path.exists() else None

    def close(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


@pytest.fixture
def house(open_folder: Path) -> Iterator[House]:
    house = House(open_folder)
    try:
        yield house
    finally:
        if house.process is not None and house.process.poll() is None:
            house.close()


def test_killed_children_come_back_and_commands_share_the_database(house: House) -> None:
    house.open()
    assert house.answers()
    house.kill("web")
    wait_for(house.answers, house.log)
    house.kill("worker")
    attached = house.command("migrate")
    assert attached.returncode == 0, attached.stderr
    assert "соответствует" in attached.stdout
    assert house.postmaster() is not None, "a command that attached leaves the server running"
    left = psutil.Process(house.process.pid if house.process else 0).children(recursive=True)
    assert house.close() == 0
    assert "Отклик остановлен" in house.log()
    assert house.postmaster() is None
    assert not [child for child in left if is_live(child)]


def test_killed_supervisor_leaves_nobody_behind_and_the_next_start_opens(house: House) -> None:
    house.open()
    assert house.process is not None
    children = psutil.Process(house.process.pid).children(recursive=True)
    house.process.kill()
    house.process.wait()
    wait_for(lambda: not any(is_live(child) for child in children), house.log)
    (house.folder / "log").unlink()
    house.open()
    assert house.answers()
    assert house.close() == 0


def test_killed_database_is_met_with_a_new_one(house: House) -> None:
    house.open()
    postmaster = house.postmaster()
    assert postmaster is not None
    psutil.Process(postmaster).kill()
    wait_for(lambda: house.postmaster() not in (None, postmaster), house.log)
    wait_for(house.answers, house.log)
    assert house.command("migrate", "--check").returncode == 0


def test_taken_port_is_named_with_a_free_one(house: House) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = house.command("run", "--port", str(port))
    assert told.returncode == 1
    assert f"Порт {port} уже занят" in told.stderr
    assert "Что делать: Выберите другой порт, например --port " in told.stderr
    assert "Traceback" not in told.stderr


def is_live(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def wait_for(happened: Callable[[], bool], story: Callable[[], str]) -> None:
    ends = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < ends, story()
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
