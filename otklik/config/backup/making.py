"""Making a copy."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings
from django.db import connection

from otklik.base.errors import OtklikError
from otklik.config.backup import archive, tools


def make(target: Path, *, now: datetime) -> archive.Manifest:
    """Write the copy to `target`, which must not exist; raises OtklikError.

    The database is one snapshot; attachments only grow, so those it names are all there.
    """
    if target.exists():
        raise OtklikError(
            f"Файл {target} уже есть.", "Укажите другое имя: копии не перезаписываются."
        )
    manifest = _describe(now)
    with _draft(target) as draft:
        dump = draft.with_suffix(".dump")
        try:
            tools.run("pg_dump", "--format=custom", "--compress=6", "--file", str(dump))
            with tarfile.open(draft, "w") as tar:
                draft.chmod(0o600)
                archive.add(tar, manifest, dump, archive.DUMP)
                for path, name in _files():
                    archive.add(tar, manifest, path, name)
                archive.close(tar, manifest)
        finally:
            dump.unlink(missing_ok=True)
    return manifest


def _describe(now: datetime) -> archive.Manifest:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_user")
        server, role = cursor.fetchone()
    return archive.Manifest(
        format=archive.FORMAT,
        program=_program(),
        server=server,
        role=role,
        made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
    )


def _program() -> str:
    try:
        return version("otklik")
    except PackageNotFoundError:
        return "из исходных текстов"


def _files() -> Iterator[tuple[Path, str]]:
    key = Path(settings.DATA_DIR) / archive.KEY
    if key.exists():
        yield key, archive.KEY
    root = Path(settings.ATTACHMENTS_DIR)
    for path in sorted(root.rglob("*")) if root.exists() else ():
        if path.is_file() and path.suffix != ".part":
            yield path, archive.ATTACHMENTS + path.relative_to(root).as_posix()


@contextmanager
def _draft(target: Path) -> Iterator[Path]:
    """A hidden neighbour that takes the name when it is whole and vanishes when it is not."""
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield draft
        with draft.open("rb") as whole:
            os.fsync(whole.fileno())
        # Unlike rename, link refuses where somebody took the name meanwhile.
        os.link(draft, target)
    except OSError as error:
        raise OtklikError(
            f"Не удалось записать копию в {target}: {error.strerror}.",
            "Проверьте место на диске и права на папку; исходные данные не тронуты.",
        ) from error
    finally:
        draft.unlink(missing_ok=True)
