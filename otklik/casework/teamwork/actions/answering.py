"""Answers to requests: at the desk, by a one-time link, or by a letter in reply."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import Conflict, Forbidden, Refused
from otklik.casework.appeals.models import Appeal
from otklik.casework.teamwork.actions.thread import add
from otklik.casework.teamwork.events import InformationGiven
from otklik.casework.teamwork.models import InfoRequest, RequestLink
from otklik.casework.teamwork.queries import (
    ANSWERING,
    answers_for,
    link_of_request,
    request_of,
)
from otklik.casework.teamwork.vocabulary import EntryKind, RequestState
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels.actions import link_case
from otklik.exchange.channels.models import InboundMessage
from otklik.exchange.channels.queries import task_answered
from otklik.exchange.notifications.actions import tell
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.records.journal.actions import record


@transaction.atomic
def answer_request(*, access: Access, request_id: int, text: str) -> InfoRequest:
    """Answer for one's body; whoever asked is told. Forbidden for people of other bodies."""
    found = request_of(access, request_id)
    if not answers_for(access, found.body_id):
        raise Forbidden(
            f"Запрос адресован не вам, а органу «{found.addressee}».",
            "Отвечает сотрудник этого органа.",
        )
    actor = access.under(*ANSWERING, body_id=found.body_id).actor
    return _answer(found.pk, text, actor)


@transaction.atomic
def open_request(*, token: str) -> RequestLink:
    """Look at a request by its link; the first look is kept."""
    link = link_of_request(token)
    if link.opened_at is None:
        link.opened_at = clock.now()
        link.save(update_fields=["opened_at"])
    return link


@transaction.atomic
def answer_by_link(*, token: str, text: str) -> InfoRequest:
    """Answer without an account; the link is spent."""
    link = link_of_request(token)
    actor = Actor("link", f"{link.request.addressee} (по ссылке)")
    return _answer(link.request_id, text, actor, way="по ссылке")


@transaction.atomic
def take_letter(message: InboundMessage) -> bool:
    """Take a letter that answers a task of ours; False when it answers something else.

    To a request it is its answer, to a request already answered and to an assignment sent by a
    link an entry of the thread. It never becomes an addition of the applicant.
    """
    sent = task_answered(
        message.municipality_id, list(message.details.get("thread_ids", [])),
        subject=message.subject, sender=message.sender,
    )  # fmt: skip
    if sent is None or sent.case_id is None:
        return False
    case = Appeal.objects.filter(pk=sent.case_id, municipality_id=message.municipality_id).first()
    if case is None:
        return False
    link_case(message_id=message.pk, case_id=case.pk)
    actor = Actor("link", f"{message.sender_name or message.sender} (по почте)")
    text = message.text.strip() or "(без текста, см. вложения)"
    link = RequestLink.objects.filter(outbound_id=sent.pk).select_related("request").first()
    if link and link.request.state == RequestState.ASKED:
        _answer(link.request_id, text, actor, way="по почте", inbound_id=message.pk)
        return True
    access = Access(actor=actor, municipality_id=case.municipality_id, unlimited=True)
    entry = {"counterpart": message.sender, "inbound_id": message.pk}
    add(access, case, kind=EntryKind.LETTER, text=text, **entry)
    return True


def _answer(
    pk: int, text: str, actor: Actor, *, way: str = "", inbound_id: int | None = None
) -> InfoRequest:
    found = (
        InfoRequest.objects.select_for_update(of=("self",))
        .select_related("body", "appeal")
        .get(pk=pk)
    )
    if found.state != RequestState.ASKED:
        raise Conflict(f"Запрос уже в состоянии «{found.get_state_display()}».", "Обновите его.")
    if not text.strip():
        raise Refused("Ответ пуст.", "Напишите сведения, о которых вас просят.")
    found.state, found.answer = RequestState.ANSWERED, text.strip()
    found.answered_at, found.answered_label = clock.now(), actor.label
    found.inbound_id = inbound_id
    found.save()
    record(
        InformationGiven(
            subject_id=found.pk, case_id=found.appeal_id, addressee=found.addressee, way=way
        ),
        actor=actor,
        municipality_id=found.municipality_id,
    )
    tell(
        municipality_id=found.municipality_id,
        account_ids=[found.asker_id] if found.asker_id else [],
        kind=NoticeKind.INFORMED,
        text=f"На ваш запрос по обращению №\u00a0{found.appeal.number} ответили.",
        url=f"/desk/requests/{found.pk}/",
        case_id=found.appeal_id,
        key=f"informed:{found.pk}",
    )
    return found
