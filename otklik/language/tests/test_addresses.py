"""Addresses are read as people write them and resolved with a reason; the gold messages say how
well."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.config.cli.language import language
from otklik.language.places import Accuracy, Address, Gazetteer, find_addresses, load_gazetteer
from otklik.language.places.evaluation import Evaluation, evaluate, table
from otklik.language.places.finding import MAX_CHARS
from otklik.language.places.gold import FOLDER, HELD_OUT, TUNED, messages

TOWN = load_gazetteer(FOLDER / "gazetteer_town.json")
OKRUG = load_gazetteer(FOLDER / "gazetteer_okrug.json")
KEYS, VICTORY = 2, 7


def only(text: str, gazetteer: Gazetteer = TOWN, hint: int | None = None) -> Address:
    found = find_addresses(text, gazetteer, hint=hint)
    assert len(found) == 1, found
    return found[0]


@pytest.fixture(scope="module", params=[TUNED, HELD_OUT], ids=["tuned", "held out"])
def evaluation(request: pytest.FixtureRequest) -> Evaluation:
    path: Path = request.param
    return evaluate(path)


def test_the_gold_messages_hold_the_bars(evaluation: Evaluation) -> None:
    shown = "\n".join(table(evaluation))
    assert evaluation.scores["houses"].f1 >= 0.90, shown
    assert evaluation.scores["streets"].f1 >= 0.93, shown
    assert evaluation.scores["settlements"].f1 >= 0.93, shown
    assert evaluation.scores["spans"].f1 >= 0.85, shown


def test_messages_without_a_place_stay_so(evaluation: Evaluation) -> None:
    assert evaluation.silent >= 0.95 * evaluation.empty


def test_the_gold_messages_are_many_and_none_repeats() -> None:
    texts = [item for path in (TUNED, HELD_OUT) for item in messages(path)]
    assert len({item.text for item in texts}) == len(texts) >= 400
    assert sum(not item.wanted.spans for item in texts) >= 60


def test_a_house_of_the_gazetteer_stands_where_it_stands() -> None:
    found = only("На ул. Ленина, д. 5, кв. 12, 3 этаж, 2 подъезд нет воды")
    assert (found.house, found.house_known, found.accuracy) == ("5", True, Accuracy.HOUSE)
    assert (found.flat, found.floor, found.entrance) == ("12", "3", "2")
    assert (found.lat, found.lon) == TOWN.streets[found.street_id or 0].houses["5"]


def test_a_missing_house_is_put_by_its_neighbours_and_is_less_sure() -> None:
    known, missing = only("ул. Ленина, д. 119"), only("ул. Ленина, д. 121")
    assert missing.house == "121"
    assert not missing.house_known
    assert missing.accuracy is Accuracy.STREET
    assert missing.confidence < known.confidence
    between = only("Ленина 12 корпус 5")
    assert between.accuracy is Accuracy.BETWEEN
    assert (between.lat, between.lon) == TOWN.streets[between.street_id or 0].houses["12"]


def test_a_crossing_lies_between_its_streets() -> None:
    one, other = find_addresses("На перекрёстке Ленина и Мира нет света", TOWN)
    assert (one.crossing, other.crossing) == ("Мира", "Ленина")
    assert one.accuracy is Accuracy.CROSSING
    assert (one.lat, one.lon) == (other.lat, other.lon)


def test_one_street_of_many_villages_is_reported_with_its_candidates() -> None:
    found = only("Садовая 3, нет света", OKRUG)
    assert found.street_id is found.settlement_id is None
    assert len(found.candidates) == 5
    assert found.confidence <= 0.3
    assert "несколько: 5" in found.reason


@pytest.mark.parametrize(
    ("text", "hint", "settlement", "reason"),
    [
        ("Садовая 3, деревня Ключи", None, KEYS, "назван в тексте"),
        ("Садовая 3", KEYS, KEYS, "заявителя"),
        ("Рабочая 13", None, VICTORY, "только там"),
    ],
)
def test_why_a_settlement_is_chosen(
    text: str, hint: int | None, settlement: int, reason: str
) -> None:
    found = only(text, OKRUG, hint)
    assert found.settlement_id == settlement
    assert reason in found.reason


def test_without_a_gazetteer_the_words_are_told() -> None:
    found = find_addresses("В селе Дальнем на улице Малиновой, дом 5 к. 2, темно")
    assert [(a.settlement, a.street, a.house, a.street_id) for a in found] == [
        ("Дальнем", "Малиновой", "5к2", None)
    ]


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("Ленина д.12 к.2 стр 1", "12к2с1"),
        ("ул. Ленина, дом № 7, литера Б", "7б"),
        ("yf ekbwt Ktybyf 5 ytn djls", "5"),
        ("ul. Lenina 5, net vody", "5"),
        ("ул. Лeнинa, 5", "5"),
    ],
    ids=["parts", "letter", "layout", "Latin", "look-alikes"],
)
def test_ways_to_write_one_street(text: str, house: str) -> None:
    found = only(text)
    assert (found.street, found.house) == ("Ленина", house)
    assert text[found.span[0] : found.span[1]] == found.quote


def test_kilometres_and_landmarks() -> None:
    road = only("автодорога Лесогорский — Борисово, км 14+300, яма", OKRUG)
    assert (road.road, road.km) == ("Лесогорский — Борисово", "14+300")
    school = only("напротив школы № 2 лужа")
    assert (school.landmark, school.accuracy) == ("школа № 2", Accuracy.LANDMARK)
    beside = only("улица Кирова, напротив парка Победы")
    assert (beside.street, beside.landmark) == ("Кирова", "парк Победы")


@pytest.mark.parametrize(
    "text",
    [
        "а" * 10**6,
        "\0" * 10**6,
        "😀" * 100_000,
        "\u202eул. Ленина 5 " * 60_000,
        "Ленина, " * 125_000,
        "12 км дорога «" * 70_000,
        "1/" * 500_000,
        "дом 5, " * 140_000,
        "УЛ. " * 250_000,
    ],
    ids=[
        "word",
        "nulls",
        "emoji",
        "right-to-left",
        "names",
        "roads",
        "fractions",
        "houses",
        "kinds",
    ],
)
def test_monsters_are_survived(text: str) -> None:
    assert all(found.span[1] <= MAX_CHARS for found in find_addresses(text, TOWN))


_PIECES = ["ул.", "Садовая", "5", "дом", "г.", "Старозёрск", "в", "Северном", "а", "к", "2", ",",
           "по", "Карла", "Маркса", "8", "Марта", "школа", "переулок", "12/3", "и", "-", "между",
           "домами", "с", "км", "дороги", "М-5", "линия", "1-я", "(", ".", "\n"]  # fmt: skip


@settings(deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(_PIECES)).map(" ".join)))
def test_any_text_is_survived(text: str) -> None:
    for found in find_addresses(text, TOWN):
        assert text[found.span[0] : found.span[1]] == found.quote != ""
        assert 0 < found.confidence < 1


def run(*words: str) -> str:
    result = CliRunner().invoke(language, ["addresses", *words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_the_command_prints_finds_of_a_table(tmp_path: Path) -> None:
    file = tmp_path / "письма.csv"
    file.write_text("№;Текст обращения\n1;Яма на ул. Ленина, 5\n2;Спасибо!\n", encoding="cp1251")
    said = run(str(file), "--gazetteer", str(FOLDER / "gazetteer_town.json"))
    assert "2: «ул. Ленина, 5» → Старозёрск, улица Ленина, дом\u00a05" in said
    assert "Текстов: 2, найдено адресов: 1." in said
    told = json.loads(run(str(file), "--text", "Текст обращения", "--json"))
    assert (told["row"], told["street"], told["house"]) == (2, "Ленина", "5")


def test_the_command_reads_plain_text_by_lines(tmp_path: Path) -> None:
    file = tmp_path / "письма.txt"
    file.write_text("Темно на улице Гагарина\n\nСпасибо\n", encoding="utf-8")
    assert "1: «улице Гагарина» → улица Гагарина" in run(str(file))
