"""Ratings at the desk: snapshots, contested cases, weights, the page of a body, files."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import docx
import openpyxl
import pytest

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor, mark_answered, move
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.replies.models import Reply
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.notifications.models import Notice
from otklik.insight.facts.actions import rebuild
from otklik.insight.facts.models import QuestionFact
from otklik.insight.ratings.actions import make_snapshot, publish_snapshot
from otklik.insight.ratings.models import Contest, PeerGroup, Scheme, Snapshot
from otklik.insight.ratings.vocabulary import ContestState
from otklik.web.desk.tests.conftest import EXECUTOR, HEAD, Centre, Person, make_person
from otklik.web.look.tests.counting import queries_of, views_of

FileAppeal = Callable[..., Appeal]
pytestmark = pytest.mark.django_db
POST_ONLY = {
    "desk:rating_publication", "desk:rating_edition", "desk:rating_contest_decision",
    "desk:rating_regroup",
}  # fmt: skip
LIMITS = {
    "desk:rating": 17, "desk:rating_cases": 17, "desk:rating_body": 19, "desk:rating_file": 13,
    "desk:rating_weights": 15, "desk:rating_peers": 15, "desk:rating_peers_new": 13,
    "desk:rating_snapshots": 11, "desk:rating_snapshot": 14, "desk:rating_counted": 14,
    "desk:rating_snapshot_file": 10, "desk:rating_contests": 13,
}  # fmt: skip


def period() -> dict[str, str]:
    since, until = last_month()
    return {"since": str(since), "until": str(until)}


def last_month() -> tuple[date, date]:
    until = clock.today().replace(day=1) - timedelta(days=1)
    return until.replace(day=1), until


@pytest.fixture
def fill(centre: Centre, file_appeal: FileAppeal) -> Callable[[int], None]:
    """Cases of the last month, half of them of each body, some answered in time."""

    def more(count: int) -> None:
        at = clock.now().replace(day=1) - timedelta(days=20)
        for n in range(count):
            channel, regime = (
                (Channel.POS, Regime.POS) if n % 2 else (Channel.PORTAL, Regime.PORTAL)
            )
            case = file_appeal(f"На дороге яма, случай {n}", channel=channel, regime=regime,
                               topic_id=centre.holes.pk, received_at=at)  # fmt: skip
            body = centre.roads if n % 4 < 2 else centre.water
            assign_executor(access=centre.head.access, appeal_id=case.pk, body_id=body.pk)
            if n % 3:
                answer(centre, case)
        rebuild(municipality_id=centre.municipality.pk)
        QuestionFact.objects.filter(status="answered").update(answered_at=at, answered_on=at.date())
        QuestionFact.objects.update(due_at=at + timedelta(days=5))

    return more


def answer(centre: Centre, case: Appeal) -> None:
    Reply.objects.create(appeal=case, status="sent", text="Яма заделана.", checklist={},
                         author_label="Исполнитель", created_at=clock.now())  # fmt: skip
    system = Access.system(centre.municipality.pk)
    for verb in ("submit", "approve"):
        move(access=system, appeal_id=case.pk, verb=verb)
    mark_answered(access=system, appeal_id=case.pk)


@pytest.fixture
def chief(centre: Centre) -> Person:
    rights = {
        **HEAD,
        Permission.SET_UP: Scope.MUNICIPALITY,
        Permission.INSTRUCT: Scope.MUNICIPALITY,
    }
    return make_person(centre.municipality, "Главный Пётр Ильич", rights)


def shown(person: Person, address: str) -> str:
    response = person.client.get(address)
    assert response.status_code == 200, address
    return unescape(response.content.decode()).replace("\u00a0", " ")


@pytest.fixture
def published(centre: Centre, chief: Person, fill: Callable[[int], None]) -> Snapshot:
    fill(24)
    since, until = last_month()
    chief.client.post(
        "/desk/rating/snapshots/",
        {"since": since, "until": until, "subject": "body", "system": "whole"},
    )
    found = Snapshot.objects.get()
    chief.client.post(f"/desk/rating/snapshots/{found.pk}/publication/")
    found.refresh_from_db()
    return found


def test_a_body_contests_and_the_head_decides(
    centre: Centre, chief: Person, published: Snapshot
) -> None:
    assert published.is_published
    executor = centre.executor
    assert Notice.objects.filter(account=executor.account, kind="rating").count() == 2
    page = f"/desk/rating/snapshots/{published.pk}/"
    text = shown(executor, page)
    assert "Дорожная служба" in text
    assert "Водоканал" in text
    assert f"counted/{centre.water.pk}/" not in text
    counted = f"{page}counted/{centre.roads.pk}/?rows=unanswered"
    response = executor.client.get(counted)
    rows = response.context["rows"]
    assert len(rows) == response.context["totals"]["questions"] == 4
    assert executor.client.get(f"{page}counted/{centre.water.pk}/").status_code == 404
    question = rows[0]["one"].question_id
    answer = executor.client.post(
        f"{counted}&contest={question}",
        {"question": question, "figure": "unanswered", "reason": "Дорога не наша, областная."},
    )
    assert answer.status_code == 302
    contest = Contest.objects.get()
    assert "Дорога не наша" in shown(chief, "/desk/rating/contests/")
    decision = f"/desk/rating/contests/{contest.pk}/decision/"
    executor.client.post(decision, {"decision": "exclude", "reason": "Сам решил."})
    contest.refresh_from_db()
    assert contest.state == ContestState.WAITING
    chief.client.post(decision, {"decision": "exclude", "reason": "Дорога областная, верно."})
    contest.refresh_from_db()
    assert (contest.state, contest.decided_label) == (
        ContestState.EXCLUDED,
        chief.access.actor.label,
    )
    assert "Дорога областная, верно." in shown(executor, "/desk/rating/contests/")
    chief.client.post(f"{page}edition/")
    second = Snapshot.objects.get(edition=2)
    again = chief.client.get(
        f"/desk/rating/snapshots/{second.pk}/counted/{centre.roads.pk}/?rows=unanswered"
    )
    assert again.context["totals"]["questions"] == 3
    assert "Есть более новая редакция" in shown(chief, page)
    heads = Notice.objects.filter(account=chief.account, text__contains="оспорен учёт")
    assert heads.count() == 1
    assert Notice.objects.filter(account=executor.account, text__contains="Решено").count() == 1


def test_before_publishing_a_body_sees_its_own_numbers_only(
    centre: Centre, chief: Person, fill: Callable[[int], None]
) -> None:
    fill(24)
    since, until = last_month()
    found = make_snapshot(access=chief.access, since=since, until=until)
    page = f"/desk/rating/snapshots/{found.pk}/"
    text = shown(centre.executor, page)
    assert "только ваши числа" in text
    assert "Водоканал" not in text
    assert "Итог" not in text.split("Формула")[0]
    assert centre.executor.client.get(f"{page}files/xlsx/").status_code == 404
    assert centre.executor.client.post(f"{page}publication/").status_code == 302
    found.refresh_from_db()
    assert not found.is_published


def test_weights_are_set_after_a_look_at_what_changes(
    centre: Centre, chief: Person, fill: Callable[[int], None]
) -> None:
    fill(24)
    page = "/desk/rating/weights/?system=pos"
    form = chief.client.get(page).context["form"]
    given = {name: form[name].value() for name in form.fields}
    given |= {"quantity": 100, "speed": 0, "minimum": 2}
    looked = chief.client.post(page, {**given, "next": "look"})
    assert [row["name"] for row in looked.context["preview"]]
    assert not Scheme.objects.exists()
    chief.client.post(page, {**given, "next": "save"})
    assert Scheme.objects.get().minimum == 2
    assert "скорость 30 → 0 %" in shown(chief, page)
    assert "количество" in shown(chief, "/desk/rating/?channel=pos").split("Итог =")[1][:40]
    assert "25 % × скорость" in shown(chief, "/desk/rating/")
    bad = chief.client.post(page, {**dict.fromkeys(given, 0), "minimum": 1, "contest_days": 5,
                                   "next": "save"})  # fmt: skip
    assert "Все веса нулевые" in unescape(bad.content.decode())
    assert centre.head.client.get(page).status_code == 403


def test_groups_of_peers_divide_the_rating(
    centre: Centre, chief: Person, fill: Callable[[int], None]
) -> None:
    fill(24)
    chief.client.post("/desk/rating/regrouping/")
    assert set(PeerGroup.objects.values_list("name", flat=True)) == {"Учреждения", "Предприятия"}
    found = chief.client.get("/desk/rating/", period()).context["groups"]
    assert [(one["name"], [row["rated"].place for row in one["rows"]]) for one in found] == [
        ("Предприятия", [1]), ("Учреждения", [1]),
    ]  # fmt: skip
    given = {"name": "Городские", "bodies": [centre.roads.pk, centre.water.pk]}
    looked = chief.client.post("/desk/rating/peers/", {**given, "next": "look"})
    assert [row["group"] for row in looked.context["preview"]] == ["Городские"] * 2
    assert PeerGroup.objects.count() == 2
    chief.client.post("/desk/rating/peers/", {**given, "next": "save"})
    group = PeerGroup.objects.get(name="Городские")
    assert group.bodies.count() == 2
    chief.client.post("/desk/rating/regrouping/", {"group": group.pk})
    assert not PeerGroup.objects.filter(name="Городские").exists()


@pytest.mark.clause("pereslavl:1.1.3.d")
def test_the_page_of_a_body_tells_a_year_by_months(
    centre: Centre, chief: Person, published: Snapshot
) -> None:
    """Number, terms, returns and satisfaction by month, each figure as many rows as it says."""
    page = f"/desk/rating/bodies/{centre.roads.pk}/"
    response = chief.client.get(page)
    months = response.context["months"]
    assert len(months) == 12
    month = months[1]
    assert month["received"]["value"] == 12
    assert month["place"] in (1, 2)
    assert month["snapshot_url"] == f"/desk/rating/snapshots/{published.pk}/"
    for name in ("received", "answered", "late"):
        cell = month[name]
        assert chief.client.get(cell["url"]).context["totals"]["questions"] == cell["value"]
    text = unescape(response.content.decode())
    assert all(word in text for word in ("Поступило", "В срок", "Возвратов", "Оценка"))
    lift = chief.client.get(page, period()).context["steps"]
    assert [step["text"].replace("\u00a0", " ") for step in lift] == [
        "Ответить на просроченные: 4 вопроса"
    ]
    assert len(lift[0]["cases"]) == 4
    assert all(case["number"] for case in lift[0]["cases"])
    limited = make_person(
        centre.municipality, "Водный Глава",
        {Permission.ANALYTICS: Scope.BODY, Permission.VIEW_APPEALS: Scope.BODY}, centre.water,
    )  # fmt: skip
    assert limited.client.get(page).status_code == 403
    assert limited.client.get(f"/desk/rating/bodies/{centre.water.pk}/").status_code == 200


def test_a_rating_is_written_as_three_files(
    centre: Centre, chief: Person, published: Snapshot
) -> None:
    places = (f"/desk/rating/snapshots/{published.pk}/files/", "/desk/rating/files/")
    for place in places:
        given = period()
        book = openpyxl.load_workbook(io.BytesIO(chief.client.get(f"{place}xlsx/", given).content))
        names = [row[2].value for row in book["Рейтинг"].iter_rows(min_row=2)]
        assert set(names) == {"Дорожная служба", "Водоканал"}
        paper = docx.Document(io.BytesIO(chief.client.get(f"{place}docx/", given).content))
        cells = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
        assert "Дорожная служба" in cells
        assert chief.client.get(f"{place}pdf/", given).content.startswith(b"%PDF")
    assert chief.client.get(f"{places[0]}odt/").status_code == 404


def addresses(snapshot: Snapshot, body: Body, group: PeerGroup) -> dict[str, str]:
    since, until = last_month()
    period = f"since={since}&until={until}"
    one = f"/desk/rating/snapshots/{snapshot.pk}/"
    return {
        "desk:rating": f"/desk/rating/?{period}",
        "desk:rating_cases": f"/desk/rating/cases/?{period}&who={body.pk}&rows=all",
        "desk:rating_body": f"/desk/rating/bodies/{body.pk}/?{period}",
        "desk:rating_file": f"/desk/rating/files/xlsx/?{period}",
        "desk:rating_weights": "/desk/rating/weights/",
        "desk:rating_peers": f"/desk/rating/peers/{group.pk}/",
        "desk:rating_peers_new": "/desk/rating/peers/",
        "desk:rating_snapshots": "/desk/rating/snapshots/",
        "desk:rating_snapshot": one,
        "desk:rating_counted": f"{one}counted/{body.pk}/",
        "desk:rating_snapshot_file": f"{one}files/xlsx/",
        "desk:rating_contests": "/desk/rating/contests/",
    }


def test_pages_ask_no_more_of_a_fuller_place(
    centre: Centre, chief: Person, published: Snapshot, fill: Callable[[int], None]
) -> None:
    chief.client.post("/desk/rating/regrouping/")
    group = PeerGroup.objects.order_by("pk")[0]
    pages = addresses(published, centre.roads, group)
    assert set(views_of("otklik.web.desk.ratings")) == set(pages) | POST_ONLY
    few = {}
    for name, address in pages.items():
        chief.client.get(address)
        few[name] = queries_of(chief.client, address)
    assert not {name: count for name, count in few.items() if count > LIMITS[name]}
    for n in range(6):
        Body.objects.create(municipality=centre.municipality, name=f"Школа {n}", kind="institution")
    fill(12)
    many = {name: queries_of(chief.client, address) for name, address in pages.items()}
    assert not {name: (few[name], many[name]) for name in few if many[name] > few[name]}


@pytest.mark.parametrize("channel", ["pos", "incident"])
def test_an_officer_of_one_system_keeps_its_rating(
    centre: Centre, fill: Callable[[int], None], channel: str
) -> None:
    fill(24)
    officer = make_person(
        centre.municipality, "Системный Олег",
        {Permission.ANALYTICS: Scope.MUNICIPALITY, Permission.REPORT: Scope.MUNICIPALITY},
    )  # fmt: skip
    officer.account.appointments.get().role.__class__.objects.filter(
        pk=officer.account.appointments.get().role_id
    ).update(channels=[channel])
    since, until = last_month()
    given: dict[str, Any] = {"since": since, "until": until, "subject": "body"}
    officer.client.post("/desk/rating/snapshots/", {**given, "system": channel})
    found = Snapshot.objects.get()
    assert sum(one["questions"] for one in found.tallies) == (12 if channel == "pos" else 0)
    officer.client.post("/desk/rating/snapshots/", {**given, "system": "whole"})
    assert Snapshot.objects.count() == 1


def test_executors_without_analysis_open_what_is_published(
    centre: Centre, chief: Person, fill: Callable[[int], None]
) -> None:
    fill(12)
    since, until = last_month()
    publish_snapshot(
        access=chief.access,
        snapshot_id=make_snapshot(access=chief.access, since=since, until=until).pk,
    )
    worker = make_person(centre.municipality, "Водный Олег", EXECUTOR, centre.water)
    assert worker.client.get("/desk/rating/").status_code == 403
    assert len(worker.client.get("/desk/rating/snapshots/").context["rows"]) == 1
