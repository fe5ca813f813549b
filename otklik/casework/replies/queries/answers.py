"""Answers of a case, what waits for a decision, links of executors."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.casework.appeals.queries import visible_to
from otklik.casework.replies.models import AnswerLink, Reply, ReplyRevision
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.directory.approvals.queries import waiting_for
from otklik.directory.organisation.rules import Access

OPEN = (ReplyStatus.DRAFT, ReplyStatus.ON_APPROVAL, ReplyStatus.RETURNED, ReplyStatus.SIGNED)
SUBJECT = "reply"


def open_reply(appeal_id: int) -> Reply | None:
    """The answer being worked on, or None."""
    return Reply.objects.filter(appeal_id=appeal_id, status__in=OPEN).first()


def replies_of(appeal_id: int) -> QuerySet[Reply]:
    revisions = ReplyRevision.objects.order_by("-number")
    return Reply.objects.filter(appeal_id=appeal_id).prefetch_related(
        Prefetch("revisions", queryset=revisions)
    )


def in_state(access: Access, *statuses: str) -> QuerySet[Reply]:
    """Visible answers in these states, oldest case deadline first."""
    return (
        Reply.objects.filter(appeal__in=visible_to(access).values("pk"), status__in=statuses)
        .select_related("appeal", "appeal__topic", "appeal__executor_body", "body")
        .order_by("appeal__due_at", "pk")
    )


def waiting_for_decision(access: Access) -> QuerySet[Reply]:
    """Answers whose pending step this person may decide."""
    steps = waiting_for(access, SUBJECT).values("subject_id")
    return in_state(access, ReplyStatus.ON_APPROVAL).filter(pk__in=steps)


def token_hash(token: str) -> str:
    """Keyed hash: the table of links alone opens nothing."""
    return hmac.new(settings.SECRET_KEY.encode(), token.encode(), hashlib.sha256).hexdigest()


def link_of(token: str) -> AnswerLink:
    """A live link; NotFound when it is unknown, used or too old."""
    link = (
        AnswerLink.objects.select_related("appeal", "body")
        .filter(token_hash=token_hash(token))
        .first()
    )
    if link is None:
        raise NotFound("Ссылка неверна.", "Откройте её из письма целиком или попросите новую.")
    if link.used_at is not None:
        raise NotFound(
            "По этой ссылке ответ уже передан.", "Если нужно исправить, попросите новую ссылку."
        )
    if link.expires_at < clock.now():
        raise NotFound("Срок действия ссылки истёк.", "Попросите у центра новую ссылку.")
    return link
