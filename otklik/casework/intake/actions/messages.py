"""A message that came through a channel becomes a case, or adds to one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.db import connection, transaction

from otklik.base.events import Event
from otklik.casework.appeals.actions import NewAppeal, NewApplicant, PlaceGiven
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import body_behind
from otklik.casework.appeals.vocabulary import OPEN_STATUSES, Channel, Regime
from otklik.casework.intake.actions.take import take
from otklik.casework.proceedings.actions import take_up_explained
from otklik.casework.teamwork.actions import take_letter
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels.actions import hold, link_case
from otklik.exchange.channels.models import ChannelAccount, InboundMessage
from otklik.exchange.channels.queries import case_of_thread, inbound
from otklik.exchange.channels.queries.places import (
    album_of,
    case_of_social_thread,
    last_case_of_dialogue,
)
from otklik.exchange.channels.vocabulary import Disposition, InboundKind
from otklik.records.journal.actions import record
from otklik.records.journal.queries import story_of

SOCIAL = {InboundKind.COMMENT, InboundKind.DIRECT}
THREAD_LOCK = 7_240_300
REGIMES = {
    Channel.POS: Regime.POS,
    Channel.INCIDENT: Regime.INCIDENT,
    Channel.HOTLINE122: Regime.HOTLINE,
    Channel.EMAIL: Regime.MAIL,
    Channel.PORTAL: Regime.PORTAL,
    Channel.ACTIVE_CITIZEN: Regime.PORTAL,
    Channel.OPEN311: Regime.PORTAL,
    Channel.VK: Regime.SOCIAL,
    Channel.OK: Regime.SOCIAL,
    Channel.TELEGRAM: Regime.SOCIAL,
    Channel.MAX: Regime.SOCIAL,
}


@dataclass(frozen=True, kw_only=True)
class MaterialsAdded(Event):
    """The applicant wrote again about a case (59-ФЗ, art. 5: additional materials)."""

    subject: ClassVar[str] = "inbound_message"

    def sentence(self) -> str:
        return "Заявитель прислал дополнение"


@transaction.atomic
def take_message(*, message_id: int) -> Appeal | None:
    """Make a case of a stored message, once; a letter in a known thread adds to its case,
    one that answers a task of ours goes to whoever set it.

    E-mail is never an обращение by itself (547-ФЗ, in force 30.03.2025): the case is a сообщение.
    """
    message = hold(inbound(message_id))
    if message.disposition != Disposition.ACCEPTED:
        return None
    revised = message.details.get("revises")
    if revised and message.case_id is None:
        # A revision may overtake the original in the queue: the case is of the original.
        original = take_message(message_id=revised)
        message.case_id = original.pk if original else None
    access = Access.system(message.municipality_id, "Приём сообщений")
    if message.case_id is None and take_letter(message):
        return None
    if message.case_id is None:
        message.case_id = _thread(message)
    if message.case_id is not None:
        return add_to_case(access, message)
    if _waits_for_a_person(message):
        return None
    appeal = take(access=access, new=new_of(message))
    link_case(message_id=message.pk, case_id=appeal.pk)
    return appeal


def _waits_for_a_person(message: InboundMessage) -> bool:
    """The account may say that comments become cases only by a decision."""
    if message.kind != InboundKind.COMMENT:
        return False
    account = ChannelAccount.objects.get(pk=message.account_id)
    return bool(account.settings.get("comments") == "inbox")


def _thread(message: InboundMessage) -> int | None:
    if message.kind in SOCIAL:
        return _social_thread(message)
    account = ChannelAccount.objects.get(pk=message.account_id)
    return case_of_thread(
        account,
        thread_ids=list(message.details.get("thread_ids", [])),
        subject=message.subject,
        sender=message.sender,
    )


def _social_thread(message: InboundMessage) -> int | None:
    """Parts and lines of one person come side by side: one of them at a time looks for its case."""
    whose = message.details.get("album") or message.sender or message.external_id
    with connection.cursor() as cursor:
        name = f"{message.account_id}:{whose}"
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [THREAD_LOCK, name])
    found = case_of_social_thread(message)
    if found is not None or message.kind != InboundKind.DIRECT or not message.sender:
        return found
    last = last_case_of_dialogue(message)
    # What is said after the answer is a new matter; before it, it adds to the first words.
    open_still = Appeal.objects.filter(pk=last or 0, status__in=OPEN_STATUSES)
    return last if open_still.exists() else None


def add_to_case(access: Access, message: InboundMessage) -> Appeal | None:
    """Add a message to the case that its `case_id` names, once; None when there is none here."""
    appeal = Appeal.objects.filter(
        pk=message.case_id or 0, municipality_id=message.municipality_id
    ).first()
    if appeal is None or appeal.inbound_message_id == message.pk:
        return appeal
    link_case(message_id=message.pk, case_id=appeal.pk)
    added = story_of(appeal.pk).filter(name="MaterialsAdded", subject_id=message.pk)
    if added.exists():
        return appeal
    record(
        MaterialsAdded(subject_id=message.pk, case_id=appeal.pk),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    if not message.details.get("revises"):
        take_up_explained(appeal_id=appeal.pk)
    return appeal


def _text_of(message: InboundMessage) -> str:
    """The words of a message; an album bears them under one of its pictures."""
    if message.text.strip() or not message.details.get("album"):
        return message.text.strip()
    parts = album_of(message).exclude(text="").order_by("id")
    return (parts.values_list("text", flat=True).first() or "").strip()


def new_of(message: InboundMessage) -> NewAppeal:
    """What a message says of itself, to be registered."""
    channel = Channel(message.channel) if message.channel in Channel.values else Channel.OTHER
    text = _text_of(message) or message.subject.strip() or "(без текста, см. вложения)"
    if message.subject and message.subject.casefold() not in text.casefold():
        text = f"{message.subject}\n\n{text}"
    is_mail = channel == Channel.EMAIL
    told = message.details
    addressee, body_id = addressee_of(message)
    return NewAppeal(
        regime=REGIMES.get(channel, Regime.OTHER),
        channel=channel,
        text=text,
        received_at=message.received_at,
        applicant=_applicant(message, is_mail=is_mail),
        place=PlaceGiven(**told.get("place", {})),
        topic_id=told.get("topic_id"),
        reply_address=message.sender if is_mail else "",
        addressee=addressee,
        addressee_body_id=body_id,
        inbound_message_id=message.pk,
        external_system=message.channel if told.get("external_number") else "",
        external_number=told.get("external_number", ""),
    )


def addressee_of(message: InboundMessage) -> tuple[str, int | None]:
    """Whom it is for: whoever owns the box or account; else these themselves, as they are named."""
    body = body_behind(
        message.municipality_id, box=message.addressee, account_id=message.account_id
    )
    if body is not None:
        return body.name, body.pk
    if message.addressee:
        return message.addressee, None
    account = ChannelAccount.objects.filter(pk=message.account_id).first()
    return (account.title if account else ""), None


def _applicant(message: InboundMessage, *, is_mail: bool) -> NewApplicant:
    """Whoever wrote; a program that passes messages on names him in `details["applicant"]`."""
    told = message.details.get("applicant")
    if told is not None:
        return NewApplicant(name=message.sender_name, **told)
    return NewApplicant(
        name=message.sender_name,
        email=message.sender if is_mail else "",
        external_profile="" if is_mail else message.sender,
    )
