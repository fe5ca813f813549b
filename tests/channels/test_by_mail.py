"""The story of an appeal by mail, through real servers: one letter in, one letter back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.channels.vocabulary import OutboundState
from otklik.records.attachments.queries import files_of
from tests.channels.email_peer import EmailPeer
from tests.channels.story import ANSWER, Peer, Story
from tests.channels.test_both_ways import WORDS, photo
from tests.peers.mail import MailServer

Begin = Callable[[Peer], Story]
TROUBLES = ("refused", "not now", "not taken", "vanished")


@pytest.fixture
def mail(mail_server: MailServer) -> EmailPeer:
    return EmailPeer(mail_server, mail_server.user("mcu"), mail_server.user("sokolova"))


def answers_with(mail: EmailPeer) -> list[str]:
    return [each for each in mail.answers() if ANSWER.splitlines()[0] in each]


def spoil(mail: EmailPeer, trouble: str) -> None:
    gate = mail.server.gate
    gate.refuse_recipient = "550 no such user" if trouble == "refused" else ""
    gate.refuse_data = "451 try later" if trouble == "not now" else ""
    gate.refuse_data = gate.refuse_data or ("554 spam" if trouble == "not taken" else "")
    gate.vanish = trouble == "vanished"


def test_a_letter_with_a_photo_becomes_a_case_and_is_answered_by_letter(
    mail: EmailPeer, begin: Begin
) -> None:
    story = begin(mail)
    written = mail.write(WORDS, photo())
    story.tell()
    (case,) = story.cases()
    assert WORDS in case.text
    assert len(files_of("inbound_message", [case.inbound_message_id or 0])) == 1
    mail.correct(written, "Уточняю: дом 15.")
    story.tell()
    assert [each.pk for each in story.cases()] == [case.pk]
    story.answer(case)
    story.tell()
    story.tell()
    assert len(answers_with(mail)) == 1
    (sent,) = story.outgoing()
    assert (sent.state, sent.recipient) == (OutboundState.SENT, mail.citizen)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_whatever_fails_nobody_is_answered_twice_and_nothing_is_lost(
    mail: EmailPeer, begin: Begin, trouble: str
) -> None:
    story = begin(mail)
    mail.write(WORDS)
    story.tell()
    spoil(mail, trouble)
    story.answer(story.cases()[0])
    story.tell()
    said = answers_with(mail)
    (sent,) = OutboundMessage.objects.filter(purpose="answer")
    assert len(said) <= 1
    assert sent.state != OutboundState.SENT
    assert sent.last_error
    mail.mend()
    story.tell()
    sent.refresh_from_db()
    assert len(answers_with(mail)) <= 1
    if trouble == "not now":
        assert sent.state == OutboundState.SENT
        assert len(answers_with(mail)) == 1
    if trouble == "vanished":
        assert len(answers_with(mail)) == 1
        assert sent.state == OutboundState.UNCONFIRMED
