"""Storing files. The blob is written before the row, under its own hash: a crash leaves at worst
a blob without a row, never a row without its blob."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from otklik.base import clock
from otklik.records.attachments.models import Attachment
from otklik.records.attachments.queries import blob_path
from otklik.records.attachments.rules import content_kind, safe_name


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
