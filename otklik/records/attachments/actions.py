"""Storing files. The blob is written before the row, under its own hash: a crash leaves at worst
a blob without a row, never a row without its blob."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.records.attachments.models import Attachment, StagedFile
from otklik.records.attachments.queries import blob_path, staged_of, staged_path
from otklik.records.attachments.rules import MOST_STAGED, STAGED_HOURS, content_kind, safe_name

CLEARED_AT_ONCE = 5000


def store(
    *,
    municipality_id: int,
    file_name: str,
    content: bytes,
    subject: str,
    subject_id: int,
    from_citizen: bool = False,
) -> Attachment:
    """Keep a file; raise Refused when it is empty, over 20 MB, of a strange kind, or disguised."""
    name = safe_name(file_name)
    kind = content_kind(name, content)
    digest = hashlib.sha256(content).hexdigest()
    existing = Attachment.objects.filter(
        subject=subject, subject_id=subject_id, sha256=digest, file_name=name
    ).first()
    if existing:
        return existing
    _write(blob_path(digest), content)
    return Attachment.objects.create(
        municipality_id=municipality_id,
        subject=subject,
        subject_id=subject_id,
        file_name=name,
        content_type=kind,
        size=len(content),
        sha256=digest,
        from_citizen=from_citizen,
        created_at=clock.now(),
    )


def stage(
    *, municipality_id: int, owner: str, token: str, file_name: str, content: bytes
) -> StagedFile:
    """Keep a file of a form that was returned with an error; raise Refused as `store` does."""
    name = safe_name(file_name)
    content_kind(name, content)
    known = staged_of(municipality_id=municipality_id, owner=owner, token=token)
    if known.count() >= MOST_STAGED:
        raise Refused(
            f"К форме приложено уже {MOST_STAGED} файлов.", "Уберите лишние или объедините их."
        )
    key = uuid4().hex
    _write(staged_path(key), content)
    return StagedFile.objects.create(
        municipality_id=municipality_id,
        owner=owner,
        token=token,
        key=key,
        file_name=name,
        size=len(content),
        created_at=clock.now(),
    )


def forget_staged(files: Iterable[StagedFile]) -> int:
    """Remove rows, then their files; how many there were. Repeating it is harmless."""
    keys = {file.pk: file.key for file in files}
    StagedFile.objects.filter(pk__in=keys).delete()
    for key in keys.values():
        staged_path(key).unlink(missing_ok=True)
    return len(keys)


def clear_staged() -> int:
    """Remove what has outlived its time, and files whose row was never written."""
    edge = clock.now() - timedelta(hours=STAGED_HOURS)
    removed = forget_staged(StagedFile.objects.filter(created_at__lt=edge)[:CLEARED_AT_ONCE])
    folder = staged_path("")
    known = set(StagedFile.objects.values_list("key", flat=True))
    for path in folder.iterdir() if folder.exists() else ():
        if path.name not in known and path.stat().st_mtime < edge.timestamp():
            path.unlink(missing_ok=True)
    return removed


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(path)
