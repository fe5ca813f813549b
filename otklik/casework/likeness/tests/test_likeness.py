"""Neighbours who tell of one burst pipe find each other; a mass letter floods nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.casework.appeals.actions import NewAppeal, NewApplicant, PlaceGiven, register
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.likeness.actions import sign_texts
from otklik.casework.likeness.models import Signing, TextSignature
from otklik.casework.likeness.queries import PER_BAND, alike, candidates_of
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access, Reach
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.territory.models import House, Settlement, Street

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 2, 10, 7, tzinfo=UTC)
LETTER = "Прошу включить двор нашего дома в программу: нет парковки, площадка разбита."


class Town:
    def __init__(self, slug: str = "zarechye") -> None:
        self.place = Municipality.objects.create(
            slug=slug, name=slug, short_name=slug, region="Область", kind="district"
        )
        self.village = Settlement.objects.create(
            municipality=self.place, name="Берёзовка", kind="village"
        )
        self.street = Street.objects.create(settlement=self.village, name="Садовая")
        self.access = Access.system(self.place.pk)

    def case(self, text: str, house: str = "", hours: float = 0, **more: Any) -> Appeal:
        made = House.objects.get_or_create(
            street=self.street, number=house, defaults={"lat": 53.0, "lon": 41.0}
        )[0] if house else None  # fmt: skip
        where = PlaceGiven(
            settlement_id=self.village.pk if house else None,
            street_id=self.street.pk if house else None,
            house_id=made.pk if made else None,
        )
        new = NewAppeal(
            regime=Regime.PORTAL, channel=Channel.PORTAL, text=text, place=where,
            received_at=NOW + timedelta(hours=hours), applicant=NewApplicant(name="Иванова М. П."),
            **more,
        )  # fmt: skip
        with clock.frozen(NOW + timedelta(hours=hours)):
            return register(access=self.access, new=new)


@pytest.fixture
def town() -> Town:
    return Town()


def numbers(town: Town, case: Appeal) -> list[int]:
    return [one.appeal.pk for one in alike(town.access, case)]


def test_neighbours_of_one_burst_pipe_find_each_other(town: Town) -> None:
    burst = town.case("Прорвало трубу, вода хлещет на дорогу", "5")
    dry = town.case("Нет воды, в кране сухо с утра", "7", 2)
    town.case("Почистите снег на тротуаре", "5", 3)
    town.case("Прорвало трубу, вода хлещет на дорогу", "5", 24 * 40)
    assert numbers(town, burst) == [dry.pk]
    (found,) = alike(town.access, dry)
    assert found.verdict.reasons[0] == "соседние дома"


def test_the_same_letter_is_found_wherever_it_came_from(town: Town) -> None:
    first = town.case(LETTER, "5")
    second = town.case(LETTER.upper().replace("РАЗБИТА", "СЛОМАНА"), hours=24 * 30)
    assert numbers(town, second) == []
    assert sign_texts() == 2
    (found,) = alike(town.access, second)
    assert found.appeal.pk == first.pk
    assert found.same_text
    assert not found.verdict.same


def test_a_mass_letter_gives_a_bounded_number_of_candidates(town: Town) -> None:
    for hour in range(PER_BAND * 2):
        town.case(LETTER, hours=hour)
    sign_texts()
    case = town.case(LETTER, hours=100)
    assert len(candidates_of(case)) == PER_BAND


def test_hidden_cases_do_not_crowd_out_those_one_sees(town: Town) -> None:
    own, last = town.case(LETTER), town.case(LETTER, hours=100)
    Appeal.objects.update(body_ids=[7])
    for hour in range(PER_BAND * 2):
        town.case(LETTER, hours=hour + 1)
    sign_texts()
    narrow = Access(
        actor=Actor("person", "Руководитель"),
        municipality_id=town.place.pk,
        grants={str(Permission.VIEW_APPEALS): Reach(body_ids=frozenset([7]))},
    )
    assert [found.appeal.pk for found in alike(narrow, last)] == [own.pk]


def test_signing_goes_on_from_where_it_stopped(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("otklik.casework.likeness.actions.CHUNK", 2)
    for number in range(5):
        town.case(f"Яма у дома {number}")
    town.case("!!!")
    assert sign_texts(seconds=0) == 2
    assert sign_texts() == 3
    assert sign_texts() == 0
    assert TextSignature.objects.count() == 5


def test_another_version_signs_every_text_anew(town: Town) -> None:
    town.case("Яма у дома 5")
    sign_texts()
    Signing.objects.update(version=0)
    TextSignature.objects.update(band_1=0)
    assert sign_texts() == 1
    assert not TextSignature.objects.filter(band_1=0).exists()


def test_other_municipalities_are_not_looked_into(town: Town) -> None:
    Town("drugoe").case(LETTER, "5")
    case = town.case(LETTER, "5")
    sign_texts()
    assert candidates_of(case) == []


def test_two_queries_however_many_there_are(town: Town, django_assert_num_queries: Any) -> None:
    for number in range(1, 20):
        town.case("Нет воды, в кране сухо", str(number), number / 10)
    case = town.case("Воды нет, кран сухой", "10", 3)
    sign_texts()
    case = Appeal.objects.select_related("settlement", "street", "house").get(pk=case.pk)
    with django_assert_num_queries(2):
        assert len(alike(town.access, case)) == 8


def test_a_case_without_words_or_place_is_like_nothing(town: Town) -> None:
    assert numbers(town, town.case("!!!")) == []
