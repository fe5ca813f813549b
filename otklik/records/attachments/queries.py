"""Files of a subject and their content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.records.attachments.models import Attachment, StagedFile
from otklik.records.attachments.rules import STAGED_HOURS


def blob_path(digest: str) -> Path:
    """Where the content with this SHA-256 lies."""
    root = Path(settings.ATTACHMENTS_DIR)
    return root / digest[:2] / digest[2:4] / digest


def staged_path(key: str) -> Path:
    """Where a file of an unfinished form lies, apart from the files of cases."""
    return Path(settings.ATTACHMENTS_DIR) / "staged" / key


def staged_of(*, municipality_id: int, owner: str, token: str) -> QuerySet[StagedFile]:
    """Files of one unfinished form, of its own sender only, that have not outlived their time."""
    since = clock.now() - timedelta(hours=STAGED_HOURS)
    found = StagedFile.objects.filter(token=token, owner=owner, municipality_id=municipality_id)
    return found.filter(created_at__gte=since).order_by("pk")


def files_of(subject: str, subject_ids: Iterable[int]) -> QuerySet[Attachment]:
    return Attachment.objects.filter(subject=subject, subject_id__in=list(subject_ids)).order_by(
        "pk"
    )


def files_of_several(owners: Mapping[str, Iterable[int]]) -> QuerySet[Attachment]:
    """Files of subjects of several kinds in one query; `owners`: kind → ids."""
    wanted = Q(pk__in=[])
    for subject, subject_ids in owners.items():
        wanted |= Q(subject=subject, subject_id__in=list(subject_ids))
    return Attachment.objects.filter(wanted).order_by("subject", "pk")


def content_of(attachment: Attachment) -> bytes:
    """The bytes; raise NotFound when the blob is gone from the storage."""
    path = blob_path(attachment.sha256)
    if not path.exists():
        raise NotFound(
            f"Файл «{attachment.file_name}» не найден в хранилище.",
            "Восстановите хранилище файлов из резервной копии: «otklik restore».",
        )
    return path.read_bytes()
