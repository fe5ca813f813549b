"""Where the data lies and how the database is reached; nothing here starts anything."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

ROLE = "otklik"
DATABASE = "otklik"
# A name of the socket's file only: the server listens on no network address.
PORT = 5432
_LONGEST_SOCKET_PATH = 100  # the kernel allows 107 bytes with the closing zero


def data_home() -> Path:
    """The folder of everything that must survive: cluster, attachments, keys.

    `OTKLIK_DATA` wins; then the user's data folder. Root's own home is closed to the
    unprivileged account the server must run as, hence /var/lib for root.
    """
    chosen = os.environ.get("OTKLIK_DATA")
    if chosen:
        return Path(chosen).expanduser().resolve()
    shared = os.environ.get("XDG_DATA_HOME")
    if shared:
        return Path(shared).expanduser().resolve() / "otklik"
    if os.geteuid() == 0:
        return Path("/var/lib/otklik")
    return Path("~/.local/share/otklik").expanduser().resolve()


def is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def database_url() -> str:
    """The address of the database. Cheap and without side effects: it starts no server."""
    return os.environ.get("DATABASE_URL") or socket_url(data_home() / "postgres")


def socket_url(base: Path, database: str = DATABASE, role: str = ROLE) -> str:
    return (
        f"postgresql://{role}@/{database}?host={quote(str(socket_dir(base)), safe='/')}&port={PORT}"
    )


def socket_dir(base: Path) -> Path:
    """Beside the cluster, or a short folder of its own where that path is too long."""
    beside = base / "socket"
    if len(os.fsencode(beside / f".s.PGSQL.{PORT}")) <= _LONGEST_SOCKET_PATH:
        return beside
    name = hashlib.sha256(os.fsencode(base)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"otklik-{os.geteuid()}-{name}"
