"""An edited letter belongs to the case of the letter it edits, whichever is taken first."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from otklik.casework.appeals.models import Appeal
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.casework.intake.actions.messages import take_message
from otklik.casework.intake.jobs import take_message as job
from otklik.directory.organisation.models import Municipality
from otklik.exchange.channels.actions import accept_message
from otklik.exchange.channels.models import ChannelAccount, InboundMessage
from otklik.records.journal.queries import story_of

AT = datetime(2026, 3, 2, 7, tzinfo=UTC)


@pytest.fixture
def account(transactional_db: None) -> ChannelAccount:
    install_builtin_rules()
    town = Municipality.objects.create(slug="zarechye", name="Заречье", short_name="Заречье")
    return ChannelAccount.objects.create(municipality=town, kind="email", title="Почта")


def letters(account: ChannelAccount) -> tuple[InboundMessage, InboundMessage]:
    """A letter and its edited form, both waiting in the queue."""
    found = []
    for text in ("На Садовой яма", "На Садовой яма у дома 5"):
        with transaction.atomic():
            message, new = accept_message(
                account=account,
                external_id="<1@example>",
                kind="message",
                received_at=AT,
                raw=text.encode(),
                text=text,
                sender="petrova@example.org",
            )
        assert new
        found.append(message)
    return found[0], found[1]


def additions(appeal: Appeal) -> int:
    return story_of(appeal.pk).filter(name="MaterialsAdded").count()


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (1, 0, 1, 0), (0, 0, 1, 1)])
def test_one_case_in_any_order(account: ChannelAccount, order: tuple[int, ...]) -> None:
    pair = letters(account)
    for place in order:
        job(pair[place].pk)
    appeal = Appeal.objects.get()
    assert appeal.inbound_message_id == pair[0].pk
    assert appeal.text.startswith("На Садовой яма")
    assert additions(appeal) == 1
    cases = InboundMessage.objects.values_list("case_id", flat=True)
    assert list(cases) == [appeal.pk, appeal.pk]


def test_one_case_when_both_are_taken_at_once(account: ChannelAccount) -> None:
    pair = letters(account)
    together = threading.Barrier(2)

    def take(pk: int) -> None:
        together.wait(10)
        take_message(message_id=pk)
        connection.close()

    threads = [threading.Thread(target=take, args=[message.pk]) for message in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    appeal = Appeal.objects.get()
    assert appeal.inbound_message_id == pair[0].pk
    assert additions(appeal) == 1
