"""The page of the map: layers, table, choosing, playback, files for others, screens on walls."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import PlaceGiven, assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import AssignmentRole
from otklik.directory.organisation.models import Appointment
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.territory.models import Settlement
from otklik.insight.facts.actions import rebuild
from otklik.insight.heatmap.models import Screen, Supply
from otklik.records.journal.models import Entry
from otklik.web.desk.tests.conftest import Centre, Person, make_person
from otklik.web.look.tests.counting import queries_of

FileAppeal = Callable[..., Appeal]
VIEWS = ("districts", "places", "hexagons", "points")
MOST = 19


@pytest.fixture
def villages(centre: Centre) -> list[Settlement]:
    found = []
    for n, (name, people) in enumerate([("Бор", 1000), ("Луговое", 400), ("Сосны", None)]):
        west, south = 39.0 + n / 5, 59.0
        ring = [[west, south], [west + 0.2, south], [west + 0.2, 59.2], [west, 59.2], [west, south]]
        found.append(
            Settlement.objects.create(
                municipality=centre.municipality, name=name, kind="hamlet", population=people,
                lat=59.1, lon=west + 0.1, territorial_body=centre.roads if n < 2 else None,
                boundary={"type": "Polygon", "coordinates": [ring]},
            )
        )  # fmt: skip
    return found


@pytest.fixture
def filed(centre: Centre, villages: list[Settlement], file_appeal: FileAppeal) -> list[Appeal]:
    """Three in Бор, two in Луговое, one nowhere; the first two given to the road service."""
    places = [villages[0]] * 3 + [villages[1]] * 2 + [None]
    made = []
    for n, village in enumerate(places):
        given = {"place": PlaceGiven(settlement_id=village.pk)} if village else {}
        case = file_appeal(
            f"Яма номер {n} у школы", topic_id=centre.holes.pk,
            received_at=clock.now() - timedelta(days=n), **given,
        )  # fmt: skip
        made.append(case)
    for case in made[:2]:
        assign_executor(
            access=centre.head.access, appeal_id=case.pk, body_id=centre.roads.pk,
            question_number=1, role=AssignmentRole.MAIN,
        )  # fmt: skip
    rebuild(municipality_id=centre.municipality.pk)
    return made


def page(person: Person, query: str = "") -> Any:
    answer = person.client.get(f"/desk/map/{query}")
    assert answer.status_code == 200
    return answer


def rows_of(answer: Any) -> dict[str, int]:
    return {row["name"]: row["count"] for row in answer.context["rows"]}


@pytest.mark.clause("pereslavl:1.1.3.v", "pereslavl:2.4.4")
def test_every_layer_says_the_same_on_the_map_and_in_the_table(
    centre: Centre, filed: list[Appeal]
) -> None:
    for view in VIEWS:
        answer = page(centre.head, f"?view={view}")
        data = answer.context["map_data"]
        drawn = [*data["areas"]["features"], *data["features"]["features"]]
        seen = {one["properties"]["key"]: one["properties"]["count"] for one in drawn}
        table = {row["key"]: row["count"] for row in answer.context["rows"]}
        assert {key: count for key, count in seen.items() if count} == table
        assert sum(table.values()) + answer.context["layer"].nowhere == len(filed)
        for row in answer.context["rows"]:
            listed = centre.head.client.get(row["cells"][0]["url"])
            assert listed.context["total"] == row["count"]
        nowhere = centre.head.client.get(answer.context["nowhere_url"])
        assert nowhere.context["total"] == 1


def test_the_table_is_sorted_by_its_headings(centre: Centre, filed: list[Appeal]) -> None:
    assert list(rows_of(page(centre.head)).values()) == [3, 2]
    assert list(rows_of(page(centre.head, "?sort=count")).values()) == [2, 3]
    assert list(rows_of(page(centre.head, "?sort=-name")).values()) == [2, 3]
    heads = page(centre.head, "?sort=-per_1000").context["columns"]
    assert [head["sorted"] for head in heads if head.get("sorted")] == ["desc"]


def test_numbers_are_said_beside_colours(centre: Centre, filed: list[Appeal]) -> None:
    answer = page(centre.head, "?shade=per_1000")
    assert next(one["label"] for one in answer.context["legend"]) == "нет"
    said = {one["properties"]["title"]: one["properties"]
            for one in answer.context["map_data"]["labels"]["features"]}  # fmt: skip
    assert said["деревня Бор"]["value"] == "3,0"
    assert said["деревня Луговое"]["value"] == "5,0"
    assert said["деревня Сосны"]["value"] == "—"
    changed = page(centre.head, "?shade=change").context["map_data"]
    assert changed["diverging"]
    assert {one["properties"]["value"] for one in changed["labels"]["features"]} == {
        "+3",
        "+2",
        "0",
    }


def test_a_head_of_one_body_sees_only_its_cases(centre: Centre, filed: list[Appeal]) -> None:
    rights = dict.fromkeys((Permission.VIEW_APPEALS, Permission.ANALYTICS), Scope.BODY)
    own = make_person(centre.municipality, "Начальник дорог", rights, centre.roads)
    for view in VIEWS:
        answer = page(own, f"?view={view}")
        assert answer.context["layer"].total == 2
        assert sum(rows_of(answer).values()) == 2
        frames = own.client.get(f"/desk/map/frames/?view={view}").json()
        assert sum(sum(one[1::2]) for one in frames["counts"]) == 2
    said = own.client.get("/desk/map/wall/data/").json()
    assert [number for _, number, _ in said["figures"]] == ["1", "2", "2", "0"]
    assert centre.executor.client.get("/desk/map/").status_code == 403
    assert centre.executor.client.get("/desk/map/wall/data/").status_code == 403


def test_frames_add_up_and_lead_to_their_lists(centre: Centre, filed: list[Appeal]) -> None:
    said = centre.head.client.get("/desk/map/frames/?view=hexagons").json()
    assert said["step"] == "по дням"
    assert len(said["frames"]) == 30
    assert sum(sum(one[1::2]) for one in said["counts"]) == 5
    total = 0
    for place in {place for one in said["counts"] for place in one[::2]}:
        _, query = said["frames"][place]
        total += centre.head.client.get(f"{said['list']}?{query}").context["total"]
    assert total == 5
    assert (
        centre.head.client.get("/desk/map/frames/?since=2020-01-01").json()["step"] == "по месяцам"
    )


@pytest.mark.parametrize("view", VIEWS)
def test_chosen_places_open_their_cases(centre: Centre, filed: list[Appeal], view: str) -> None:
    answer = page(centre.head, f"?view={view}")
    keys = [row["key"] for row in answer.context["rows"]]
    level = answer.context["layer"].level
    asked: dict[str, Any] = {"view": view, "choose": keys, "level": level}
    found = centre.head.client.get("/desk/map/selection/", asked, follow=True)
    assert found.status_code == 200
    assert found.context["total"] == 5
    asked["choose"] = keys[:1]
    one = centre.head.client.get("/desk/map/selection/", asked, follow=True)
    assert one.context["total"] == answer.context["rows"][0]["count"]


def test_a_lasso_is_counted_and_listed_alike(centre: Centre, filed: list[Appeal]) -> None:
    area = "39.0,59.0;39.2,59.0;39.2,59.2;39.0,59.2"
    said = centre.head.client.get("/desk/map/selection/", {"area": area, "count": "1"}).json()
    assert said["count"] == 3
    assert parse_qs(urlsplit(said["url"]).query)["area"] == [area]
    assert centre.head.client.get(said["url"]).context["total"] == 3
    questions = centre.head.client.get("/desk/questions/", {"area": area})
    assert questions.context["totals"]["cases"] == 3
    chips = [one["label"] for one in questions.context["chips"]]
    assert "на карте: обведённое место" in chips


@pytest.mark.parametrize("address", ["/desk/appeals/", "/desk/questions/", "/desk/map/selection/"])
def test_a_wrong_outline_is_refused_in_words(centre: Centre, address: str) -> None:
    answer = centre.head.client.get(address, {"area": "1,2;3"})
    assert answer.status_code == 422
    assert "Обведите место на карте заново" in answer.content.decode()


def test_nothing_chosen_says_what_to_do(centre: Centre) -> None:
    answer = centre.head.client.get("/desk/map/selection/")
    assert answer.status_code == 422
    assert "Отметьте строки таблицы" in answer.content.decode()


@pytest.mark.clause("pereslavl:1.1.3", "ust-kubinsky:2.2.4")
@pytest.mark.parametrize("form", ["geojson", "csv", "xlsx"])
def test_data_are_handed_over_by_file_on_record(
    centre: Centre, filed: list[Appeal], form: str
) -> None:
    given = {"receiver": "ЦУР Северореченской области", "purpose": "Обмен за неделю", "form": form}
    answer = centre.head.client.post("/desk/map/supply/?view=places", given)
    assert answer.status_code == 200
    assert {row["name"]: int(row["count"]) for row in read(form, answer.content)} == {
        "деревня Бор": 3, "деревня Луговое": 2, "деревня Сосны": 0,
    }  # fmt: skip
    kept = Supply.objects.get()
    assert (kept.receiver, kept.total, kept.rows) == (given["receiver"], 6, 3)
    entry = Entry.objects.filter(subject="map_supply").get()
    assert "ЦУР Северореченской области" in str(entry.sentence)
    assert given["receiver"] in centre.head.client.get("/desk/map/supply/").content.decode()


def read(form: str, content: bytes) -> Iterator[dict[str, Any]]:
    if form == "geojson":
        found = json.loads(content)
        assert found["about"]["format"] == "otklik-heatmap"
        assert all(one["geometry"]["type"] == "Polygon" for one in found["features"])
        yield from (one["properties"] for one in found["features"])
    elif form == "csv":
        yield from csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    else:
        book = openpyxl.load_workbook(io.BytesIO(content))
        head, *rows = book["Места"].iter_rows(values_only=True)
        names = {"Место": "name", "Обращений": "count"}
        for row in rows:
            said = dict(zip(head, row, strict=True))
            yield {name: said[label] for label, name in names.items()}


def test_without_a_receiver_nothing_is_handed_over(centre: Centre) -> None:
    answer = centre.head.client.post("/desk/map/supply/", {"receiver": " ", "form": "csv"})
    assert answer.status_code == 422
    assert not Supply.objects.exists()


def test_a_wall_is_told_only_what_has_changed(
    centre: Centre, filed: list[Appeal], file_appeal: FileAppeal
) -> None:
    first = centre.head.client.get("/desk/map/wall/data/")
    assert "max-age" not in first["Cache-Control"]
    again = centre.head.client.get("/desk/map/wall/data/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    file_appeal("Ещё одна яма", topic_id=centre.holes.pk)
    rebuild(municipality_id=centre.municipality.pk)
    fresh = centre.head.client.get("/desk/map/wall/data/", headers={"if-none-match": first["ETag"]})
    assert fresh.status_code == 200
    assert fresh.json()["figures"][0] == ["Сегодня поступило", "2", ""]
    assert "/desk/appeals/" not in fresh.content.decode()


def test_a_screen_lives_by_its_link_without_a_session(centre: Centre, filed: list[Appeal]) -> None:
    made = centre.head.client.post("/desk/map/screens/", {"title": "Зал заседаний", "days": 30})
    link = urlsplit(made.context["link"]).path
    anyone = Client()
    assert anyone.get(link).status_code == 200
    said = anyone.get(f"{link}data/")
    assert said.json()["figures"][1][1] == "6"
    assert said.json()["note"] == ""
    assert (
        link.rsplit("/", 2)[1] not in centre.head.client.get("/desk/map/screens/").content.decode()
    )
    screen = Screen.objects.get()
    assert screen.seen_at is not None
    with clock.frozen(screen.until - timedelta(days=2)):
        assert "действует до" in anyone.get(f"{link}data/").json()["note"]
    centre.head.client.post(f"/desk/map/screens/{screen.pk}/stop/")
    gone = anyone.get(f"{link}data/")
    assert gone.status_code == 410
    assert "больше не действует" in gone.json()["gone"]
    assert anyone.get(link).status_code == 403


def test_a_screen_dies_with_the_right_of_who_made_it(centre: Centre, filed: list[Appeal]) -> None:
    made = centre.head.client.post("/desk/map/screens/", {"title": "Зал", "days": 30})
    link = urlsplit(made.context["link"]).path
    Appointment.objects.filter(account=centre.head.account).update(
        until=clock.today() - timedelta(days=1)
    )
    assert Client().get(f"{link}data/").status_code == 410


def test_queries_do_not_grow(centre: Centre, filed: list[Appeal], file_appeal: FileAppeal) -> None:
    addresses = [f"/desk/map/?view={view}&with_problems=1" for view in VIEWS]
    addresses += [f"/desk/map/frames/?view={view}" for view in VIEWS]
    addresses += ["/desk/map/wall/data/", reverse("desk:map_supply"), reverse("desk:map_screens"),
                  reverse("desk:wall")]  # fmt: skip
    client = centre.head.client
    few = {address: (client.get(address), queries_of(client, address))[1] for address in addresses}
    for n in range(12):
        point = PlaceGiven(lat=59.01 + n / 100, lon=39.01 + n / 30)
        file_appeal(f"Темно {n}", topic_id=centre.leaks.pk, place=point)
    rebuild(municipality_id=centre.municipality.pk)
    many = {address: queries_of(client, address) for address in addresses}
    assert {a: (few[a], many[a]) for a in few if many[a] > few[a] + 0 and "wall" not in a} == {}
    assert max(many.values()) <= MOST, many
