"""One data directory and the server over it."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psycopg

from otklik.base.errors import OtklikError
from otklik.config.postgres import conf, owner, places, troubles

SUPERUSER = "postgres"
_START_SECONDS = 120  # recovery after a crash may replay a gigabyte of log


@dataclass(frozen=True)
class Cluster:
    """`base` holds the cluster, its log, its socket and (if need be) a copy of the programs."""

    base: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.base / "cluster"

    @property
    def log(self) -> Path:
        return self.base / "server.log"

    @cached_property
    def owner(self) -> owner.Owner:
        return owner.current()

    @cached_property
    def programs(self) -> Path:
        return owner.programs(self.base, self.owner)

    def url(self, database: str = places.DATABASE, role: str = places.ROLE) -> str:
        return places.socket_url(self.base, database, role)

    def is_up(self) -> bool:
        """Whether the server takes connections now."""
        try:
            with psycopg.connect(self.url("postgres", SUPERUSER), connect_timeout=5):
                return True
        except psycopg.OperationalError:
            return False

    def is_alive(self) -> bool:
        """Whether the server's process is there: cheap, asks no connection."""
        try:
            pid = (self.data / "postmaster.pid").read_text().split()[0]
            # "123 (postgres) S …": a zombie is a server nobody has buried yet.
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except (OSError, IndexError):
            return False

    def start(self) -> None:
        """Make the cluster where there is none and start its server; harmless when it runs.

        The caller holds the lock of `sharing`. Raises OtklikError with the mend.
        """
        if not self.is_up():
            try:
                self._prepare()
            except OSError as error:
                raise troubles.explain(
                    str(error.strerror), base=self.base, owner=self.owner.name
                ) from error
            self._launch()
        self._ensure_role()

    def stop(self) -> None:
        """End the server, its sessions first; waits until everything is on the disk."""
        self._pg_ctl("stop", "-m", "fast", "-t", "60")

    def _prepare(self) -> None:
        self.base.mkdir(parents=True, exist_ok=True)
        if self.owner.switch and not owner.reachable(self.base.parent, self.owner):
            raise troubles.unreachable(self.base, self.owner.name)
        self.base.chmod(0o700)
        self.owner.own(self.base)
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._check_version()
        self._configure()

    def _initialise(self) -> None:
        command = [str(self.programs / "initdb"), "-D", str(self.data), "-U", SUPERUSER]
        command += ["--auth=peer", "--encoding=UTF8", "--locale=C", "--no-instructions"]
        # Trigrams know Russian letters only where the character type is UTF-8.
        command += ["--lc-ctype=C.UTF-8"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        done = self.owner.run(
            command if self.durable else [*command, "--no-sync"],
            cwd=self.base,
            timeout=300,
        )
        if done.returncode != 0:
            raise troubles.explain(done.stdout, base=self.base, owner=self.owner.name)

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        needed = str(owner.VERSION)
        if found != needed:
            raise troubles.wrong_version(self.base, found, needed)

    def _configure(self) -> None:
        socket_dir = places.socket_dir(self.base)
        socket_dir.mkdir(mode=0o700, exist_ok=True)
        if socket_dir.stat().st_uid not in (os.geteuid(), self.owner.uid):
            raise OtklikError(f"Папка {socket_dir} чужая.", f"Удалите её: rm -r {socket_dir}")
        self.owner.own(socket_dir)
        accounts = [self.owner.name, *(["root"] if self.owner.switch else [])]
        texts = {
            "postgresql.auto.conf": conf.postgresql_conf(
                socket_dir, places.PORT, durable=self.durable
            ),
            "pg_hba.conf": conf.pg_hba_conf(),
            "pg_ident.conf": conf.pg_ident_conf(accounts, [places.ROLE, SUPERUSER]),
        }
        for name, text in texts.items():
            path = self.data / name
            path.write_text(text, encoding="utf-8")
            path.chmod(0o600)
            self.owner.own(path)

    def _launch(self) -> None:
        before = self.log.stat().st_size if self.log.exists() else 0
        failed = self._pg_ctl("start", "-l", str(self.log), "-t", str(_START_SECONDS))
        if not failed and self.is_up():
            return
        words = (
            self.log.read_bytes()[before:].decode("utf-8", "replace") if self.log.exists() else ""
        )
        raise troubles.explain(words or failed, base=self.base, owner=self.owner.name)

    def _pg_ctl(self, *arguments: str) -> str:
        """What pg_ctl said if it failed, else nothing."""
        command = [
            str(self.programs / "pg_ctl"),
            "-D",
            str(self.data),
            "-w",
            "-s",
            *arguments,
        ]
        try:
            done = self.owner.run(command, cwd=self.base, timeout=_START_SECONDS + 30)
        except subprocess.TimeoutExpired:
            return "timeout"
        return done.stdout or "failed" if done.returncode else ""

    def _ensure_role(self) -> None:
        """The program's own role is no superuser, so that rights on the journal bind it."""
        with psycopg.connect(self.url("postgres", SUPERUSER), autocommit=True) as connection:
            if not _has(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", places.ROLE):
                connection.execute(f"CREATE ROLE {places.ROLE} LOGIN CREATEDB")
            if not _has(
                connection,
                "SELECT 1 FROM pg_database WHERE datname = %s",
                places.DATABASE,
            ):
                connection.execute(f"CREATE DATABASE {places.DATABASE} OWNER {places.ROLE}")


def _has(connection: psycopg.Connection, query: str, value: str) -> bool:
    return connection.execute(query.encode(), (value,)).fetchone() is not None
