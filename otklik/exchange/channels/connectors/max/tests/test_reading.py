"""Updates as MAX sends them, read into messages for the centre."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from otklik.exchange.channels.connectors.base import ConnectorError, Incoming
from otklik.exchange.channels.connectors.max.reading import event_name, read
from otklik.exchange.channels.vocabulary import Disposition, InboundKind
from otklik.exchange.standins.max.tests.judge import problems
from otklik.exchange.vendors.http import OutcomeUnknown
from otklik.exchange.vendors.max.errors import NotFound

PAYLOADS = Path(__file__).parent / "payloads"
NAMES = sorted(path.stem for path in PAYLOADS.glob("*.json"))


def payload(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))
    return told


class Shelf:
    """Gives every file by its address, or refuses as it is told."""

    def __init__(self, refusal: Exception | None = None) -> None:
        self.refusal = refusal

    def download(self, url: str) -> bytes:
        if self.refusal:
            raise self.refusal
        return url.encode()


def one(name: str, shelf: Shelf | None = None) -> Incoming:
    (message,) = read(payload(name), shelf or Shelf())
    return message


@pytest.mark.parametrize("name", NAMES)
def test_payloads_are_as_max_describes_them(name: str) -> None:
    assert problems("Update", payload(name)) == []


def test_a_message_to_the_bot_and_its_edit() -> None:
    first, edited = one("direct"), one("edited")

    assert first.kind == InboundKind.DIRECT
    assert (first.sender, first.sender_name) == ("max:8101", "Мария Соколова (@m_sokolova)")
    assert first.answer_to == {"chat": "70101", "message": "mid.a1"}
    assert first.received_at.timestamp() == 1781000000
    assert edited.external_id == first.external_id == "mid.a1"
    assert (first.version, edited.version) == (0, 1781000005000)
    assert edited.text.endswith("заливает подвал")


def test_files_places_and_telephones() -> None:
    assert [(each.name, each.content) for each in one("photo").files] == [
        ("фото-55.jpg", b"https://i.oneme.ru/i?r=55"),
        ("заявление.pdf", b"https://fd.oneme.ru/f?id=7"),
    ]
    assert one("location").text == "Место на карте: 55.1, 37.2\nТелефон: 79000000000"
    assert one("video").text == "Шумит\n[Видео: откройте его в MAX.]"
    forwarded = one("forward")
    assert forwarded.text == "Переслано: Третий день без света"
    assert len(forwarded.files) == 1


def test_files_that_are_gone_are_told_and_those_for_later_are_waited_for() -> None:
    gone = one("photo", Shelf(NotFound("нет")))
    assert gone.text.startswith("Вот\n\n[Файл «фото-55.jpg» MAX не отдаёт.]")
    with pytest.raises(ConnectorError):
        one("photo", Shelf(OutcomeUnknown("нет ответа")))


def test_answers_and_chats() -> None:
    reply, chat = one("reply"), one("in_chat")
    assert (reply.thread_ids, reply.quoted) == (("mid.a1",), "На Лесной, 5 прорвало трубу")
    assert chat.kind == InboundKind.COMMENT
    assert chat.answer_to["chat"] == "-68000002"


def test_what_opens_no_case() -> None:
    assert one("post").disposition == Disposition.ECHO
    assert one("by_bot").disposition == Disposition.AUTOMATIC
    assert one("start").disposition == Disposition.AUTOMATIC
    assert not read(payload("started"), Shelf())
    removed = read(payload("removed"), Shelf())
    assert {each.external_id for each in removed} == {"mid.a1"}
    assert all(each.deleted for each in removed)


def test_the_same_event_has_the_same_name() -> None:
    names = {name: event_name(payload(name)) for name in NAMES}
    assert len(set(names.values())) == len(NAMES)
    assert names["direct"] == "message_created:mid.a1:1781000005000"
    assert all(len(each) <= 200 for each in names.values())
