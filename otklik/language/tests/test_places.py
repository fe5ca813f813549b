"""Places of an invented municipality are found however people name them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.language.places import (
    Gazetteer,
    LandmarkName,
    PlaceFound,
    SettlementName,
    StreetName,
    find_place,
)

TOWN, SOSNOVKA, KEYS, VICTORY, OTHER_SOSNOVKA = 1, 2, 3, 4, 5
HOUSES = {str(number): (54.0 + number / 1000, 38.0) for number in range(1, 40)}
LENIN, GARDEN_TOWN, GARDEN_SOSNOVKA, GARDEN_LANE, PAVLOV, MARX, MARCH, MINERS, PEACE = range(1, 10)

GAZETTEER = Gazetteer(
    settlements=[
        SettlementName(TOWN, "Заозёрск", "город", 54.0, 38.0),
        SettlementName(SOSNOVKA, "Сосновка", "деревня", 54.1, 38.1),
        SettlementName(KEYS, "Малые Ключи", "село", 54.2, 38.2),
        SettlementName(VICTORY, "Победа", "посёлок", 54.3, 38.3),
        SettlementName(OTHER_SOSNOVKA, "Сосновка", "село", 54.4, 38.4),
    ],
    streets=[
        StreetName(LENIN, TOWN, "Ленина", "улица", HOUSES | {"12а": (54.5, 38), "5к2": (54.6, 38)}),
        StreetName(GARDEN_TOWN, TOWN, "Садовая", "улица", HOUSES),
        StreetName(GARDEN_SOSNOVKA, SOSNOVKA, "Садовая", "улица", {"3": (54.11, 38.1)}),
        StreetName(GARDEN_LANE, TOWN, "Садовый", "переулок", HOUSES),
        StreetName(PAVLOV, TOWN, "Академика Павлова", "улица", HOUSES),
        StreetName(MARX, TOWN, "Карла Маркса", "проспект", HOUSES),
        StreetName(MARCH, TOWN, "8 Марта", "улица", HOUSES),
        StreetName(MINERS, TOWN, "1-я Шахтёрская", "улица", HOUSES),
        StreetName(PEACE, TOWN, "Мира", "улица", HOUSES),
    ],
    landmarks=[LandmarkName(1, "школа № 2", 54.7, 38.7, TOWN, ("вторая школа",))],
)


def place(text: str) -> PlaceFound:
    found = find_place(text, GAZETTEER)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "street", "house"),
    [
        ("На улице Ленина, дом 5 прорвало трубу", LENIN, "5"),
        ("ул. Ленина, д. 5, кв. 12 холодно", LENIN, "5"),
        ("по Ленина 12 а яма", LENIN, "12а"),
        ("ул Ленена 12а не чистят", LENIN, "12а"),
        ("Ленина, 5 корп. 2, третий подъезд", LENIN, "5к2"),
        ("в доме 7 по улице Ленина", LENIN, "7"),
        ("пер. Садовый, 4", GARDEN_LANE, "4"),
        ("в Садовом переулке темно", GARDEN_LANE, None),
        ("улица Павлова, 10", PAVLOV, "10"),
        ("на Академика Павлова 10 лужа", PAVLOV, "10"),
        ("пр-т К. Маркса, д. 8", MARX, "8"),
        ("на проспекте Карла Маркса нет скамеек", MARX, None),
        ("ул. 8-е Марта, 6", MARCH, "6"),
        ("улица Восьмого Марта, дом 6", MARCH, "6"),
        ("ул. Шахтёрская 1-я, д. 9", MINERS, "9"),
        ("Мира 5, второй подъезд", PEACE, "5"),
        ("УЛ. ЛЕНИНА 39", LENIN, "39"),
    ],
)
def test_streets_and_houses(text: str, street: int, house: str | None) -> None:
    found = place(text)
    assert (found.street_id, found.house) == (street, house)
    assert found.lat is not None


def test_the_settlement_named_decides_between_streets_of_one_name() -> None:
    assert place("в деревне Сосновка на Садовой, 3 яма").street_id == GARDEN_SOSNOVKA
    assert place("Заозёрск, ул. Садовая, 3").street_id == GARDEN_TOWN


def test_an_unsettled_choice_is_less_certain() -> None:
    assert place("ул. Садовая, 3").confidence < place("Заозёрск, ул. Садовая, 3").confidence


@pytest.mark.parametrize(
    ("text", "settlement"),
    [
        ("у нас в Заозёрске темно", TOWN),
        ("жители заозерска ждут автобус", TOWN),
        ("д. Сосновка, нет воды", SOSNOVKA),
        ("в селе Сосновка нет воды", OTHER_SOSNOVKA),
        ("в Малых Ключах не вывозят мусор", KEYS),
        ("пос. Победа без света", VICTORY),
        ("живём в Победе", VICTORY),
        ("город Заозерск", TOWN),
    ],
)
def test_settlements_in_any_case_form(text: str, settlement: int) -> None:
    assert place(text).settlement_id == settlement


@pytest.mark.parametrize(
    "text",
    [
        "просто так без места",
        "ждём победу уже 5 дней",
        "к 8 марта обещали починить",
        "нет мира 5 дней",
        "Сосновский район",
        "Победа будет за нами",
        "",
        "5",
    ],
)
def test_everyday_words_are_no_places(text: str) -> None:
    assert find_place(text, GAZETTEER) is None


def test_landmarks_with_their_numbers_and_other_names() -> None:
    assert place("около школы № 2 лужа").landmark_id == 1
    assert place("возле 2 школы лужа").landmark_id == 1
    assert place("у второй школы темно").landmark_id == 1


def test_an_unknown_house_keeps_its_number_and_stands_by_its_neighbour() -> None:
    found = place("ул. Мира, 41")
    assert (found.house, found.lat) == ("41", HOUSES["39"][0])
    assert found.confidence < place("ул. Мира, 39").confidence


def test_the_quote_is_the_text_itself() -> None:
    text = "Добрый день! На улице Ленина, дом 5 прорвало трубу"
    found = place(text)
    assert text[found.span[0] : found.span[1]] == found.quote == "улице Ленина, дом 5"


def test_an_empty_gazetteer_finds_nothing() -> None:
    assert find_place("ул. Ленина, 5", Gazetteer([])) is None


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_is_survived(text: str) -> None:
    found = find_place(text, GAZETTEER)
    assert found is None or 0 < found.confidence <= 1


_PIECES = ["ул.", "Садовая", "5", "дом", "г.", "Заозёрск", "в", "Сосновке", "а", "к", "2", ",",
           "по", "Карла", "Маркса", "8", "Марта", "школа", "переулок", "12/3"]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=20).map(" ".join))
def test_any_order_of_address_words_is_survived(text: str) -> None:
    found = find_place(text, GAZETTEER)
    assert found is None or text[found.span[0] : found.span[1]] == found.quote
