"""Answers leave once, and their fate is told truly."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.base import clock
from otklik.base.errors import Conflict, NotFound, Refused
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels import actions, queries
from otklik.exchange.channels.actions import delivery
from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.channels.rules.outbox import LEASE, MAX_ATTEMPTS
from otklik.exchange.channels.tests.conftest import Mailbox, Queue, states
from otklik.exchange.channels.vocabulary import OutboundState as State
from otklik.exchange.vendors.mail.tests.letters import letter, report
from otklik.records.attachments.actions import store
from otklik.records.journal.models import Entry


def told(message: OutboundMessage) -> list[str]:
    entries = Entry.objects.filter(subject="outbound_message", subject_id=message.pk)
    return list(entries.order_by("id").values_list("name", flat=True))


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'channels.deliver_outbound'"
        )
        return int(cursor.fetchone()[0])


def test_answer_arrives_with_its_file_in_the_thread(
    mailbox: Mailbox, queue: Queue, centre: Municipality
) -> None:
    citizen = mailbox.server.user("ivanova")
    mailbox.receive(letter(b"text", f"From: {citizen}", "Message-ID: <q@example.org>"))
    mailbox.poll()
    actions.link_case(message_id=mailbox.letters()[0].pk, case_id=7)
    act = store(
        municipality_id=centre.pk,
        file_name="акт осмотра.pdf",
        content=b"%PDF-1.7 act",
        subject="reply",
        subject_id=1,
    )
    message = queue(citizen, attachment_ids=[act.pk])
    assert jobs() == 1
    assert actions.deliver(message.pk) == State.SENT
    (got,) = mailbox.server.inbox(citizen)
    assert got["Subject"] == "Ответ на обращение [МЦУ-7]"
    assert got["In-Reply-To"] == "<q@example.org>"
    assert [part.get_filename() for part in got.iter_attachments()] == ["акт осмотра.pdf"]
    assert told(message) == ["MessageQueued", "MessageSent"]
    assert set(Entry.objects.filter(subject="outbound_message").values_list("case_id")) == {(7,)}


def test_delivering_again_sends_nothing(mailbox: Mailbox, queue: Queue) -> None:
    citizen = mailbox.server.user()
    message = queue(citizen)
    for _ in range(3):
        assert actions.deliver(message.pk) == State.SENT
    assert len(mailbox.server.inbox(citizen)) == 1
    assert queries.attempts_of(message.pk).count() == 1


def test_same_key_is_one_message(mailbox: Mailbox, queue: Queue) -> None:
    assert queue("a@mail.test", key="reply:5").pk == queue("a@mail.test", key="reply:5").pk
    assert jobs() == 1


def test_held_message_waits_and_can_be_undone_and_sent_anew(
    mailbox: Mailbox, queue: Queue, operator: Access
) -> None:
    citizen = mailbox.server.user()
    message = queue(citizen, key="reply:1", send_after=clock.now() + timedelta(seconds=30))
    assert message.state == State.HELD
    assert actions.deliver(message.pk) == State.HELD
    actions.undo(access=operator, message_id=message.pk)
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        assert actions.deliver(message.pk) == State.CANCELLED
        again = queue(citizen, key="reply:1", text="Исправлено.")
        assert again.pk == message.pk
        assert actions.deliver(again.pk) == State.SENT
    (got,) = mailbox.server.inbox(citizen)
    assert "Исправлено." in got.get_content()
    with pytest.raises(Conflict):
        actions.undo(access=operator, message_id=message.pk)


def test_permanent_refusal_fails_at_once_and_a_person_may_resend(
    mailbox: Mailbox, queue: Queue, operator: Access
) -> None:
    citizen = mailbox.server.user()
    message = queue(citizen)
    mailbox.server.gate.refuse_recipient = "550 no such user"
    assert actions.deliver(message.pk) == State.FAILED
    assert [each.last_error for each in queries.troubled(operator)] == ["550 no such user"]
    mailbox.server.gate.heal()
    actions.resend(access=operator, message_id=message.pk)
    assert actions.deliver(message.pk) == State.SENT
    assert told(message) == ["MessageQueued", "MessageFailed", "MessageResent", "MessageSent"]


def test_temporary_refusal_is_tried_again_with_growing_pauses_then_given_up(
    mailbox: Mailbox, queue: Queue
) -> None:
    message = queue(mailbox.server.user())
    mailbox.server.gate.refuse_data = "451 try later"
    moment = message.send_after
    pauses = []
    for _ in range(MAX_ATTEMPTS):
        with clock.frozen(moment):
            state = actions.deliver(message.pk)
        message.refresh_from_db()
        pauses.append(message.send_after - moment)
        moment = message.send_after
    assert state == State.FAILED
    assert pauses[:-1] == sorted(pauses[:-1])
    assert min(pauses[:-1]) >= timedelta(minutes=1)
    assert told(message) == ["MessageQueued", "MessageFailed"]


def test_silence_is_unconfirmed_and_never_repeated_by_itself(
    mailbox: Mailbox, queue: Queue, operator: Access
) -> None:
    citizen = mailbox.server.user()
    message = queue(citizen)
    mailbox.server.gate.vanish = True
    assert actions.deliver(message.pk) == State.UNCONFIRMED
    mailbox.server.gate.heal()
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert actions.sweep_outbox() == 0
        assert actions.deliver(message.pk) == State.UNCONFIRMED
        assert actions.reconcile(message.pk) == State.UNCONFIRMED
    assert len(mailbox.server.inbox(citizen)) == 1
    assert [each.pk for each in queries.troubled(operator)] == [message.pk]


def test_copy_to_ourselves_confirms_what_was_not_answered(
    mailbox: Mailbox, queue: Queue, head: Access
) -> None:
    settings = {**mailbox.account.settings, "copy_to_self": True}
    actions.set_up_account(access=head, kind="email", title="Общая почта", settings=settings)
    citizen = mailbox.server.user()
    mailbox.server.gate.vanish = True
    first, second = queue(citizen), queue(citizen)
    for message in (first, second):
        assert actions.deliver(message.pk) == State.UNCONFIRMED
    # Asked for by the job, and noticed by the reader of the mailbox.
    assert actions.reconcile(first.pk) == State.SENT
    assert mailbox.poll().new == 0
    second.refresh_from_db()
    assert second.state == State.SENT
    assert told(second) == ["MessageQueued", "MessageUnconfirmed", "MessageSent"]


def test_death_after_sending_leaves_it_unconfirmed_not_sent_twice(
    mailbox: Mailbox, queue: Queue, monkeypatch: pytest.MonkeyPatch
) -> None:
    citizen = mailbox.server.user()
    message = queue(citizen)

    def die(*_: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(delivery, "_conclude", die)
        with pytest.raises(KeyboardInterrupt):
            actions.deliver(message.pk)
    assert actions.deliver(message.pk) == State.SENDING
    assert actions.sweep_outbox() == 0
    with clock.frozen(clock.now() + LEASE + timedelta(seconds=1)):
        assert actions.sweep_outbox() == 1
        assert actions.deliver(message.pk) == State.UNCONFIRMED
    assert len(mailbox.server.inbox(citizen)) == 1


def test_forgotten_job_is_taken_up_again(mailbox: Mailbox, queue: Queue) -> None:
    queue(mailbox.server.user())
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        assert actions.sweep_outbox() == 1
    assert jobs() == 2


def test_returned_letter_is_a_failure_of_the_message(mailbox: Mailbox, queue: Queue) -> None:
    citizen = mailbox.server.user()
    message = queue(citizen)
    actions.deliver(message.pk)
    message.refresh_from_db()
    mailbox.receive(report().replace(b"<otklik.abc@mail.test>", message.external_id.encode()))
    mailbox.poll()
    message.refresh_from_db()
    assert message.state == State.FAILED
    assert "550 no such user" in message.last_error


def test_answer_on_the_citizens_page_is_delivered_at_once(queue: Queue) -> None:
    message = queue(channel="portal")
    assert actions.deliver(message.pk) == State.DELIVERED


@pytest.mark.parametrize("recipient", ["", "нет почты"])
def test_letter_to_nowhere_is_refused_in_russian(
    mailbox: Mailbox, queue: Queue, recipient: str
) -> None:
    with pytest.raises(Refused, match="адрес электронной почты"):
        queue(recipient)


def test_centre_without_a_mailbox_is_told_what_to_do(queue: Queue) -> None:
    with pytest.raises(Refused) as refused:
        queue("a@mail.test")
    assert "Подключите канал" in refused.value.mend


def test_other_municipality_neither_sees_nor_touches(
    mailbox: Mailbox, queue: Queue, neighbour: Municipality
) -> None:
    message = queue(mailbox.server.user())
    other = Access.system(neighbour.pk)
    assert states(other) == []
    with pytest.raises(NotFound):
        actions.undo(access=other, message_id=message.pk)


def test_list_of_troubles_costs_one_query(mailbox: Mailbox, queue: Queue, operator: Access) -> None:
    mailbox.server.gate.refuse_recipient = "550 no"
    for _ in range(4):
        actions.deliver(queue(mailbox.server.user()).pk)
    with CaptureQueriesContext(connection) as captured:
        assert len(list(queries.troubled(operator))) == 4
    assert len(captured) == 1
