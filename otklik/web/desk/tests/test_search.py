"""The search field of the list: word forms, numbers, slips of the pen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from otklik.casework.appeals.actions.words import gather_words
from otklik.casework.appeals.models import Appeal, Word
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.directory.organisation.models import Municipality
from otklik.web.desk.tests.conftest import Centre

pytestmark = pytest.mark.django_db
SIMILAR = "похожие по написанию"


def found(client: Client, words: str) -> str:
    return client.get("/desk/appeals/", {"q": words}).content.decode()


@pytest.mark.parametrize("words", ["асвещение", "освищения", "осещение", "уличнае асвещение"])
def test_a_slip_of_the_pen_finds_the_word(
    centre: Centre, file_appeal: Callable[..., Appeal], words: str
) -> None:
    meant = file_appeal("Третью неделю нет уличного освещения у школы")
    other = file_appeal("Просим отремонтировать крышу клуба")
    gather_words()
    page = found(centre.operator.client, words)
    assert SIMILAR in page
    assert meant.number in page
    assert other.number not in page


def test_every_word_must_be_near(centre: Centre, file_appeal: Callable[..., Appeal]) -> None:
    meant = file_appeal("Нет освещения у школы")
    gather_words()
    assert meant.number not in found(centre.operator.client, "асвещение бегемотов")


def test_an_exact_word_wins_over_a_similar_one(
    centre: Centre, file_appeal: Callable[..., Appeal]
) -> None:
    exact, near = file_appeal("Сломан забор у парка"), file_appeal("Сломан затор у реки")
    gather_words()
    page = found(centre.operator.client, "забор")
    assert SIMILAR not in page
    assert exact.number in page
    assert near.number not in page


def test_words_of_a_neighbour_lead_nowhere(
    centre: Centre, file_appeal: Callable[..., Appeal]
) -> None:
    file_appeal("Нет освещения у школы")
    gather_words()
    place = Municipality.objects.create(slug="next", name="Соседний округ", short_name="Сосед")
    Appeal.objects.update(municipality=place)
    Word.objects.update(municipality=place)
    page = found(centre.operator.client, "асвещение")
    assert "Обращений нет" in page or "не найдено" in page.lower()


def test_gathering_twice_adds_nothing(centre: Centre, file_appeal: Callable[..., Appeal]) -> None:
    file_appeal("Нет освещения у школы")
    assert gather_words() > 0
    before = Word.objects.count()
    assert gather_words() == 0
    file_appeal("Нет освещения у школы", regime=Regime.PORTAL, channel=Channel.PORTAL)
    assert gather_words() == 0
    assert Word.objects.count() == before


def test_the_second_page_of_similar_words(
    centre: Centre,
    file_appeal: Callable[..., Appeal],
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    for number in range(55):
        file_appeal(f"Нет освещения у дома {number}")
    gather_words()
    first = centre.operator.client.get("/desk/appeals/", {"q": "асвещение"})
    following = first.context["next_url"]
    assert following
    with django_assert_max_num_queries(25):  # type: ignore[attr-defined]
        second = centre.operator.client.get(f"/desk/appeals/{following}")
    assert len(second.context["rows"]) == 5
