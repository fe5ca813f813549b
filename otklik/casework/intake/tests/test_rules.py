"""Columns, dates and words of other systems, understood without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.base.errors import Refused
from otklik.base.tables import Cell, Row
from otklik.casework.appeals.vocabulary import Channel, Status
from otklik.casework.intake.rules import (
    BadDateError,
    Field,
    RowReader,
    channel_of,
    closing_status,
    columns_of,
    guess,
    parse_moment,
    sure,
)

MOSCOW = ZoneInfo("Europe/Moscow")
NOW = datetime(2024, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "cell",
    [
        "05.03.2024 13:05",
        "5.3.2024, 13:05",
        "05/03/2024 13:05:00",
        "05.03.24 13:05",
        "2024-03-05T13:05:00",
        "2024-03-05 13:05:00.000",
        "2024-03-05T10:05:00Z",
        "2024-03-05T15:05:00+05:00",
        "5 марта 2024 г. 13:05",
        "5 мар. 2024 года в 13:05",
        datetime(2024, 3, 5, 13, 5),
        45356.545139,
        "45356,545139",
    ],
)
def test_one_moment_in_many_spellings(cell: Cell) -> None:
    moment = parse_moment(cell, MOSCOW)
    assert moment is not None
    assert abs(moment - datetime(2024, 3, 5, 13, 5, tzinfo=MOSCOW)) < timedelta(seconds=1)


@pytest.mark.parametrize(
    "cell",
    [
        "вчера",
        "31.02.2024",
        "00.00.0000",
        "13.13.2024",
        7.0,
        "2024",
        "5 мартобря 2024",
        "01.01.1700",
    ],
)
def test_what_is_no_date_is_refused(cell: Cell) -> None:
    with pytest.raises(BadDateError):
        parse_moment(cell, MOSCOW)


@given(st.dates(date(1990, 1, 2), date(2099, 12, 30)))
def test_every_day_is_read_back(day: date) -> None:
    for text in (f"{day:%d.%m.%Y}", day.isoformat()):
        moment = parse_moment(text, MOSCOW)
        assert moment is not None
        assert moment.date() == day


def test_usual_headers_are_known() -> None:
    headers = (
        "№ п/п", "Номер сообщения", "Дата создания", "Группа тем", "Тема", "Текст инцидента",
        "Ответственный исполнитель", "Плановый срок", "Дата закрытия", "Итог",
    )  # fmt: skip
    found = sure(guess(headers, []), headers)
    assert found == {
        "number": "Номер сообщения",
        "received_at": "Дата создания",
        "topic_group": "Группа тем",
        "topic": "Тема",
        "text": "Текст инцидента",
        "body": "Ответственный исполнитель",
        "due_at": "Плановый срок",
        "answered_at": "Дата закрытия",
        "status": "Итог",
    }


def test_unknown_headers_are_guessed_from_what_stands_below() -> None:
    rows = [
        Row(
            n,
            [f"А-{n}", "Очень длинный рассказ о том, что случилось во дворе " * 3, f"{n}.03.2024"],
        )
        for n in (1, 2, 3)
    ]
    offers = {g.field: g.column for g in guess(("а", "б", "в"), rows)}
    assert offers[Field.TEXT] == 1
    assert offers[Field.NUMBER] == 0
    assert offers[Field.RECEIVED_AT] == 2


def test_columns_by_name_and_by_letter() -> None:
    found = columns_of({"text": "Б", "number": "A", "body": "нет"}, ("а", "б", "в"))
    assert found.at == {Field.TEXT: 1, Field.NUMBER: 0}
    assert "«нет»" in found.notes[0]
    with pytest.raises(Refused, match="Не указано"):
        columns_of({"number": "а"}, ("а", "б"))


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Ответ дан", Status.ANSWERED),
        ("Решено", Status.ANSWERED),
        ("Опубликован", Status.ANSWERED),
        ("Отклонено", Status.LEFT),
        ("Перенаправлено", Status.FORWARDED),
        ("На согласовании ответа", None),
        ("В работе", None),
        ("Не решено", None),
        ("Решаемый", None),
    ],
)
def test_states_of_other_systems(words: str, status: Status | None) -> None:
    assert closing_status(words) == status


def test_channels_of_other_systems() -> None:
    assert channel_of("ВКонтакте, группа района") == Channel.VK
    assert channel_of("Госуслуги. Решаем вместе") == Channel.POS
    assert channel_of("голубиная почта") == Channel.EMAIL
    assert channel_of("неведомо") is None


def read(cells: dict[Field, Cell]) -> tuple[object, list[str]]:
    columns = {field: index for index, field in enumerate(cells)}
    headers = [field.label for field in cells]
    row, problems = RowReader(columns, headers, MOSCOW, NOW).read(Row(2, list(cells.values())))
    return row, [problem.reason for problem in problems]


def test_social_network_markup_is_taken_off() -> None:
    row, _ = read({Field.TEXT: "[id17|Мария], двор<br>тёмный\x00"})
    assert getattr(row, "text", "") == "Мария, двор\nтёмный"


def test_place_is_put_together_from_its_parts() -> None:
    row, _ = read(
        {
            Field.TEXT: "а",
            Field.SETTLEMENT: "с. Ольховка",
            Field.STREET: "ул. Садовая",
            Field.HOUSE: 4.0,
        }
    )
    assert getattr(row, "place", "") == "с. Ольховка, ул. Садовая, д. 4"


def test_bad_extras_are_remarked_and_the_row_stays() -> None:
    row, reasons = read({Field.TEXT: "а", Field.SCORE: "отлично", Field.DUE_AT: "скоро"})
    assert row is not None
    assert len(reasons) == 2


def test_a_message_from_the_future_is_refused() -> None:
    row, reasons = read({Field.TEXT: "а", Field.RECEIVED_AT: "05.06.2024"})
    assert row is None
    assert "в будущем" in reasons[0]
