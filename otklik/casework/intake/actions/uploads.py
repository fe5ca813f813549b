"""Files sent through the page, kept in pieces until their import is over."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.casework.intake.models import ImportPiece, ImportUpload
from otklik.casework.intake.vocabulary import RunState
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

_PIECE = 4 << 20
_LIMIT = 200 << 20


@transaction.atomic
def keep_upload(*, access: Access, file_name: str, chunks: Iterable[bytes]) -> ImportUpload:
    """Keep a file of at most 200 MB; raises Refused when it is empty or larger."""
    access = access.require(Permission.IMPORT)
    digest = hashlib.sha256()
    upload = ImportUpload.objects.create(
        municipality_id=access.municipality_id,
        account_id=access.account_id,
        file_name=file_name.replace("\\", "/").rpartition("/")[2][:255],
        size=0,
        created_at=clock.now(),
    )
    for number, piece in enumerate(_pieces(chunks)):
        digest.update(piece)
        upload.size += len(piece)
        if upload.size > _LIMIT:
            raise Refused(
                "Файл больше 200 МБ.",
                "Выгрузите данные частями или загрузите файл командой «otklik import».",
            )
        ImportPiece.objects.create(upload=upload, number=number, content=piece)
    if not upload.size:
        raise Refused("Файл пуст.", "Выгрузите данные ещё раз.")
    upload.sha256 = digest.hexdigest()
    upload.save(update_fields=["size", "sha256"])
    return upload


@contextmanager
def as_file(upload: ImportUpload) -> Iterator[Path]:
    """The upload as a temporary file; raises NotFound when it was already cleared away."""
    pieces = ImportPiece.objects.filter(upload=upload).order_by("number")
    with tempfile.TemporaryDirectory(prefix="otklik-import-") as folder:
        path = Path(folder) / "export"
        with path.open("wb") as file:
            for content in pieces.values_list("content", flat=True).iterator(chunk_size=1):
                file.write(content)
        if not path.stat().st_size:
            raise NotFound("Файл загрузки уже удалён.", "Загрузите его ещё раз.")
        yield path


def clear_uploads() -> int:
    """Remove the content of files older than their centre keeps them; running imports stay."""
    removed = 0
    for place, days in Municipality.objects.values_list("pk", "upload_days"):
        old = ImportUpload.objects.filter(
            municipality_id=place, created_at__lt=clock.now() - timedelta(days=days)
        ).exclude(runs__state=RunState.RUNNING)
        removed += ImportPiece.objects.filter(upload__in=old.values("pk")).delete()[0]
    return removed


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) >= _PIECE:
            yield bytes(waiting[:_PIECE])
            del waiting[:_PIECE]
    if waiting:
        yield bytes(waiting)
