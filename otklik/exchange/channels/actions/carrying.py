"""Answers that people carry into other systems: the file of them and the mark of being placed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import xlsxwriter
from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Refused
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.actions.outbound import locked
from otklik.exchange.channels.connectors.registry import connector
from otklik.exchange.channels.events import AnswersExported, MessagePublished
from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.channels.queries import to_carry
from otklik.exchange.channels.rules.tables import neutral
from otklik.exchange.channels.vocabulary import ChannelKind, Delivery, OutboundState, Purpose
from otklik.records.journal.actions import record

HEADER = ("Номер", "Ответ", "Дата ответа", "Статус")
Format = Literal["xlsx", "csv"]
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class AnswersFile:
    """A ready file; `message_ids` are the answers in it."""

    name: str
    content: bytes
    content_type: str
    message_ids: tuple[int, ...]


@transaction.atomic
def export_answers(*, access: Access, kind: str, form: Format = "xlsx") -> AnswersFile:
    """Answers that wait to be carried into a system, as a table (ust-kubinsky:4.7.1).

    Columns: number in that system, answer, date, status. Answers stay in the list until somebody
    marks them as placed, so a lost file costs nothing. Raises Refused when there are none.
    """
    access = access.require_any(Permission.SEND)
    channel = ChannelKind(kind)
    found = to_carry(access, channel).filter(purpose=Purpose.ANSWER)
    messages = list(found.select_for_update())
    if not messages:
        raise Refused(
            f"Для канала «{channel.label}» нет ответов, которые ждут размещения.",
            "Ответ появится здесь после подписания и отправки.",
        )
    now = clock.now()
    ids = tuple(message.pk for message in messages)
    OutboundMessage.objects.filter(pk__in=ids).update(exported_at=now)
    record(
        AnswersExported(subject_id=0, channel=channel, message_ids=ids),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    zone = Municipality.objects.get(pk=access.municipality_id).tz
    rows = [_row(message, message.created_at.astimezone(zone).date()) for message in messages]
    write = _xlsx if form == "xlsx" else _csv
    name = f"ответы-{channel.value}-{now.astimezone(zone):%Y-%m-%d-%H%M}.{form}"
    return AnswersFile(name, write(rows), CONTENT_TYPES[form], ids)


@transaction.atomic
def mark_published(*, access: Access, message_id: int, external_url: str = "") -> OutboundMessage:
    """A person has placed the answer in its channel, or handed or posted it (dedovichi:13.5).

    Raises Conflict when the message does not wait for a person; Refused for a bad address.
    """
    access = access.require_any(Permission.SEND)
    if external_url and not external_url.startswith(("https://", "http://")):
        raise Refused(
            "Адрес размещения начинается не с «https://».",
            "Скопируйте адрес из строки браузера целиком.",
        )
    message = locked(access, message_id)
    if message.state != OutboundState.TO_CARRY:
        raise Conflict(f"Отметить нельзя: сообщение в состоянии «{message.get_state_display()}».")
    by_file = connector(message.channel).capabilities.delivery == Delivery.BY_FILE
    placed = by_file or message.channel != ChannelKind.PAPER
    message.state = OutboundState.DELIVERED if placed else OutboundState.SENT
    message.sent_at, message.external_url = clock.now(), external_url
    message.save(update_fields=["state", "sent_at", "external_url"])
    record(
        MessagePublished(
            subject_id=message.pk,
            case_id=message.case_id,
            channel=message.channel,
            purpose=message.purpose,
            recipient=message.recipient,
            url=external_url,
        ),
        actor=access.actor,
        municipality_id=message.municipality_id,
    )
    return message


def _row(message: OutboundMessage, answered_on: object) -> tuple[str, str, str, str]:
    number = str(message.reply_to[0]) if message.reply_to else ""
    return number, message.text, f"{answered_on:%d.%m.%Y}", "Ответ подготовлен"


def _xlsx(rows: Sequence[tuple[str, ...]]) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("Ответы")
        # The quote prefix keeps «=…» a text even after somebody edits the cell.
        plain = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        for column, title in enumerate(HEADER):
            sheet.write_string(0, column, title, book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                sheet.write_string(number, column, value, plain)
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 90)
        sheet.set_column(2, 3, 18)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _csv(rows: Iterable[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(HEADER)
    writer.writerows([neutral(value) for value in row] for row in rows)
    # With the mark at the start Excel reads UTF-8 as such.
    return out.getvalue().encode("utf-8-sig")
