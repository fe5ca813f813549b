"""Files of a form that was returned with an error stay with it; no script is needed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from otklik.base.errors import Refused
from otklik.records.attachments.actions import forget_staged, stage
from otklik.records.attachments.models import StagedFile
from otklik.records.attachments.queries import staged_of, staged_path

FIELD, DROPPED = "kept_files", "kept_drop"


class KeptFiles:
    """Files kept under the token of one filling of a form, for its own sender only.

    In the template: `{% include "look/parts/kept_files.html" %}` inside the form.
    """

    def __init__(self, *, municipality_id: int, owner: str, token: str) -> None:
        self.municipality_id, self.owner, self.token = municipality_id, owner, token[:64]

    @classmethod
    def sent_with(cls, request: HttpRequest, *, municipality_id: int, owner: str) -> KeptFiles:
        """Of the form just sent: those marked «убрать» are removed."""
        token = request.POST.get(FIELD, "") or secrets.token_urlsafe(24)
        kept = cls(municipality_id=municipality_id, owner=owner, token=token)
        dropped = {key for key in request.POST.getlist(DROPPED) if key}
        if dropped:
            forget_staged(row for row in kept.rows if row.key in dropped)
        return kept

    @property
    def rows(self) -> list[StagedFile]:
        return list(
            staged_of(municipality_id=self.municipality_id, owner=self.owner, token=self.token)
        )

    def keep(self, files: Iterable[UploadedFile[Any]]) -> None:
        """Keep what is acceptable; the form itself says what is wrong with the rest."""
        for file in files:
            file.seek(0)
            try:
                stage(
                    municipality_id=self.municipality_id,
                    owner=self.owner,
                    token=self.token,
                    file_name=file.name or "файл",
                    content=file.read(),
                )
            except Refused:
                continue

    def contents(self) -> list[tuple[str, bytes]]:
        """(name, bytes) of all that is kept and still lies in the storage."""
        paths = [(row.file_name, staged_path(row.key)) for row in self.rows]
        return [(name, path.read_bytes()) for name, path in paths if path.exists()]

    def forget(self) -> None:
        """The form was accepted."""
        forget_staged(self.rows)
