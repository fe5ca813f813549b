"""Letters of citizens from a real IMAP server into the centre's inbox."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.base import clock
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels import actions, queries
from otklik.exchange.channels.actions import taking
from otklik.exchange.channels.models import ChannelAccount, InboundMessage
from otklik.exchange.channels.tests.conftest import Mailbox, Queue
from otklik.exchange.channels.vocabulary import Disposition, OutboundState
from otklik.exchange.vendors.mail.tests.letters import letter, report, with_file
from otklik.records.attachments.queries import content_of, files_of
from otklik.records.journal.models import Entry

PNG = b"\x89PNG\r\n\x1a\n picture"


def test_letter_becomes_a_message_and_wakes_intake_once(mailbox: Mailbox) -> None:
    raw = letter(
        "На Садовой яма".encode("koi8-r"),
        "Content-Type: text/plain; charset=windows-1251",
        "Subject: Яма",
        "From: Иванова Мария <Ivanova@example.org>",
        f"To: {mailbox.address}",
    )
    mailbox.receive(raw)
    assert mailbox.poll().new == 1
    assert mailbox.poll().new == 0
    (message,) = mailbox.letters()
    assert message.text == "На Садовой яма"
    assert (message.sender, message.sender_name) == ("ivanova@example.org", "Иванова Мария")
    assert message.addressee == mailbox.address
    assert "На Садовой яма".encode("koi8-r") in message.original
    assert abs(message.received_at - clock.now()) < timedelta(hours=1)
    assert Entry.objects.filter(name="MessageReceived", subject_id=message.pk).count() == 1
    assert mailbox.server.unseen(mailbox.address) == 0


def test_files_are_kept_and_refused_ones_named(mailbox: Mailbox) -> None:
    mailbox.receive(with_file('filename="фото ямы.png"', PNG))
    mailbox.receive(with_file('filename="счёт.exe"', b"MZ program").replace(b"<one@", b"<two@"))
    mailbox.poll()
    photo, program = mailbox.letters()
    (file,) = files_of("inbound_message", [photo.pk])
    assert (file.file_name, content_of(file), file.from_citizen) == ("фото ямы.png", PNG, True)
    assert program.text == "Посмотрите на фото."
    assert [each["name"] for each in program.file_problems] == ["счёт.exe"]


@pytest.mark.parametrize(
    ("raw", "disposition"),
    [
        (letter(b"away", "Auto-Submitted: auto-replied"), Disposition.AUTOMATIC),
        (letter(b"text", "Subject: Автоответ: в отпуске"), Disposition.AUTOMATIC),
        (letter(b"sale", "Precedence: bulk"), Disposition.AUTOMATIC),
        (report(), Disposition.BOUNCE),
    ],
    ids=["auto-submitted", "subject", "bulk", "report"],
)
def test_robots_open_no_case(mailbox: Mailbox, raw: bytes, disposition: str) -> None:
    mailbox.receive(raw)
    mailbox.poll()
    (message,) = mailbox.letters()
    assert message.disposition == disposition
    assert not Entry.objects.filter(name="MessageReceived").exists()


def test_same_letter_twice_is_one_message(mailbox: Mailbox) -> None:
    mailbox.receive(letter())
    mailbox.receive(letter(b"text", "Received: by another way"))
    result = mailbox.poll()
    assert (result.new, result.repeated) == (1, 1)


def test_other_text_under_the_same_id_is_a_revision_of_the_same_case(mailbox: Mailbox) -> None:
    mailbox.receive(letter(b"first"))
    mailbox.poll()
    actions.link_case(message_id=mailbox.letters()[0].pk, case_id=7)
    mailbox.receive(letter(b"second"))
    mailbox.poll()
    first, second = mailbox.letters()
    assert (first.text, second.text, second.revision, second.case_id) == ("first", "second", 2, 7)
    assert Entry.objects.get(name="MessageRevised").case_id == 7


def test_renumbered_mailbox_brings_nothing_twice_and_loses_nothing(mailbox: Mailbox) -> None:
    mailbox.receive(letter())
    mailbox.poll()
    mailbox.server.renumber(mailbox.address)
    mailbox.receive(letter(b"new", "Message-ID: <new@example.org>"))
    result = mailbox.poll()
    assert (result.new, result.repeated) == (1, 1)
    assert len(mailbox.letters()) == 2


def test_poisonous_letter_is_set_aside_and_the_next_is_taken(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox.receive(letter(b"poison", "Message-ID: <bad@example.org>"))
    mailbox.receive(letter(b"fine", "Message-ID: <good@example.org>"))
    real = actions.accept_message

    def explode(**given: object) -> object:
        if given["external_id"] == "<bad@example.org>":
            raise ValueError("poison")
        return real(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(taking, "accept_message", explode)
    result = mailbox.poll()
    assert (result.new, result.set_aside) == (1, 1)
    bad, good = mailbox.letters()
    assert bad.disposition == Disposition.UNREADABLE
    assert b"poison" in bad.original
    assert good.text == "fine"


def test_death_between_letters_loses_none(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        mailbox.receive(letter(b"text %d" % number, f"Message-ID: <{number}@example.org>"))
    real = actions.accept_message

    def die_at_second(**given: object) -> object:
        if given["external_id"] == "<1@example.org>":
            raise KeyboardInterrupt
        return real(**given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(taking, "accept_message", die_at_second)
        with pytest.raises(KeyboardInterrupt):
            mailbox.poll()
    assert mailbox.poll().new == 2
    assert [each.text for each in mailbox.letters()] == ["text 0", "text 1", "text 2"]


def test_raw_message_cannot_be_changed(mailbox: Mailbox) -> None:
    mailbox.receive(letter())
    mailbox.poll()
    (message,) = mailbox.letters()
    with pytest.raises(DatabaseError, match="новая редакция"):
        InboundMessage.objects.filter(pk=message.pk).update(text="другое")


def test_broken_channel_is_said_once_and_so_is_its_recovery(mailbox: Mailbox, head: Access) -> None:
    right = dict(mailbox.account.settings)
    actions.set_up_account(
        access=head, kind="email", title="Общая почта", settings={**right, "imap_port": 1}
    )
    for _ in range(5):
        assert mailbox.poll().problem
    (state,) = queries.channel_states(head, clock.now())
    assert state.account.failures == 5
    assert state.account.last_error
    assert Entry.objects.filter(name="ChannelBroken").count() == 1
    actions.set_up_account(access=head, kind="email", title="Общая почта", settings=right)
    assert mailbox.poll().problem == ""
    assert Entry.objects.filter(name="ChannelRecovered").count() == 1


def test_reply_to_our_answer_belongs_to_its_case(mailbox: Mailbox, queue: Queue) -> None:
    citizen = mailbox.server.user("ivanova")
    sent = queue(citizen)
    assert actions.deliver(sent.pk) == OutboundState.SENT
    (answer,) = mailbox.server.inbox(citizen)
    mailbox.receive(letter(b"again", f"In-Reply-To: {answer['Message-ID']}", f"From: {citizen}"))
    mailbox.poll()
    (message,) = mailbox.letters()

    def case(thread_ids: list[str], subject: str, sender: str) -> int | None:
        return queries.case_of_thread(
            mailbox.account, thread_ids=thread_ids, subject=subject, sender=sender
        )

    assert case(message.details["thread_ids"], message.subject, message.sender) == 7
    assert case([], str(answer["Subject"]), citizen) == 7
    # A stranger who has seen the mark does not get into the case by it.
    assert case([], str(answer["Subject"]), "stranger@example.org") is None
    actions.link_case(message_id=message.pk, case_id=7)
    assert case([message.external_id], "", "other@example.org") == 7


@pytest.mark.clause("novoduginsky:2.3.3")
def test_head_sees_volume_unprocessed_and_failures_of_each_channel(
    mailbox: Mailbox, head: Access, outsider: Access
) -> None:
    for number in range(3):
        mailbox.receive(letter(b"text", f"Message-ID: <{number}@example.org>"))
    mailbox.poll()
    actions.link_case(message_id=mailbox.letters()[0].pk, case_id=7)
    with CaptureQueriesContext(connection) as captured:
        (state,) = queries.channel_states(head, clock.now())
    assert len(captured) == 5
    assert (state.recent, state.unprocessed, state.unreadable) == (3, 2, 0)
    assert state.account.worked_at is not None
    assert queries.inbox(outsider).count() == 0


def test_queries_of_a_visit_do_not_grow_with_what_is_stored(mailbox: Mailbox) -> None:
    def visit(number: int) -> int:
        mailbox.receive(letter(b"text", f"Message-ID: <{number}@example.org>"))
        with CaptureQueriesContext(connection) as captured:
            mailbox.poll()
        return len(captured)

    first = visit(0)
    for number in range(1, 6):
        mailbox.receive(letter(b"text", f"Message-ID: <{number}@example.org>"))
    mailbox.poll()
    assert visit(6) == first


def test_password_is_sealed_and_settings_are_checked(mailbox: Mailbox, head: Access) -> None:
    stored = ChannelAccount.objects.get(pk=mailbox.account.pk)
    assert mailbox.server.password not in stored.secret
    assert queries.secret_of(stored) == {"password": mailbox.server.password}
    assert actions.probe_account(access=head, account_id=stored.pk).works


def test_waiting_at_the_mailbox_sees_a_letter_at_once(mailbox: Mailbox) -> None:
    assert actions.heard_accounts() == [mailbox.account.pk]
    assert actions.listen(mailbox.account.pk, 0.3) is False
    later = threading.Timer(0.5, mailbox.receive, [letter()])
    later.start()
    assert actions.listen(mailbox.account.pk, 30) is True
    later.join()
    waiting = ProcrastinateJob.objects.filter(task_name="channels.poll_account", status="todo")
    assert [job.args for job in waiting] == [{"account_id": mailbox.account.pk}]
    mailbox.poll()
    assert actions.listen(mailbox.account.pk, 0.3) is False


def test_what_came_before_the_waiting_counts_too(mailbox: Mailbox) -> None:
    mailbox.receive(letter())
    assert actions.listen(mailbox.account.pk, 30) is True
