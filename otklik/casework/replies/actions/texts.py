"""What people type is kept before they save it; templates of answers."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.casework.replies.models import ReplyTemplate, TextDraft
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

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


@transaction.atomic
def save_template(
    *, access: Access, title: str, text: str, topic_id: int | None = None, channel: str = ""
) -> ReplyTemplate:
    """Keep a template of an answer for the whole centre."""
    access.require(Permission.APPROVE)
    template, _ = ReplyTemplate.objects.update_or_create(
        municipality_id=access.municipality_id,
        title=title.strip()[:200],
        defaults={"text": text, "topic_id": topic_id, "channel": channel},
    )
    return template
