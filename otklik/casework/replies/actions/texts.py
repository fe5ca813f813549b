"""What people type is kept before they save it."""

from __future__ import annotations

from otklik.base import clock
from otklik.casework.replies.models import TextDraft
from otklik.directory.organisation.rules import Access

MAX_DRAFT = 200_000


def keep_text(*, access: Access, place: str, text: str) -> TextDraft:
    """Keep unsaved text of a person at a place; empty text forgets it."""
    draft, _ = TextDraft.objects.update_or_create(
        account_id=access.account_id or 0,
        place=place[:120],
        defaults={"text": text[:MAX_DRAFT].replace("\x00", ""), "saved_at": clock.now()},
    )
    return draft


def forget_text(*, access: Access, place: str) -> None:
    """The text was saved for good: the draft is no longer needed."""
    TextDraft.objects.filter(account_id=access.account_id or 0, place=place[:120]).delete()
