"""Steps of an answer that several tests of the desk walk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pypdfium2
from django.test import Client
from django.urls import reverse

from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.replies.actions import (
    approve_reply,
    save_draft,
    submit,
)
from otklik.casework.replies.models import Reply
from otklik.web.desk.tests.conftest import Centre

FileAppeal = Callable[..., Appeal]

NOON = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TICKED = {"on_point": True, "all_questions": True, "facts_checked": True}
GOOD = (
    "Яму на улице Садовой бригада заделала 5 марта 2026 года, качество работ проверил мастер "
    "участка.\nСпасибо, что сообщили."
)


def given(centre: Centre, appeal: Appeal) -> Appeal:
    assign_executor(access=centre.head.access, appeal_id=appeal.pk, body_id=centre.roads.pk)
    return appeal


def signed(centre: Centre, appeal: Appeal, text: str = GOOD, **more: Any) -> Reply:
    save_draft(
        access=centre.executor.access, appeal_id=appeal.pk, text=text, confirmed=TICKED, **more
    )
    reply = submit(access=centre.executor.access, appeal_id=appeal.pk)
    approve_reply(access=centre.head.access, reply_id=reply.pk)
    return approve_reply(access=centre.head.access, reply_id=reply.pk)


def page(client: Client, name: str, **keys: Any) -> str:
    answer = client.get(reverse(name, kwargs=keys))
    assert answer.status_code == 200
    return plain(answer.content)


def plain(content: bytes) -> str:
    return content.decode().replace("\u00a0", " ")


def pdf_text(content: bytes) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(content)
    return [
        document[n].get_textpage().get_text_range().replace("\u00a0", " ")
        for n in range(len(document))
    ]
