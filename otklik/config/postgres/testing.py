"""The server tests share: one for all sessions on a machine, a database of its own for each.

Migrations run once for their content; the result is kept as a template that sessions clone.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import ExitStack
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

from otklik.config.postgres import owner
from otklik.config.postgres.cluster import Cluster
from otklik.config.postgres.sharing import serving

_SESSION = "OTKLIK_TEST_SESSION"
_KEPT_TEMPLATES = 6
_MEMORY = Path("/dev/shm")  # noqa: S108
_DISK = Path("/var/tmp")  # noqa: S108
_MUCH = 6 * 2**30
"""Bytes free in memory at which a sixth of it is nobody's loss."""


class TestServer:
    """The life of the shared server within one pytest process."""

    __test__ = False

    def __init__(self, root: Path) -> None:
        self._root = root
        self._held = ExitStack()
        self._cluster: Cluster | None = None

    def describe(self) -> None:
        """Name the database in the environment before settings load; starts nothing."""
        home = _home(self._root)
        if _SESSION not in os.environ:
            os.environ[_SESSION] = f"{os.getpid()}_{secrets.token_hex(3)}"
            os.environ["OTKLIK_DATA"] = str(home / f"data-{os.environ[_SESSION]}")
        cluster = Cluster(home / "postgres", durable=False)
        if os.environ.setdefault("DATABASE_URL", cluster.url()) == cluster.url():
            self._cluster = cluster

    def start(self) -> None:
        if self._cluster is not None:
            self._held.enter_context(serving(self._cluster))

    def stop(self) -> None:
        self._held.close()


def use_own_database(root: Path) -> None:
    """Give this session (and xdist worker) a name of its own and a ready template to clone."""
    from django.db import connections

    from otklik.config import environment

    settings = connections["default"].settings_dict
    # Settings may have been read before the root conftest named the database.
    settings.update(
        {key: environment.database()[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}
    )
    name = f"test_otklik_{os.environ[_SESSION]}"
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    settings["TEST"]["NAME"] = f"{name}_{worker}" if worker else name
    with psycopg.connect(_maintenance(settings), autocommit=True) as connection:
        # Held to the end of the block: the first session builds, the others wait and clone.
        connection.execute("SELECT pg_advisory_lock(59)")
        _drop_orphans(connection)
        settings["TEST"]["TEMPLATE"] = _template(connection, root)


def renew() -> None:
    """A fresh clone in place of a database a test has committed to.

    Django would empty the tables, which the journal refuses to anybody.
    """
    from django.db import connections

    connections.close_all()
    settings = connections["default"].settings_dict
    name, template = sql.Identifier(settings["NAME"]), sql.Identifier(settings["TEST"]["TEMPLATE"])
    with psycopg.connect(_maintenance(settings), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        # Files are copied as they are: five times faster than by the log.
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(name, template)
        )


def drop(name: str) -> None:
    """Remove a database even when a thread of a server under test still holds it."""
    from django.db import connections

    connections.close_all()
    with psycopg.connect(
        _maintenance(connections["default"].settings_dict), autocommit=True
    ) as connection:
        _drop(connection, name)


def _home(root: Path) -> Path:
    """In memory where there is plenty of it; else `var/` of the tree, or a folder open to the
    server's account where the tree is not.

    A disk takes two seconds for the thousands of files of a database where as many have just been
    removed: ext4 looks for a place that was not in use minutes ago.
    """
    name = f"otklik-testing-{os.geteuid()}-{hashlib.sha256(os.fsencode(root)).hexdigest()[:10]}"
    who, near = owner.current(), roomy_folder()
    if near == _MEMORY and _is_ours(near / name):
        return near / name
    if not who.switch or owner.reachable(root, who):
        return root / "var" / "postgres-for-tests"
    return _DISK / name


def roomy_folder() -> Path:
    """Where a test may keep a cluster of its own: open to the server's account, in memory where
    there is plenty of it."""
    return _MEMORY if _is_roomy(_MEMORY) else _DISK


def _is_roomy(memory: Path) -> bool:
    """Whether a server with its programs can live there."""
    try:
        found = os.statvfs(memory)
    except OSError:
        return False
    return found.f_bavail * found.f_frsize > _MUCH and not found.f_flag & os.ST_NOEXEC


def _is_ours(folder: Path) -> bool:
    """Made by this account now or before: the place is open to all."""
    try:
        folder.mkdir(mode=0o711, exist_ok=True)
    except OSError:
        return False
    return folder.stat().st_uid == os.geteuid() and not folder.is_symlink()


def _maintenance(settings: dict[str, object]) -> str:
    keys = {"USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    given = {ours: settings[theirs] for theirs, ours in keys.items() if settings[theirs]}
    return psycopg.conninfo.make_conninfo(dbname="postgres", **given)  # type: ignore[arg-type]


def _drop_orphans(connection: psycopg.Connection) -> None:
    """Databases of sessions that were killed before they could tidy up."""
    rows = connection.execute(
        "SELECT datname, split_part(datname, '_', 3) FROM pg_database"
        r" WHERE datname ~ '^test_otklik_[0-9]+_[0-9a-f]{6}'"
    ).fetchall()
    for name, pid in rows:
        if not Path(f"/proc/{pid}").exists():
            _drop(connection, name)


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(
        sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    )


def _template(connection: psycopg.Connection, root: Path) -> str:
    name = f"template_otklik_{_fingerprint(root)}"
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE 'template\\_otklik\\_%' ORDER BY oid"
    ).fetchall()
    known = [str(row[0]) for row in rows]
    if name not in known:
        for old in known[: -_KEPT_TEMPLATES + 1]:
            _drop(connection, old)
        _build(connection, name)
    return name


def _build(connection: psycopg.Connection, name: str) -> None:
    from django.db import connections

    from otklik.config import drawing

    django = connections["default"]
    draft = f"draft_{name}"
    _drop(connection, draft)
    original, wanted = (
        django.settings_dict["NAME"],
        django.settings_dict["TEST"]["NAME"],
    )
    django.settings_dict["TEST"]["NAME"] = draft
    try:
        with drawing.only_what_changed():
            django.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        django.close()
        django.settings_dict["NAME"] = original
        django.settings_dict["TEST"]["NAME"] = wanted
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
            sql.Identifier(draft), sql.Identifier(name)
        )
    )


def _fingerprint(root: Path) -> str:
    """Changes with any migration of ours and with the packages that bring their own."""
    digest = hashlib.sha256()
    for package in ("django", "procrastinate", "django-allauth"):
        digest.update(version(package).encode())
    settings = root / "otklik" / "config" / "settings.py"
    for path in [settings, *sorted((root / "otklik").glob("*/*/migrations/*.py"))]:
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
