"""One-time links for executors without a sign-in: e-mail is their channel (novoduginsky 3)."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import Refused
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.models import Appeal
from otklik.casework.replies.actions.draft import save_draft, submit
from otklik.casework.replies.events import LinkIssued, LinkOpened
from otklik.casework.replies.models import AnswerLink, Reply
from otklik.casework.replies.queries import SUBJECT, link_of, token_hash
from otklik.directory.approvals.queries import steps_of
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access, Reach
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.actions import queue_message
from otklik.exchange.channels.vocabulary import ChannelKind, Purpose
from otklik.records.journal.actions import record

LIFE = timedelta(days=30)


@transaction.atomic
def issue_link(*, access: Access, appeal_id: int, body_id: int, email: str = "") -> str:
    """Mail the body a one-time link to the case; returns the address of the link.

    Raises Refused when the body has no e-mail and none is given.
    """
    access = access.require(Permission.ASSIGN)
    appeal = locked(access, appeal_id)
    body = Body.objects.get(municipality_id=appeal.municipality_id, pk=body_id)
    address = (email or body.email).strip()
    if not address:
        raise Refused(
            f"У органа «{body}» не указана почта.", "Впишите почту в карточке органа или здесь."
        )
    if body.pk not in appeal.body_ids:
        raise Refused(f"«{body}» не исполнитель этого обращения.", "Сначала назначьте исполнителя.")
    return _issue(access, appeal, body, address, f"Вам поручено обращение № {appeal.number}.")


@transaction.atomic
def renew_link(*, reply_id: int) -> bool:
    """After a return, mail a fresh link with the remark to whoever wrote by the last one.

    Returns whether the executor works by links at all. Safe to repeat: one link for one return.
    """
    reply = Reply.objects.select_related("appeal").get(pk=reply_id)
    appeal = locked(Access.system(reply.appeal.municipality_id), reply.appeal_id)
    used = AnswerLink.objects.filter(appeal=appeal, used_at__isnull=False).select_related("body")
    last = used.order_by("-used_at").first()
    if reply.author_id is not None or last is None or last.used_at is None:
        return False
    if AnswerLink.objects.filter(appeal=appeal, created_at__gt=last.used_at).exists():
        return True
    step = steps_of(SUBJECT, [reply.pk]).exclude(remark="").order_by("-decided_at").first()
    remark = f" Замечание: {step.remark.rstrip('.')}." if step else ""
    words = f"Ответ на обращение № {appeal.number} возвращён на доработку.{remark}"
    _issue(Access.system(appeal.municipality_id), appeal, last.body, last.email, words)
    return True


def _issue(access: Access, appeal: Appeal, body: Body, address: str, words: str) -> str:
    token = secrets.token_urlsafe(32)
    link = AnswerLink.objects.create(
        appeal=appeal,
        body=body,
        email=address,
        token_hash=token_hash(token),
        created_at=clock.now(),
        expires_at=clock.now() + LIFE,
    )
    url = f"{settings.PUBLIC_URL}/a/{token}/"
    _mail(access, appeal, link, url, words)
    record(
        LinkIssued(subject_id=link.pk, case_id=appeal.pk, body=str(body), email=address),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
    return url


def _mail(access: Access, appeal: Appeal, link: AnswerLink, url: str, words: str) -> None:
    zone = appeal.municipality.tz
    due = f"\nСрок ответа: {appeal.due_at.astimezone(zone):%d.%m.%Y}." if appeal.due_at else ""
    queue_message(
        municipality_id=appeal.municipality_id,
        actor=access.actor,
        channel=ChannelKind.EMAIL,
        purpose=Purpose.TASK,
        recipient=link.email,
        subject=f"Поручение: обращение № {appeal.number}",
        text=(
            f"{words}{due}\n\n"
            f"Откройте его и подготовьте ответ по ссылке, входить в систему не нужно:\n{url}\n\n"
            f"Ссылка одноразовая и действует до {link.expires_at.astimezone(zone):%d.%m.%Y}. "
            "Не пересылайте её: по ней видны данные заявителя."
        ),
        case_id=appeal.pk,
        key=f"link:{link.pk}",
    )


def link_access(link: AnswerLink) -> Access:
    """What the holder of a link may do: see this body's case and draft its answer."""
    reach = Reach(body_ids=frozenset({link.body_id}))
    return Access(
        actor=Actor("link", f"{link.body} (по ссылке)"),
        municipality_id=link.appeal.municipality_id,
        grants={
            str(Permission.VIEW_APPEALS): reach,
            str(Permission.VIEW_PERSONAL): reach,
            str(Permission.DRAFT): reach,
        },
    )


@transaction.atomic
def open_link(*, token: str) -> tuple[AnswerLink, Access]:
    """Look at the case by a link; the first look is recorded."""
    link = link_of(token)
    access = link_access(link)
    if link.opened_at is None:
        link.opened_at = clock.now()
        link.save(update_fields=["opened_at"])
        record(
            LinkOpened(subject_id=link.pk, case_id=link.appeal_id, body=str(link.body)),
            actor=access.actor,
            municipality_id=access.municipality_id,
        )
    return link, access


@transaction.atomic
def answer_by_link(*, token: str, text: str, confirmed: dict[str, bool], send: bool) -> Reply:
    """Save the executor's draft; with `send` hand it over for approval and spend the link."""
    link = link_of(token)
    AnswerLink.objects.select_for_update().get(pk=link.pk)
    access = link_access(link)
    reply = save_draft(
        access=access,
        appeal_id=link.appeal_id,
        text=text,
        confirmed=confirmed,
        body_id=link.body_id,
    )
    if send:
        reply = submit(access=access, appeal_id=link.appeal_id)
        link.used_at = clock.now()
        link.save(update_fields=["used_at"])
    return reply
