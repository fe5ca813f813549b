"""Every desk page opens for those who may and is closed for those who may not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.actions.words import gather_words
from otklik.casework.appeals.models import Appeal
from otklik.records.journal.models import PersonalRead
from otklik.web.desk.tests.conftest import Centre, make_person

FileAppeal = Callable[..., Appeal]
PAGES = ["/desk/", "/desk/appeals/", "/desk/replies/", "/desk/notices/"]


@pytest.mark.parametrize("page", PAGES)
def test_strangers_are_sent_to_sign_in(page: str, centre: Centre) -> None:
    response = Client().get(page)
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


@pytest.mark.parametrize("page", PAGES)
def test_staff_open_the_pages(page: str, centre: Centre, file_appeal: FileAppeal) -> None:
    file_appeal()
    for person in (centre.operator, centre.head, centre.executor):
        response = person.client.get(page)
        assert response.status_code == 200, person.account
        assert "<style" not in response.content.decode()


def test_executor_has_no_control_page_and_learns_why(centre: Centre) -> None:
    response = centre.executor.client.get("/desk/control/")
    assert response.status_code == 403
    assert "У вас нет права" in response.content.decode()


def test_list_shows_only_what_one_may_see(centre: Centre, file_appeal: FileAppeal) -> None:
    mine, foreign = file_appeal(), file_appeal("Прорвало трубу у школы, вода на дороге")
    assign_executor(access=centre.head.access, appeal_id=mine.pk, body_id=centre.roads.pk)
    assign_executor(access=centre.head.access, appeal_id=foreign.pk, body_id=centre.water.pk)
    page = centre.executor.client.get("/desk/appeals/").content.decode()
    assert mine.number in page
    assert foreign.number not in page
    assert centre.executor.client.get(f"/desk/appeals/{foreign.pk}/").status_code == 404


def test_search_knows_word_forms_and_slips_of_the_pen(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    found = file_appeal("Просим отремонтировать котельную, в домах холодно")
    file_appeal("Бродячие собаки у магазина")
    gather_words()
    for words in ("котельные", "котелная", found.number):
        page = centre.operator.client.get("/desk/appeals/", {"q": words}).content.decode()
        assert found.number in page, words


def test_personal_data_are_hidden_without_the_right(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    from otklik.directory.organisation.vocabulary import Permission, Scope

    appeal = file_appeal("Позвоните мне +7 900 000-11-22, Иванова Мария Петровна, яма у дома")
    viewer = make_person(
        centre.municipality, "Аналитик", {Permission.VIEW_APPEALS: Scope.MUNICIPALITY}
    )
    page = viewer.client.get(f"/desk/appeals/{appeal.pk}/").content.decode()
    assert "000-11-22" not in page
    assert "Иванова" not in page
    assert "[телефон]" in page
    assert PersonalRead.objects.count() == 0
    shown = centre.operator.client.get(f"/desk/appeals/{appeal.pk}/").content.decode()
    assert "000-11-22" in shown
    assert PersonalRead.objects.filter(case_ids=[appeal.pk]).count() == 1


@pytest.mark.parametrize(
    ("page", "most"), [("/desk/appeals/", 22), ("/desk/", 40), ("/desk/control/", 18)]
)
def test_queries_do_not_grow_with_rows(
    page: str, most: int, centre: Centre, file_appeal: FileAppeal
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert centre.operator.client.get(page).status_code == 200
        return len(captured)

    file_appeal()
    count()
    few = count()
    for number in range(12):
        file_appeal(f"Яма номер {number} на улице Садовой, просим заделать")
    assert count() == few
    assert few <= most


def test_card_queries_are_bounded(centre: Centre, file_appeal: FileAppeal) -> None:
    appeal = file_appeal()
    url = f"/desk/appeals/{appeal.pk}/"
    centre.operator.client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert centre.operator.client.get(url).status_code == 200
    assert len(captured) <= 45


def test_pages_of_the_list_by_key(centre: Centre, file_appeal: FileAppeal) -> None:
    numbers = [file_appeal(f"Яма {n} на улице Садовой у дома").number for n in range(55)]
    first = centre.operator.client.get("/desk/appeals/")
    rows = [row["appeal"].number for row in first.context["rows"]]
    second = centre.operator.client.get(f"/desk/appeals/{first.context['next_url']}")
    rest = [row["appeal"].number for row in second.context["rows"]]
    assert rows + rest == numbers[::-1]
    assert second.context["next_url"] == ""
    back = centre.operator.client.get(f"/desk/appeals/{second.context['prev_url']}")
    assert [row["appeal"].number for row in back.context["rows"]] == rows


def test_a_term_is_drawn_day_by_day(centre: Centre, file_appeal: FileAppeal) -> None:
    appeal = file_appeal()
    card = centre.operator.client.get(f"/desk/appeals/{appeal.pk}/").content.decode()
    assert f"/desk/appeals/{appeal.pk}/terms/" in card
    page = centre.operator.client.get(f"/desk/appeals/{appeal.pk}/terms/").content.decode()
    assert "день 30" in page
    assert page.count("исполнить до конца этого дня") >= 2, "in the title and for screen readers"
    assert centre.executor.client.get(f"/desk/appeals/{appeal.pk}/terms/").status_code == 404
