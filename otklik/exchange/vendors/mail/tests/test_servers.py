"""IMAP and SMTP against real servers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from otklik.exchange.vendors.mail.composing import OutgoingMail, compose, message_id_for
from otklik.exchange.vendors.mail.imap import (
    Cursor,
    ImapBox,
    ImapSettings,
    MailboxError,
)
from otklik.exchange.vendors.mail.model import MailFile
from otklik.exchange.vendors.mail.parsing import parse
from otklik.exchange.vendors.mail.smtp import Outcome, SmtpResult, SmtpSender
from otklik.exchange.vendors.mail.tests.letters import letter
from tests.peers.mail import MailServer

MOMENT = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)


def box(server: MailServer, user: str, password: str = "") -> ImapBox:
    return ImapBox(
        ImapSettings(
            host=server.imap_host,
            port=server.imap_port,
            login=user,
            password=password or server.password,
            security="none",
        )
    )


def send(server: MailServer, to: str, timeout: float = 10.0) -> SmtpResult:
    mail = OutgoingMail(
        key="answer:1",
        sender="mcu@mail.test",
        sender_name="МЦУ",
        recipient=to,
        subject="Ответ\r\nBcc: all@example.org",
        text="Яма засыпана.\n.\nС уважением",
        date=MOMENT,
        reply_to=("<b@x>", "<a@x>"),
        files=[MailFile("акт осмотра.pdf", "application/pdf", b"%PDF-1.7")],
    )
    sender = SmtpSender(server.smtp_host, server.smtp_port, security="none", timeout=timeout)
    return sender.send(compose(mail), sender=mail.sender, recipients=[to])


def test_new_letters_are_read_once_and_stay_unseen_until_marked(
    mail_server: MailServer,
) -> None:
    user = mail_server.user()
    for number in range(3):
        mail_server.deliver(letter(b"text", f"Message-ID: <{number}@x>"), user)
    with box(mail_server, user) as opened:
        start = opened.start(Cursor())
        letters = list(opened.new_letters(start, limit=2))
        assert [parse(each.raw).message_id for each in letters] == ["<0@x>", "<1@x>"]
        assert mail_server.unseen(user) == 3
        arrived = letters[0].arrived_at
        assert arrived is not None
        # The letter claims to be of March; the server knows when it came.
        assert abs(arrived - datetime.now(UTC)) < timedelta(hours=1)
        opened.mark_seen([each.uid for each in letters])
        after = Cursor(start.validity, letters[-1].uid)
        rest = list(opened.new_letters(after))
        assert [parse(each.raw).message_id for each in rest] == ["<2@x>"]
        assert list(opened.new_letters(Cursor(start.validity, rest[-1].uid))) == []
    assert mail_server.unseen(user) == 1


def test_renumbered_mailbox_is_read_from_the_beginning(mail_server: MailServer) -> None:
    user = mail_server.user()
    mail_server.deliver(letter(), user)
    with box(mail_server, user) as opened:
        cursor = opened.start(Cursor())
        uid = next(opened.new_letters(cursor)).uid
    mail_server.renumber(user)
    with box(mail_server, user) as opened:
        fresh = opened.start(Cursor(cursor.validity, uid))
        assert fresh.last_uid == 0
        assert fresh.validity != cursor.validity
        assert len(list(opened.new_letters(fresh))) == 1


def test_wrong_password_and_closed_port_are_mailbox_errors(
    mail_server: MailServer,
) -> None:
    with (
        pytest.raises(MailboxError),
        box(mail_server, mail_server.user(), password="no"),
    ):
        pass
    closed = ImapSettings("127.0.0.1", 1, "u", "p", security="none")
    with pytest.raises(MailboxError), ImapBox(closed):
        pass


def test_letter_arrives_as_it_was_written(mail_server: MailServer) -> None:
    user = mail_server.user("petrov")
    assert send(mail_server, user).outcome is Outcome.ACCEPTED
    (got,) = mail_server.inbox(user)
    assert got["Subject"] == "Ответ Bcc: all@example.org"
    assert got["Bcc"] is None
    assert got["In-Reply-To"] == "<b@x>"
    assert got["References"].split() == ["<a@x>", "<b@x>"]
    read = parse(got.as_bytes())
    assert read.text == "Яма засыпана.\n.\nС уважением"
    assert [file.name for file in read.files] == ["акт осмотра.pdf"]
    with box(mail_server, user) as opened:
        ours = message_id_for("answer:1", "mcu@mail.test")
        assert opened.holds(ours, ["No such folder", "INBOX"])
        assert not opened.holds(message_id_for("answer:2", "mcu@mail.test"), ["INBOX"])


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("550 no such user", Outcome.REFUSED_PERMANENT),
        ("451 try later", Outcome.REFUSED_TEMPORARY),
    ],
)
@pytest.mark.parametrize("stage", ["refuse_recipient", "refuse_data"])
def test_refusals_keep_their_meaning(
    mail_server: MailServer, answer: str, outcome: Outcome, stage: str
) -> None:
    setattr(mail_server.gate, stage, answer)
    result = send(mail_server, mail_server.user())
    assert (result.outcome, result.code) == (outcome, int(answer[:3]))
    assert answer[4:] in result.detail


def test_silence_after_the_text_is_unknown_not_failed(mail_server: MailServer) -> None:
    user = mail_server.user()
    mail_server.gate.vanish = True
    assert send(mail_server, user).outcome is Outcome.UNKNOWN
    assert len(mail_server.inbox(user)) == 1


def test_unreachable_server_is_temporary() -> None:
    result = SmtpSender("127.0.0.1", 1, security="none").send(
        b"x", sender="a@x", recipients=["b@x"]
    )
    assert result.outcome is Outcome.REFUSED_TEMPORARY


@pytest.mark.parametrize("recipient", ["", "nobody", "two@a.ru, three@b.ru", "a b@c.ru"])
def test_what_is_no_address_is_refused_before_sending(recipient: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        compose(OutgoingMail("k", "mcu@mail.test", recipient, "s", "t", MOMENT))
