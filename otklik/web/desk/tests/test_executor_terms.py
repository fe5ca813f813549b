"""Internal terms of executors: set by the head and by the administrator, for a part or a stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import AssignmentRole
from otklik.casework.control.actions import tell_of_parts
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.notifications.models import Notice
from otklik.records.journal.queries import story_of
from otklik.web.desk.tests.conftest import EXECUTOR, HEAD, OPERATOR, Centre, Person, make_person

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db
TUESDAY = datetime.fromisoformat("2025-03-04T11:00:00+03:00")
EARLY, LATE = "2025-03-07", "2025-03-14"


@pytest.fixture(autouse=True)
def tuesday() -> Iterator[None]:
    with clock.frozen(TUESDAY):
        yield


@pytest.fixture
def head(centre: Centre) -> Person:
    rights = {**HEAD, Permission.EXTEND: Scope.MUNICIPALITY}
    return make_person(centre.municipality, "Главнова Нина Ильинична", rights)


@pytest.fixture
def keeper(centre: Centre) -> Person:
    """The administrator: extends terms and sets the product up, but names no executors."""
    rights = {**OPERATOR, Permission.SET_UP: Scope.MUNICIPALITY}
    return make_person(centre.municipality, "Админова Вера Ильинична", rights)


@pytest.fixture
def plumber(centre: Centre) -> Person:
    return make_person(centre.municipality, "Водяной Олег Ильич", EXECUTOR, centre.water)


@pytest.fixture
def case(centre: Centre, head: Person, file_appeal: FileAppeal) -> Appeal:
    made = file_appeal("На Садовой яма, из-под асфальта течёт вода")
    for body, role in ((centre.roads, "main"), (centre.water, "co")):
        assign_executor(
            access=head.access, appeal_id=made.pk, body_id=body.pk, role=AssignmentRole(role)
        )
    return made


def part(case: Appeal, role: str) -> Assignment:
    return Assignment.objects.get(question__appeal=case, role=role, withdrawn_at__isnull=True)


def post(person: Person, case: Appeal, role: str = "main", **form: object) -> str:
    given = {"assignment": part(case, role).pk, **form}
    url = reverse("desk:team_term", args=[case.pk])
    return text(person.client.post(url, given, follow=True))


def page(person: Person, name: str, *args: object) -> str:
    return text(person.client.get(reverse(f"desk:{name}", args=args)))


def text(answer: object) -> str:
    return str(answer.content.decode()).replace("\u00a0", " ")  # type: ignore[attr-defined]


def due(case: Appeal, role: str = "main") -> date | None:
    moment = part(case, role).due_at
    return moment.astimezone(TUESDAY.tzinfo).date() if moment else None


@pytest.mark.clause("ust-kubinsky:4.9")
def test_head_and_administrator_each_set_a_term_and_one_of_them_wins(
    head: Person, keeper: Person, centre: Centre, case: Appeal
) -> None:
    assert "Срок исполнителя (исполнение): 07.03.2025" in post(
        keeper, case, stage="whole", due_on=EARLY
    )
    assert due(case) == date(2025, 3, 7)
    post(head, case, stage="whole", due_on=LATE)
    assert due(case) == date(2025, 3, 14)
    card = page(centre.executor, "appeal", case.pk)
    assert "установил руководитель МЦУ, Главнова" in card
    assert "Не действует срок 7 марта: его установил администратор МЦУ, Админова" in card
    post(keeper, case, stage="draft", due_on="2025-03-06")
    assert "Срок (проект ответа):" in page(centre.executor, "appeal", case.pk)

    keeper.client.post(reverse("desk:term_winner"), {"wins": "administrator"})
    assert due(case) == date(2025, 3, 7)
    card = page(centre.executor, "appeal", case.pk)
    assert "Не действует срок 14 марта: его установил руководитель МЦУ" in card
    post(keeper, case, stage="whole", drop="1")
    assert due(case) == date(2025, 3, 14)
    told = [entry.sentence for entry in story_of(case.pk)]
    assert "Срок исполнителя (Дорожная служба, исполнение): 07.03.2025" in told
    assert "Снят срок исполнителя (Дорожная служба, исполнение)" in told


@pytest.mark.parametrize(
    ("due_on", "said"),
    [
        ("", "Не указан срок исполнителя."),
        ("2025-03-03", "Этот день уже прошёл."),
        ("2026-03-03", "Срок исполнителя не может быть позже срока ответа"),
        ("завтра", "«завтра» — не дата."),
    ],
)
def test_a_term_that_cannot_be_is_refused(
    head: Person, case: Appeal, due_on: str, said: str
) -> None:
    assert said in post(head, case, stage="whole", due_on=due_on)
    assert due(case) is None


def test_an_executor_sets_no_terms(centre: Centre, case: Appeal) -> None:
    answer = post(centre.executor, case, stage="whole", due_on=EARLY)
    assert "У вас нет права" in answer
    assert due(case) is None


def test_a_co_executor_has_a_term_of_his_own_everywhere(
    head: Person, plumber: Person, case: Appeal
) -> None:
    post(head, case, "co", stage="whole", due_on=EARLY)
    assert due(case, "co") == date(2025, 3, 7)
    assert due(case) is None
    assert "Водоканал" in page(plumber, "executor")
    register = plumber.client.get(reverse("desk:executor_file"), {"form": "csv"})
    assert "07.03.2025" in register.content.decode()
    assert "соисполнитель Водоканал" in page(head, "control")
    here = case.municipality_id
    for moment in ("2025-03-06T09:20:00+03:00", "2025-03-06T09:40:00+03:00"):
        with clock.frozen(datetime.fromisoformat(moment)):
            tell_of_parts(municipality_id=here, now=clock.now())
    with clock.frozen(datetime.fromisoformat("2025-03-10T09:20:00+03:00")):
        tell_of_parts(municipality_id=here, now=clock.now())
        assert tell_of_parts(municipality_id=here, now=clock.now()) == 0
    notices = Notice.objects.filter(text__startswith="Ваш срок").order_by("pk")
    assert {notice.account for notice in notices} == {plumber.account}
    assert [notice.text.split(") ")[1] for notice in notices] == [
        "истекает 07.03.2025.", "истёк 07.03.2025.",
    ]  # fmt: skip
