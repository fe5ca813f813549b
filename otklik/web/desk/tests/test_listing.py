"""Pages of the list forth and back, whichever way the database takes to what was asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from otklik.base import clock
from otklik.casework.appeals.actions.words import gather_words
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import listed, matching, page_of, paging
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.territory.models import Settlement
from otklik.web.desk.tests.conftest import Centre, make_person

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db

WAYS = {"gathered": (100, 100), "looked through": (2, 100), "not near enough": (2, 2)}
"""The cap of counting and the window: every way a page is found."""


@pytest.fixture(params=WAYS)
def way(request: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    cap, window = WAYS[request.param]
    monkeypatch.setattr(paging, "COUNT_CAP", cap)
    monkeypatch.setattr(paging, "WINDOW", window)
    return str(request.param)


@pytest.fixture
def lamps(centre: Centre, file_appeal: FileAppeal) -> list[str]:
    """Numbers of what speaks of lamps, newest first; two moments are shared by two cases."""
    found = []
    for number in range(20):
        words = "Не горит фонарь" if number % 2 else "Яма на дороге"
        moment = clock.now() - timedelta(days=30 - number // 3)
        appeal = file_appeal(f"{words} у дома {number}", received_at=moment)
        found += [appeal] if number % 2 else []
    found.sort(key=lambda one: (one.received_at, one.pk), reverse=True)
    return [one.number for one in found]


ASKED = [
    AppealFilter(q="фонари"),
    AppealFilter(q="фанарь"),
    AppealFilter(q="фонарь", due_since=clock.today() - timedelta(days=400)),
]


@pytest.mark.parametrize("wanted", ASKED, ids=["form", "slip", "term"])
def test_words_page_forth_and_back(
    centre: Centre, lamps: list[str], way: str, wanted: AppealFilter
) -> None:
    gather_words()
    access = centre.operator.access
    there, cursor, pages = [], "", []
    for _ in range(4):
        found = listed(access, wanted, cursor=cursor, limit=3)
        there.append([row.number for row in found.page.rows])
        pages.append(found)
        cursor = found.page.after
    assert there == [lamps[0:3], lamps[3:6], lamps[6:9], lamps[9:]]
    assert (pages[0].page.before, cursor) == ("", "")
    assert {found.spelled for found in pages} == {wanted.q == "фанарь"}
    capped = way != "gathered"
    assert {(found.total, found.capped) for found in pages} == {(2 if capped else 10, capped)}
    cursor = pages[-1].page.before
    for expected in reversed(there[:-1]):
        back = listed(access, wanted, cursor=cursor, limit=3).page
        assert [row.number for row in back.rows] == expected
        cursor = back.before
    assert page_of(access, wanted, limit=3).rows == ([] if pages[0].spelled else pages[0].page.rows)


def test_a_list_without_words_pages_the_same(centre: Centre, lamps: list[str], way: str) -> None:
    wanted = AppealFilter(channel="mail")
    access = centre.operator.access
    Appeal.objects.filter(number__in=lamps).update(channel="mail")
    first = listed(access, wanted, limit=4)
    second = listed(access, wanted, cursor=first.page.after, limit=4)
    assert [row.number for row in (*first.page.rows, *second.page.rows)] == lamps[:8]
    again = listed(access, wanted, cursor=second.page.before, limit=4)
    assert again.page.rows == first.page.rows


def test_nothing_is_read_where_nothing_was_counted(
    centre: Centre, file_appeal: FileAppeal, django_assert_num_queries: Any
) -> None:
    file_appeal("Нет освещения у школы")
    with django_assert_num_queries(1):
        found = page_of(centre.operator.access, AppealFilter(q="бегемот"))
    assert found.rows == []
    stranger = make_person(centre.municipality, "Чужой", {Permission.VIEW_APPEALS: Scope.OWN})
    assert listed(stranger.access, AppealFilter(q="школа")).total == 0


def test_a_reader_of_few_cases_finds_words_among_them(
    centre: Centre, lamps: list[str], way: str
) -> None:
    Appeal.objects.filter(number__in=lamps[:4]).update(body_ids=[centre.roads.pk])
    found = listed(centre.executor.access, AppealFilter(q="фонарь"), limit=3)
    assert [row.number for row in found.page.rows] == lamps[:3]


def test_a_box_of_the_map_holds_points_and_villages(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    def village(name: str, lon: float) -> Settlement:
        return Settlement.objects.create(
            municipality=centre.municipality, name=name, lat=58.5, lon=lon
        )

    near, far = village("Ближнее", 41.5), village("Дальнее", 43.5)
    cases = [file_appeal(f"Яма {number}") for number in range(4)]
    point, moved, in_near, in_far = cases
    for case, given in (
        (point, {"lat": 58.4, "lon": 41.2}),
        (moved, {"lat": 58.4, "lon": 49.0, "settlement": near}),
        (in_near, {"settlement": near}),
        (in_far, {"settlement": far}),
    ):
        Appeal.objects.filter(pk=case.pk).update(**given)
    found = matching(centre.operator.access, AppealFilter(bbox="41,58,42,59"))
    assert set(found) == {point, in_near}
