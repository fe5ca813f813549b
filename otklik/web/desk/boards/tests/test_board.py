"""The control point: one screen, for a wall too, with what its reader may see; the first page."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import AssignmentRole
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.insight.facts.actions import rebuild
from otklik.web.desk.tests.conftest import Centre, Person, make_person
from otklik.web.look.tests.counting import counts_of, grown, over

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db
PAGE = "/desk/board/"


def give(centre: Centre, appeal: Appeal, body: Body, *, late: bool = False) -> None:
    assign_executor(
        access=centre.head.access, appeal_id=appeal.pk, body_id=body.pk, role=AssignmentRole.MAIN
    )
    if late:
        Appeal.objects.filter(pk=appeal.pk).update(due_at=clock.now() - timedelta(days=2))


def fill(centre: Centre, file: FileAppeal, count: int = 6) -> None:
    for n in range(count):
        appeal = file(f"Яма {n} на Садовой улице", topic_id=centre.holes.pk)
        give(centre, appeal, centre.roads, late=n < 2)
    give(centre, file("Течёт труба", topic_id=centre.leaks.pk), centre.water, late=True)
    file("Никому не дано")
    rebuild(municipality_id=centre.municipality.pk)


def shown(person: Person, address: str = PAGE) -> str:
    answer = person.client.get(address)
    assert answer.status_code == 200, answer.status_code
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def value(page: str, label: str) -> str:
    """What stands in the tile of this label."""
    found = re.search(rf'{label}</span><span class="tile-value">([^<]*)<', page)
    assert found, label
    return found[1]


@pytest.mark.clause("tuapse:1.3")
@pytest.mark.clause("pereslavl:1.4")
def test_the_current_picture_stands_on_one_screen(centre: Centre, file_appeal: FileAppeal) -> None:
    fill(centre, file_appeal)
    page = shown(centre.head)
    assert value(page, "В работе") == "8"
    assert value(page, "Просрочено") == "3"
    assert value(page, "Без исполнителя") == "1"
    assert value(page, "Поступило за 7 дней") == "8"
    assert "Ответов в срок" in page
    assert "мало данных" in page
    for word in ("Проблемы", "Растёт за неделю", "Ямы на дорогах", "Риски", "Дорожная служба"):
        assert word in page
    late = re.search(r'href="([^"]*overdue=1[^"]*)"', page)
    assert late
    rows = shown(centre.head, late[1])
    assert rows.count("data-row-link") == 3
    assert centre.operator.client.get(PAGE).status_code == 403


@pytest.mark.clause("tuapse:1.3")
def test_a_wall_is_filled_and_asks_again_by_itself(centre: Centre, file_appeal: FileAppeal) -> None:
    fill(centre, file_appeal)
    wall = shown(centre.head, f"{PAGE}?wall=1")
    assert 'class="rail"' not in wall
    assert 'hx-trigger="every 60s"' in wall
    assert 'hx-swap="innerHTML"' in wall
    assert not re.search(r"<script(?![^>]*src=)|\sstyle=|\son[a-z]+=", wall)
    part = shown(centre.head, f"{PAGE}?part=1&wall=1")
    assert "<html" not in part
    assert "hx-get" not in part
    assert value(part, "В работе") == "8"


@pytest.mark.clause("pereslavl:1.4")
def test_the_board_of_one_body_says_nothing_of_another(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    fill(centre, file_appeal)
    rights = dict.fromkeys((Permission.ANALYTICS, Permission.VIEW_APPEALS), Scope.BODY)
    head = make_person(centre.municipality, "Начальников Олег Ильич", rights, centre.roads)

    def seen() -> list[str]:
        pages = (f"{PAGE}?part=1", "/desk/today/growth/", "/desk/today/rating/")
        return [shown(head, page) for page in pages]

    with clock.frozen(clock.now()):
        before = seen()
        assert value(before[0], "В работе") == "6"
        assert "Водоканал" not in before[0]
        for n in range(7):
            give(centre, file_appeal(f"Течёт {n}", topic_id=centre.leaks.pk), centre.water)
        rebuild(municipality_id=centre.municipality.pk)
        assert seen() == before


def test_the_board_asks_the_same_however_much_there_is(
    centre: Centre, file_appeal: FileAppeal
) -> None:
    addresses = {
        "board": PAGE,
        "part": f"{PAGE}?part=1&wall=1",
        "growth": "/desk/today/growth/",
        "rating": "/desk/today/rating/",
        "papers": "/desk/today/papers/",
    }
    fill(centre, file_appeal, 6)
    few = counts_of(centre.head.client, addresses)
    fill(centre, file_appeal, 9)
    many = counts_of(centre.head.client, addresses)
    assert grown(few, many) == {}
    limits = {"board": 26, "part": 22, "growth": 26, "rating": 10, "papers": 10}
    assert over(many, limits) == {}


def test_each_sees_first_what_he_must_do(centre: Centre, file_appeal: FileAppeal) -> None:
    fill(centre, file_appeal)
    executor = shown(centre.executor, "/desk/")
    assert value(executor, "Нам ответить") == "6"
    assert value(executor, "Просрочено у нас") == "2"
    assert "Ждут моего решения" not in executor
    assert "/desk/today/growth/" not in executor
    head = shown(centre.head, "/desk/")
    assert head.index("Ждут моего решения") < head.index("Назначить исполнителя")
    assert "Нам ответить" not in head
    assert 'hx-get="/desk/today/growth/"' in head
    assert centre.executor.client.get("/desk/today/growth/").status_code == 403
    assert centre.executor.client.get("/desk/today/papers/").status_code == 403
    assert centre.head.client.get("/desk/today/none/").status_code == 404


def test_whoever_keeps_the_centre_sees_what_it_lacks(centre: Centre) -> None:
    rights = dict.fromkeys((Permission.SET_UP, Permission.ORGANISE), Scope.MUNICIPALITY)
    keeper = make_person(centre.municipality, "Порядков Олег Ильич", rights)
    assert "Роли без людей" not in shown(keeper, "/desk/")
    role = centre.municipality.roles.create(slug="empty", label="Пресс-секретарь")
    assert value(shown(keeper, "/desk/"), "Роли без людей") == "1"
    role.delete()


def test_the_menu_is_folded_and_opens_where_one_is(centre: Centre) -> None:
    page = shown(centre.head, PAGE.replace("board", "summary"))
    groups = re.findall(r'<details class="rail-group" data-group="([^"]+)"( open)?>', page)
    assert ("Анализ", " open") in groups
    assert ("Сроки и решения", "") in groups
    assert [name for name, state in groups].count("Анализ") == 2  # the rail and the drawer
    executor = shown(centre.executor, "/desk/")
    assert not re.findall(r'<details class="rail-group" data-group="[^"]+">', executor)
