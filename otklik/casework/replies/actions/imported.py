"""Answers that were already given in another system and came with its export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from otklik.casework.appeals.models import Appeal
from otklik.casework.replies.models import Reply
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission


@dataclass(frozen=True, kw_only=True)
class GivenAnswer:
    """`answered_at` may be unknown; then the answer bears the moment of import."""

    appeal_id: int
    text: str
    body_id: int | None
    answered_at: datetime | None


@transaction.atomic
def keep_given_answers(
    *, access: Access, answers: Sequence[GivenAnswer], source: str, moment: datetime
) -> int:
    """Keep them as sent; cases that have any answer here already are left alone."""
    access = access.require(Permission.IMPORT)
    wanted = {answer.appeal_id: answer for answer in answers if answer.text}
    here = Appeal.objects.filter(municipality_id=access.municipality_id, pk__in=wanted)
    free = here.filter(replies__isnull=True).values_list("pk", flat=True)
    rows = [_reply(wanted[pk], source, moment) for pk in free]
    Reply.objects.bulk_create(rows)
    return len(rows)


def _reply(answer: GivenAnswer, source: str, moment: datetime) -> Reply:
    given_at = answer.answered_at or moment
    return Reply(
        appeal_id=answer.appeal_id,
        body_id=answer.body_id,
        status=ReplyStatus.SENT,
        text=answer.text,
        author_label=source[:300],
        created_at=given_at,
        sent_at=given_at,
    )
