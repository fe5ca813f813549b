"""Answers carried into ПОС and «Инцидент менеджмент» in a file."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from otklik.base.errors import Conflict, Forbidden, Refused
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels import actions, queries
from otklik.exchange.channels.connectors.registry import connector, registered
from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.channels.tests.conftest import Queue
from otklik.exchange.channels.vocabulary import ChannelKind, Delivery
from otklik.exchange.channels.vocabulary import OutboundState as State
from otklik.records.journal.models import Entry


def ready(queue: Queue, channel: str, number: str, text: str = "Яма засыпана.") -> OutboundMessage:
    message = queue(channel=channel, reply_to=[number], text=text)
    assert actions.deliver(message.pk) == State.TO_CARRY
    return message


def cells(content: bytes) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return list(book.worksheets[0].values)


@pytest.mark.clause("dedovichi:13.5")
@pytest.mark.clause("ust-kubinsky:4.6.v.4")
def test_answers_go_into_a_file_and_stay_ready_until_marked(queue: Queue, operator: Access) -> None:
    first = ready(queue, "pos", "ПОС-101")
    ready(queue, "pos", "ПОС-102", "Свет включён.")
    ready(queue, "incident", "9001")
    file = actions.export_answers(access=operator, kind="pos")
    header, *rows = cells(file.content)
    assert header == ("Номер", "Ответ", "Дата ответа", "Статус")
    assert [row[:2] for row in rows] == [
        ("ПОС-101", "Яма засыпана."),
        ("ПОС-102", "Свет включён."),
    ]
    assert queries.to_carry(operator, "pos").count() == 2
    done = actions.mark_published(
        access=operator, message_id=first.pk, external_url="https://pos.example.org/101"
    )
    assert (done.state, done.external_url) == (State.DELIVERED, "https://pos.example.org/101")
    assert done.sent_at is not None
    assert [each.reply_to for each in queries.to_carry(operator, "pos")] == [["ПОС-102"]]
    story = Entry.objects.filter(case_id=7, subject_id=first.pk).order_by("-id").first()
    assert story is not None
    assert story.sentence == "Ответ размещён: «ПОС», https://pos.example.org/101"


@pytest.mark.parametrize("text", ["=1+1", "+7 900", "-5", "@SUM(A1)", "\t=1", " =1"])
def test_formulas_are_only_text(queue: Queue, operator: Access, text: str) -> None:
    ready(queue, "incident", "=cmd|' /C calc'!A0", text)
    table = actions.export_answers(access=operator, kind="incident", form="csv").content
    row = list(csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";"))[1]
    assert row[0].startswith("'=")
    assert row[1] == f"'{text}"
    sheet = actions.export_answers(access=operator, kind="incident").content
    cell = openpyxl.load_workbook(io.BytesIO(sheet)).worksheets[0]["B2"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.quotePrefix


def test_nothing_to_carry_is_said_plainly(operator: Access) -> None:
    with pytest.raises(Refused, match="нет ответов"):
        actions.export_answers(access=operator, kind="pos")


def test_outsider_carries_nothing(queue: Queue, outsider: Access) -> None:
    message = ready(queue, "pos", "1")
    with pytest.raises(Forbidden):
        actions.export_answers(access=outsider, kind="pos")
    with pytest.raises(Forbidden):
        actions.mark_published(access=outsider, message_id=message.pk)
    assert list(queries.to_carry(outsider)) == []


def test_marking_twice_or_with_a_strange_address_is_refused(queue: Queue, operator: Access) -> None:
    message = ready(queue, "paper", "")
    with pytest.raises(Refused):
        actions.mark_published(
            access=operator, message_id=message.pk, external_url="javascript:alert(1)"
        )
    assert actions.mark_published(access=operator, message_id=message.pk).state == State.SENT
    with pytest.raises(Conflict):
        actions.mark_published(access=operator, message_id=message.pk)


@pytest.mark.clause("ust-kubinsky:4.7.3")
def test_further_channel_is_connected_by_configuration_and_the_decision_recorded(
    head: Access, operator: Access, queue: Queue
) -> None:
    with pytest.raises(Forbidden):
        actions.set_up_account(access=operator, kind="active_citizen", title="Голосования района")
    actions.set_up_account(
        access=head,
        kind="active_citizen",
        title="Голосования района",
        basis="решение руководителя от 02.03.2026",
    )
    entry = Entry.objects.get(name="ChannelSetUp")
    assert "решение руководителя от 02.03.2026" in entry.sentence
    message = ready(queue, "active_citizen", "АГ-12")
    assert actions.mark_published(access=operator, message_id=message.pk).state == State.DELIVERED


def test_every_folder_of_connectors_serves_one_kind() -> None:
    assert set(registered()) == set(ChannelKind.values)
    assert connector(ChannelKind.TELEGRAM).capabilities.delivery == Delivery.AUTOMATIC
    assert connector(ChannelKind.PAPER).capabilities.delivery == Delivery.BY_HAND


def test_wrong_settings_are_named_in_russian(head: Access) -> None:
    with pytest.raises(Refused) as refused:
        actions.set_up_account(
            access=head,
            kind="email",
            title="Почта",
            settings={"address": "не адрес", "imap_host": "x", "imap_port": 99999},
        )
    assert "«Адрес ящика», «Порт IMAP»" in str(refused.value)
