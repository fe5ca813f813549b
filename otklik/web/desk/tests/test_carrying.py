"""«Перенести в систему»: what waits, where it goes, and the mark when it stands there."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.intake.models import ExternalRecord
from otklik.exchange.channels.actions import set_up_account
from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.channels.vocabulary import ChannelKind, OutboundState, Purpose
from otklik.records.journal.queries import story_of
from otklik.web.desk.tests.conftest import Centre, Person

FileAppeal = Callable[..., Appeal]
PAGE = "/desk/replies/carry/"


@pytest.fixture
def answer(centre: Centre, file_appeal: FileAppeal) -> Callable[..., OutboundMessage]:
    def make(
        number: str, channel: str = "pos", days: int = 0, link: str = "", text: str = "Сделали."
    ) -> OutboundMessage:
        case = file_appeal(f"Яма у дома {number}")
        if link:
            ExternalRecord.objects.create(appeal=case, link=link, said_at=clock.now())
        moment = clock.now() - timedelta(days=days)
        return OutboundMessage.objects.create(
            municipality=centre.municipality, case_id=case.pk, channel=channel, text=text,
            purpose=Purpose.ANSWER, state=OutboundState.TO_CARRY, send_after=moment, key=number,
            created_at=moment, created_label="Оператор", reply_to=[number], subject=case.number,
        )  # fmt: skip

    return make


@pytest.mark.clause("tuapse:3.1.8")
def test_an_answer_is_copied_opened_there_and_marked(
    centre: Centre, answer: Callable[..., OutboundMessage]
) -> None:
    message = answer("И-7", "incident", days=2, link="https://vk.com/wall-1_2", text="Заделали «5»")
    client = centre.operator.client
    page = client.get(PAGE).content.decode()
    assert 'data-copy="И-7"' in page
    assert 'data-copy="Заделали «5»"' in page
    assert 'href="https://vk.com/wall-1_2"' in page
    assert 'rel="noopener noreferrer"' in page
    client.post(f"{PAGE}{message.pk}/placed/")
    message.refresh_from_db()
    assert message.state == OutboundState.DELIVERED
    placed = story_of(message.case_id or 0).get(name="MessagePublished")
    assert "Сидорова" in placed.actor_label
    assert "Всё размещено" in client.get(PAGE).content.decode()
    again = client.post(f"{PAGE}{message.pk}/placed/", follow=True).content.decode()
    assert "Отметить нельзя" in again


def test_counters_by_system_and_the_oldest_first(
    centre: Centre, setter: Person, answer: Callable[..., OutboundMessage]
) -> None:
    set_up_account(access=setter.access, kind=ChannelKind.POS, title="ПОС",
                   settings={"link": "https://pos.example.test/m/{number}"})  # fmt: skip
    answer("П-1", days=1)
    answer("П-2", days=5)
    answer("И-1", "incident", days=3)
    client = centre.operator.client
    page = client.get(PAGE)
    groups = page.context["groups"]
    assert [(g.kind, g.count) for g in groups] == [("pos", 2), ("incident", 1)]
    assert [row.number for row in page.context["waiting"]] == ["П-2", "И-1", "П-1"]
    assert "https://pos.example.test/m/П-2" in page.content.decode()
    only = client.get(PAGE + "?channel=incident")
    assert [row.number for row in only.context["waiting"]] == ["И-1"]


def test_a_file_is_carried_over_and_marked_as_a_whole(
    centre: Centre, answer: Callable[..., OutboundMessage]
) -> None:
    answer("П-1")
    answer("П-2")
    client = centre.operator.client
    made = client.post(PAGE, {"channel": "pos"})
    rows = list(openpyxl.load_workbook(io.BytesIO(made.content)).worksheets[0].values)
    assert [row[0] for row in rows[1:]] == ["П-1", "П-2"]
    late = answer("П-3")
    client.post(f"{PAGE}file/placed/", {"channel": "pos"})
    left = OutboundMessage.objects.filter(state=OutboundState.TO_CARRY)
    assert [one.pk for one in left] == [late.pk]


def test_who_may_not_send_has_no_such_list(centre: Centre) -> None:
    assert centre.executor.client.get(PAGE).status_code == 403
    assert (
        "Перенести в систему"
        not in centre.executor.client.get(reverse("desk:replies")).content.decode()
    )
