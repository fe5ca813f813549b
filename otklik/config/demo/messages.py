"""Letters of demo cases: what came by mail, what was sent, and the ledger of delivery."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from random import Random

from django.db import connection

from otklik.base.bulk import copy_new
from otklik.casework.appeals.models import Appeal
from otklik.casework.replies.models import Reply
from otklik.casework.replies.rules.letter import greeting_of, letter_text, subject_line
from otklik.casework.satisfaction.models import Survey
from otklik.config.demo.grounds import Grounds
from otklik.config.demo.history import Hands
from otklik.config.demo.hitches import LETTERS, WAIT, by_letter
from otklik.config.demo.model import DemoAppeal
from otklik.exchange.channels.models import (
    ChannelAccount,
    DeliveryAttempt,
    InboundKey,
    InboundMessage,
    OutboundMessage,
)
from otklik.exchange.channels.rules.threads import marked
from otklik.exchange.channels.vocabulary import (
    ChannelKind,
    Disposition,
    InboundKind,
    OutboundState,
    Purpose,
    SendResult,
)

SECOND = timedelta(seconds=1)
GREYLIST = "451 4.7.1 Получатель просит повторить позже"
ACCEPTED = "250 2.0.0 Принято к доставке"
REPORTED = "250 2.1.5 Доставлено в ящик получателя"
NO_BOX = "550 5.1.1 Такого ящика нет"
Try = tuple[SendResult, str]


@dataclass(frozen=True)
class Written:
    """Saved rows of one case."""

    told: DemoAppeal
    appeal: Appeal
    replies: tuple[Reply, ...]
    survey: Survey | None


def open_mailbox(grounds: Grounds) -> ChannelAccount:
    """The centre's box, switched off: the demo writes to nobody and reads nobody's mail."""
    own = grounds.municipality
    return ChannelAccount.objects.create(
        municipality=own,
        kind=ChannelKind.EMAIL,
        title="Почта центра",
        settings={
            "address": own.email,
            "display_name": own.centre_name,
            "imap_host": f"imap.{own.email.rpartition('@')[2]}",
        },
        enabled=False,
        basis="демонстрация: ящик отключён, письма наружу не уходят",
    )


def letter_rows(rows: Sequence[Written], box: ChannelAccount, hands: Hands) -> None:
    """Save letters of a batch: inbound ones, outbound ones, every attempt to send."""
    came = [row for row in rows if row.told.channel == "email" and row.told.applicant.email]
    letters = [_inbound(row, box) for row in came]
    copy_new(connection, letters)
    copy_new(connection, [_key(letter, box) for letter in letters])
    sent = [pair for row in rows for pair in _outbound(row, box, hands)]
    copy_new(connection, [message for message, _ in sent])
    copy_new(
        connection,
        [attempt for message, tries in sent for attempt in _attempts(message, tries)],
    )
    answers = {m.key: m.pk for m, _ in sent if m.purpose == Purpose.ANSWER}
    changed = [reply for row in rows for reply in row.replies if _reply_key(reply) in answers]
    for reply in changed:
        reply.outbound_id = answers[_reply_key(reply)]
    Reply.objects.bulk_update(changed, ["outbound_id"], batch_size=500)


def _inbound(row: Written, box: ChannelAccount) -> InboundMessage:
    told, address = row.told, str(box.settings["address"])
    number = f"<{told.order}.{told.received_at:%Y%m%d%H%M%S}@{_domain(told.applicant.email)}>"
    subject = " ".join(row.appeal.summary.split()[:6]).rstrip(".,!?")
    return InboundMessage(
        received_at=told.received_at,
        taken_at=told.received_at + 40 * SECOND,
        municipality_id=box.municipality_id,
        account_id=box.pk,
        channel=box.kind,
        kind=InboundKind.LETTER,
        external_id=number,
        sender=told.applicant.email,
        sender_name=told.applicant.short_name,
        addressee=address,
        subject=subject,
        text=told.text,
        raw=zlib.compress(_raw(told, subject, number, address), 1),
        disposition=Disposition.ACCEPTED,
        case_id=row.appeal.pk,
    )


def _raw(told: DemoAppeal, subject: str, number: str, address: str) -> bytes:
    letter = EmailMessage(policy=SMTP)
    letter["From"], letter["To"] = told.applicant.email, address
    letter["Subject"], letter["Message-ID"] = subject, number
    letter["Date"] = told.received_at
    letter.set_content(told.text)
    return letter.as_bytes()


def _key(letter: InboundMessage, box: ChannelAccount) -> InboundKey:
    return InboundKey(
        account=box,
        kind=letter.kind,
        external_id=letter.external_id,
        message_id=letter.pk,
        received_at=letter.received_at,
        revision=1,
        digest=hashlib.sha256(f"{letter.subject}\0{letter.text}".encode()).hexdigest(),
    )


def _outbound(
    row: Written, box: ChannelAccount, hands: Hands
) -> Iterator[tuple[OutboundMessage, Sequence[Try]]]:
    told = row.told
    if told.trouble == "to_carry":
        yield _to_carry(row, hands), [(SendResult.TO_CARRY, "")]
        return
    if not by_letter(told.channel, told.applicant):
        return
    rng = Random(told.order)
    for reply in row.replies:
        at = reply.sent_at or told.tried_at
        if at is None:
            continue
        tries = _tries(rng, "" if reply.sent_at else told.trouble)
        message = _letter(row, box, at - WAIT, tries)
        message.purpose, message.key = Purpose.ANSWER, _reply_key(reply)
        message.subject = marked(_subject(row.appeal), row.appeal.pk)
        message.text = _text(row.appeal, reply)
        message.created_label = hands.operator.label
        yield message, tries
    if row.survey:
        tries = _tries(rng, "lost" if row.survey.score is None and rng.random() < 0.012 else "")
        message = _letter(row, box, row.survey.asked_at, tries)
        message.purpose, message.key = Purpose.SURVEY, f"survey:{row.survey.pk}"
        message.subject = f"Оцените ответ на обращение № {row.appeal.number}"
        message.text = (
            f"Здравствуйте!\n\nМы ответили на ваше обращение № {row.appeal.number}. "
            "Оцените, пожалуйста, ответ, это займёт полминуты."
        )
        message.created_label = hands.system.label
        yield message, tries


def _tries(rng: Random, trouble: str) -> list[Try]:
    tries: list[Try] = [(SendResult.POSTPONED, GREYLIST)] if rng.random() < 0.05 else []
    if trouble == "failed":
        tries.append((SendResult.REFUSED, LETTERS["failed"]))
    elif trouble == "lost":
        tries.append((SendResult.REFUSED, NO_BOX))
    elif trouble == "unconfirmed":
        tries.append((SendResult.UNKNOWN, LETTERS["unconfirmed"]))
    elif rng.random() < 0.4:
        tries.append((SendResult.DELIVERED, REPORTED))
    else:
        tries.append((SendResult.SENT, ACCEPTED))
    return tries


_STATES = {
    SendResult.SENT: OutboundState.SENT,
    SendResult.DELIVERED: OutboundState.DELIVERED,
    SendResult.REFUSED: OutboundState.FAILED,
    SendResult.UNKNOWN: OutboundState.UNCONFIRMED,
}


def _letter(
    row: Written, box: ChannelAccount, at: datetime, tries: Sequence[Try]
) -> OutboundMessage:
    """A letter made at `at`, not yet said what about; sent `WAIT` later."""
    result, said = tries[-1]
    state = _STATES[result]
    gone = state in (OutboundState.SENT, OutboundState.DELIVERED)
    return OutboundMessage(
        municipality_id=box.municipality_id,
        case_id=row.appeal.pk,
        channel=ChannelKind.EMAIL,
        account=box,
        recipient=row.told.applicant.email,
        state=state,
        send_after=at + WAIT,
        attempts=len(tries),
        last_error="" if gone else said,
        external_id=f"<{row.appeal.pk}.{int(at.timestamp())}@{_domain(box.settings['address'])}>",
        created_at=at,
        sent_at=at + WAIT if gone else None,
    )


def _to_carry(row: Written, hands: Hands) -> OutboundMessage:
    """An answer to a system that takes answers by file or by hand."""
    at, reply = row.told.tried_at, row.replies[0]
    assert at is not None
    return OutboundMessage(
        municipality_id=row.appeal.municipality_id,
        case_id=row.appeal.pk,
        channel=row.told.channel,
        purpose=Purpose.ANSWER,
        recipient=row.appeal.external_number,
        subject=_subject(row.appeal),
        text=reply.text,
        reply_to=[row.appeal.external_number or row.appeal.number],
        state=OutboundState.TO_CARRY,
        send_after=at,
        key=_reply_key(reply),
        attempts=1,
        created_at=at - WAIT,
        created_label=hands.operator.label,
    )


def _attempts(message: OutboundMessage, tries: Sequence[Try]) -> Iterator[DeliveryAttempt]:
    """The last attempt at the time the letter went; refused ones a minute before each."""
    for number, (result, said) in enumerate(tries, start=1):
        at = message.send_after - (len(tries) - number) * 60 * SECOND
        yield DeliveryAttempt(
            message=message,
            number=number,
            started_at=at,
            finished_at=at + (30 if result == SendResult.UNKNOWN else 2) * SECOND,
            result=result,
            detail=said,
        )


def _reply_key(reply: Reply) -> str:
    return f"reply:{reply.pk}:{reply.revision}"


def _subject(appeal: Appeal) -> str:
    received = appeal.received_at.astimezone(appeal.municipality.tz).date()
    return subject_line(appeal.number, received)


def _text(appeal: Appeal, reply: Reply) -> str:
    own = appeal.municipality
    return letter_text(
        greeting_name=greeting_of(appeal.applicant.name),
        text=reply.text,
        signed=reply.signed_label,
        centre=own.centre_name or own.name,
        page_url="",
    )


def _domain(address: str) -> str:
    return address.rpartition("@")[2]
