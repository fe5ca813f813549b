"""Fixture `server`: an embedded database of its own, as an installation has it, to be killed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
import pytest_django
from django.conf import settings
from django.db import connections

from otklik.config.postgres import Cluster, serving, testing
from otklik.config.postgres import owner as owners
from tests.processes.programs import Programs, is_live, server_url, wait_for


class Server:
    """A data folder; commands of `programs` start its server as they do for a user."""

    def __init__(self, folder: Path, blocker: pytest_django.DjangoDbBlocker) -> None:
        self.cluster = Cluster(folder / "postgres")
        given = {"OTKLIK_DATA": str(folder), "OTKLIK_SECRET_KEY": settings.SECRET_KEY}
        self.programs = Programs(self.cluster.url(), blocker, given)

    @contextmanager
    def held(self) -> Iterator[None]:
        """The server is up for the time of the block, as a running `otklik run` keeps it."""
        with serving(self.cluster):
            yield

    def kill(self) -> None:
        """Signal 9 to the server; returns when nothing of it is left."""
        pid = int((self.cluster.data / "postmaster.pid").read_text().split()[0])
        postmaster = psutil.Process(pid)
        family = [postmaster, *postmaster.children(recursive=True)]
        postmaster.kill()
        wait_for(lambda: not any(map(is_live, family)), lambda: f"{family} live on")
        # Until it is buried, PostgreSQL takes it for a running server.
        wait_for(lambda: not psutil.pid_exists(pid), lambda: f"{pid} is not buried")

    def close(self) -> None:
        self.programs.close()
        if self.cluster.is_alive():
            self.cluster.stop()


@pytest.fixture(scope="session")
def seed(django_db_setup: None) -> Iterator[Path]:
    """A data folder with an empty, migrated database, made once and copied by tests."""
    folder = _open_folder()
    cluster = Cluster(folder / "data" / "postgres", durable=False)
    dump = folder / "dump"
    template = connections["default"].settings_dict["TEST"]["TEMPLATE"]
    with serving(cluster):
        _tool("pg_dump", "--format=custom", f"--file={dump}", f"--dbname={server_url(template)}")
        _tool("pg_restore", "--no-owner", f"--dbname={cluster.url()}", str(dump))
    yield folder / "data"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def server(seed: Path, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[Server]:
    folder = _open_folder()
    # Keeps the owner, which under root is the server's own account.
    subprocess.run(["cp", "-a", str(seed), str(folder / "data")], check=True)
    server = Server(folder / "data", django_db_blocker)
    try:
        yield server
    finally:
        server.close()
        shutil.rmtree(folder, ignore_errors=True)


def _open_folder() -> Path:
    """A folder the server's account can reach, which pytest's own is not under root."""
    folder = Path(tempfile.mkdtemp(prefix="otklik-", dir=testing.roomy_folder()))
    folder.chmod(0o755)
    return folder


def _tool(name: str, *arguments: str) -> None:
    subprocess.run([str(owners.installed() / "bin" / name), *arguments], check=True)
