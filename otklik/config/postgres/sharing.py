"""Several commands, one server: who comes first starts it, who leaves last stops it.

Everyone who works with the server holds a shared file lock; the kernel drops it even after
kill -9, so no list of processes can go stale.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from otklik.base.errors import OtklikError
from otklik.config.postgres import places
from otklik.config.postgres.cluster import Cluster


@contextmanager
def serving(cluster: Cluster | None = None) -> Iterator[Cluster | None]:
    """Hold the embedded server up for the time of the block; nothing to do with `DATABASE_URL`.

    Attaches when it runs already; stops it at the end when nobody else holds it.
    """
    if cluster is None:
        if not places.is_embedded():
            yield None
            return
        cluster = Cluster(places.data_home() / "postgres")
    users = _enter(cluster)
    try:
        yield cluster
    finally:
        _leave(cluster, users)


def revive(cluster: Cluster) -> None:
    """Start the server again for a holder whose server was killed."""
    with _exclusive(cluster):
        cluster.start()


def _enter(cluster: Cluster) -> IO[bytes]:
    with _exclusive(cluster):
        users = _open(cluster, "users")
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            cluster.start()
        except BaseException:
            users.close()
            raise
    os.register_at_fork(after_in_child=users.close)
    return users


def _leave(cluster: Cluster, users: IO[bytes]) -> None:
    with _exclusive(cluster):
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        else:
            cluster.stop()
        finally:
            users.close()


@contextmanager
def _exclusive(cluster: Cluster) -> Iterator[None]:
    with _open(cluster, "lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _open(cluster: Cluster, kind: str) -> IO[bytes]:
    path = Path(f"{cluster.base}.{kind}")
    try:
        # Others must be able to walk through to the cluster, not to look around.
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o711)
        return path.open("ab")
    except OSError as error:
        raise OtklikError(
            f"Не удалось открыть {path}: нет прав или места ({error.strerror}).",
            "Верните папку её владельцу (chown), освободите место на диске "
            "или укажите другую папку в OTKLIK_DATA.",
        ) from error
