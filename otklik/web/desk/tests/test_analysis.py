"""Summary, map and rating at the desk: every number opens its cases, each sees only his own."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.base import clock
from otklik.casework.appeals.actions import PlaceGiven, assign_executor
from otklik.casework.appeals.models import Appeal, Assignment, Question
from otklik.casework.appeals.queries import matching
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.territory.models import Settlement
from otklik.insight.cuts.models import SavedCut
from otklik.insight.facts.actions import rebuild
from otklik.web.desk.tests.conftest import Centre, Person, answer, make_person

FileAppeal = Callable[..., Appeal]
LINK = re.compile(r'<a href="(/desk/appeals/\?[^"]+)">([\d\u00a0]+)</a>')
QUESTION_LINK = re.compile(r'<a href="(/desk/questions/\?[^"]+)">(\d+)</a>')
PAGES = ("/desk/summary/", "/desk/map/", "/desk/rating/")

CHANNELS = ((Channel.POS, Regime.POS), (Channel.INCIDENT, Regime.INCIDENT))


@pytest.fixture
def place(centre: Centre) -> Settlement:
    return Settlement.objects.create(
        municipality=centre.municipality,
        name="Заозёрск",
        kind="town",
        population=2000,
        lat=59.0,
        lon=39.0,
        boundary={
            "type": "Polygon",
            "coordinates": [[[38.9, 58.9], [39.1, 58.9], [39.1, 59.1], [38.9, 59.1], [38.9, 58.9]]],
        },
    )


@pytest.fixture
def live(centre: Centre, place: Settlement, file_appeal: FileAppeal) -> FileAppeal:
    """Files cases of two topics with two bodies, some answered; facts are counted anew."""

    def fill(count: int = 8) -> list[Appeal]:
        made = []
        for n in range(count):
            channel, regime = [(Channel.POS, Regime.POS), (Channel.INCIDENT, Regime.INCIDENT)][
                n % 2
            ]
            appeal = file_appeal(
                f"На дороге яма, случай {n}",
                topic_id=(centre.holes if n % 3 else centre.leaks).pk,
                channel=channel,
                regime=regime,
                place=PlaceGiven(settlement_id=place.pk, lat=59.0, lon=39.0)
                if n % 4
                else PlaceGiven(),
            )
            body = centre.roads if n % 3 else centre.water
            assign_executor(access=centre.head.access, appeal_id=appeal.pk, body_id=body.pk)
            if n % 3 == 1:
                answer(centre, appeal)
            made.append(appeal)
        rebuild(municipality_id=centre.municipality.pk)
        return made

    return fill  # type: ignore[return-value]


@pytest.fixture
def block_head(centre: Centre) -> Person:
    rights = (Permission.VIEW_APPEALS, Permission.ANALYTICS)
    return make_person(
        centre.municipality, "Дорог Глава", dict.fromkeys(rights, Scope.BODY), centre.roads
    )


def figure_of(row: dict[str, Any], rows: str) -> tuple[str, int]:
    """The first number of a row of the rating that opens this set of questions, with its link."""
    found = re.search(rf'href="([^"]*rows={rows}&amp;[^"]*)">([\d\xa0]+)<', row["line"])
    assert found is not None
    return unescape(found[1]), int(found[2].replace("\xa0", ""))


@pytest.mark.clause("tuapse:2.4.3")
@pytest.mark.parametrize("channel", ["", "&channel=pos"])
def test_every_figure_of_the_rating_opens_as_many_questions(
    centre: Centre, live: FileAppeal, channel: str
) -> None:
    live(18)
    second = Question.objects.order_by("-pk").first()
    assert second is not None
    more = Question.objects.create(appeal=second.appeal, number=2, text="И ещё фонарь не горит")
    Assignment.objects.create(
        question=more, body=centre.roads, role="main", assigned_at=clock.now()
    )
    rebuild(municipality_id=centre.municipality.pk)
    rows = centre.head.client.get(f"/desk/rating/?{channel}").context["rows"]
    assert {row["rated"].subject_id for row in rows} == {centre.roads.pk, centre.water.pk}
    for row in rows:
        if row["rated"].sample:
            url, number = figure_of(row, "closing")
            assert questions_at(centre, url) == number == row["rated"].sample
        for item in row["parts"]:
            for figure, told in zip(item.part.figures, item.figures, strict=True):
                number = figure.count if item.part.name == "quantity" else figure.of
                assert not told.url or questions_at(centre, told.url) == number


def test_numbers_of_questions_open_as_many_rows(centre: Centre, live: FileAppeal) -> None:
    appeals = live(8)
    for appeal in appeals[:3]:  # type: ignore[index]
        Question.objects.create(appeal=appeal, number=2, text="И фонарь", topic=centre.leaks)
    rebuild(municipality_id=centre.municipality.pk)
    shown = page(centre.head.client, "/desk/summary/?rows=topic&counted=questions")
    found = QUESTION_LINK.findall(shown)
    assert len(found) >= 3
    for url, number in found:
        assert questions_at(centre, url) == int(number)
    whole = page(centre.head.client, found[-1][0]).replace("\u00a0", " ")
    assert "11 вопросов в 8 обращениях" in whole
    assert whole.count("<tr data-row>") == 11


def test_the_list_of_questions_goes_on_and_costs_the_same(centre: Centre, live: FileAppeal) -> None:
    live(3)
    page(centre.head.client, "/desk/questions/")
    with CaptureQueriesContext(connection) as few:
        page(centre.head.client, "/desk/questions/")
    live(50)
    with CaptureQueriesContext(connection) as many:
        shown = page(centre.head.client, "/desk/questions/")
    assert len(many) == len(few) <= 16
    assert shown.count("<tr data-row>") == 50
    following = re.search(r'href="(\?[^"]*page=[^"]+)"', shown)
    assert following
    rest = page(centre.head.client, f"/desk/questions/{following.group(1)}")
    assert rest.count("<tr data-row>") == 3
    assert centre.operator.client.get("/desk/questions/").status_code == 403


def questions_at(centre: Centre, url: str) -> int:
    return int(centre.head.client.get(url).context["totals"]["questions"])


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return unescape(response.content.decode())


def numbers(shown: str) -> list[tuple[str, int]]:
    return [(url, int(text.replace("\u00a0", ""))) for url, text in LINK.findall(shown)]


def listed(person: Person, url: str) -> int:
    wanted = AppealFilter.parse(dict(parse_qsl(urlsplit(url).query)))
    return matching(person.access, wanted).count()


@pytest.mark.parametrize("address", PAGES)
def test_only_those_with_the_right_to_analysis_open_it(centre: Centre, address: str) -> None:
    assert centre.head.client.get(address).status_code == 200
    assert centre.operator.client.get(address).status_code == 403
    assert Client().get(address).status_code == 302


@pytest.mark.clause("tuapse:1.6.1")
@pytest.mark.clause("dedovichi:3.3")
@pytest.mark.parametrize("measure", ["received", "answered", "in_work", "repeated"])
@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ("topic", "channel"),
        ("topic_group", ""),
        ("body", "week"),
        ("channel", "body"),
        ("settlement", "topic"),
        ("day", ""),
        ("month", "settlement"),
    ],
)
def test_every_number_of_the_summary_opens_as_many_cases(
    centre: Centre, live: FileAppeal, rows: str, columns: str, measure: str
) -> None:
    live()
    address = f"/desk/summary/?rows={rows}&columns={columns}&measure={measure}"
    found = numbers(page(centre.head.client, address))
    assert found or measure == "repeated"
    for url, number in found:
        assert listed(centre.head, url) == number


def test_numbers_open_the_list_page_itself(centre: Centre, live: FileAppeal) -> None:
    live()
    url, number = numbers(page(centre.head.client, "/desk/summary/?rows=body"))[0]
    assert page(centre.head.client, url).count("<tr data-row>") == number


@pytest.mark.clause("tuapse:1.6.6")
@pytest.mark.clause("dedovichi:3.8")
@pytest.mark.clause("novoduginsky:1.2.a.7")
def test_the_summary_is_downloaded_as_a_table(centre: Centre, live: FileAppeal) -> None:
    live()
    address = "/desk/summary/file/?rows=body&columns=channel&measure=answered"
    response = centre.head.client.get(address)
    assert "attachment" in response["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(response.content), data_only=True)
    table = list(book.worksheets[0].values)
    assert table[0][0] == "Исполнитель"
    assert table[-1][-1] == Appeal.objects.filter(status="answered").count() == 3
    assert centre.operator.client.get(address).status_code == 403


@pytest.mark.clause("tuapse:2.2.5")
def test_a_cut_is_saved_opened_again_and_dropped(centre: Centre, live: FileAppeal) -> None:
    live()
    client = centre.head.client
    words = {"rows": "body", "columns": "channel", "measure": "answered", "counted": "questions"}
    saved = client.post(
        "/desk/summary/save/", {**words, "name": "По органам", "channel": "pos"}, follow=True
    )
    assert "Разрез «По органам» сохранён" in saved.content.decode()
    cut = SavedCut.objects.get()
    assert (cut.rows, cut.columns, cut.measure, cut.counted) == tuple(words.values())
    assert cut.filter["channel"] == "pos"
    shown = page(client, "/desk/summary/")
    address = next(re.finditer(r'<a href="(/desk/summary/\?[^"]+)">По органам', shown)).group(1)
    opened = client.get(address)
    assert opened.context["form"]["rows"].value() == "body"
    assert opened.context["wanted"].channel == "pos"
    client.post(f"/desk/summary/{cut.pk}/forget/")
    assert not SavedCut.objects.exists()


def test_a_cut_without_a_name_is_refused_in_words(centre: Centre) -> None:
    answered = centre.head.client.post("/desk/summary/save/", {"name": " "}, follow=True)
    assert "У разреза нет названия" in answered.content.decode()
    assert not SavedCut.objects.exists()


def test_with_nothing_before_growth_is_not_claimed(centre: Centre, live: FileAppeal) -> None:
    live(9)
    shown = page(centre.head.client, "/desk/summary/?rows=topic")
    assert "сравнивать не с чем" in shown
    assert "К прошлому периоду" not in shown
    assert "против 0" not in shown


def test_the_period_before_and_growth_are_shown(centre: Centre, live: FileAppeal) -> None:
    for count, days in ((8, 40), (15, 0)):
        made = [appeal.pk for appeal in live(count)]  # type: ignore[attr-defined]
        earlier = clock.now() - timedelta(days=days)
        Appeal.objects.filter(pk__in=made).update(received_at=earlier)
    rebuild(municipality_id=centre.municipality.pk)
    shown = page(centre.head.client, "/desk/summary/?rows=topic")
    assert "К прошлому периоду" in shown
    assert "+5 (+100\u00a0%)" in shown
    assert "10 против 5" in shown
    factors = re.search(r'<a href="(\?[^"]+)">где и у кого', shown)
    assert factors
    narrowed = page(centre.head.client, f"/desk/summary/{factors.group(1)}")
    assert "Дорожная служба" in narrowed.split("Что выросло")[1]


def test_a_turned_period_is_set_right_and_said(centre: Centre) -> None:
    shown = page(centre.head.client, "/desk/summary/?since=2026-03-05&until=2026-03-01")
    assert "Начало периода позже конца" in shown


@pytest.mark.clause("pereslavl:2.4.4")
def test_a_head_of_some_bodies_counts_only_their_cases(
    centre: Centre, live: FileAppeal, block_head: Person
) -> None:
    live(9)
    for address in ("/desk/summary/?rows=body", "/desk/summary/?rows=topic", "/desk/map/"):
        shown = page(block_head.client, address)
        found = numbers(shown)
        assert found
        for url, number in found:
            assert listed(block_head, url) == number <= 6
    table = page(block_head.client, "/desk/summary/?rows=body").split("<table")[1]
    assert "Дорожная служба" in table
    assert "Водоканал" not in table.split("</table>")[0]
    places = page(block_head.client, "/desk/rating/").split("<table")[1].split("</table>")[0]
    assert "Дорожная служба" in places
    assert "Водоканал" not in places


@pytest.mark.clause("pereslavl:1.1.3.v")
def test_the_map_and_its_tables_say_the_same(
    centre: Centre, live: FileAppeal, place: Settlement
) -> None:
    live()
    response = centre.head.client.get("/desk/map/?shade=per_1000&channel=incident")
    data = response.context["map_data"]
    area = data["areas"]["features"][0]
    assert area["geometry"] == place.boundary
    assert 1 <= area["properties"]["level"] <= 5
    assert listed(centre.head, area["properties"]["url"]) == 4
    found = numbers(unescape(response.content.decode()))
    assert len(found) == 2
    for url, number in found:
        assert listed(centre.head, url) == number
    assert 'data-chart="cut"' in page(centre.head.client, "/desk/summary/?channel=incident")


def test_cases_without_a_place_are_said_beside_the_map(centre: Centre, live: FileAppeal) -> None:
    live()
    shown = page(centre.head.client, "/desk/map/")
    assert "Без населённого пункта" in shown
    assert "2 обращения" in shown.replace("\u00a0", " ")


@pytest.mark.clause("ust-kubinsky:3.1.r")
@pytest.mark.clause("dedovichi:16.3")
@pytest.mark.clause("tuapse:2.4.3")
def test_the_rating_shows_its_formula_and_how_each_figure_arose(
    centre: Centre, live: FileAppeal
) -> None:
    live(18)
    response = centre.head.client.get("/desk/rating/")
    shown = unescape(response.content.decode()).replace("\u00a0", " ")
    assert "Итог = 10 % × количество + 25 % × скорость" in shown
    assert "Количество, 10 %" in shown
    roads = next(
        row for row in response.context["rows"] if row["rated"].subject_id == centre.roads.pk
    )
    assert roads["rated"].place == 1
    assert round(sum(item.part.contribution for item in roads["parts"]), 6) == round(
        roads["rated"].total, 6
    )
    answers = roads["parts"][0].figures[0]
    assert questions_at(centre, answers.url) == 6
    assert "мало данных" in shown.split("Водоканал")[0].split("Дорожная служба")[1]


@pytest.mark.clause("pereslavl:2.5.6")
@pytest.mark.clause("novoduginsky:2.5.2")
def test_the_rating_is_of_one_channel_alone(centre: Centre, live: FileAppeal) -> None:
    live(18)
    response = centre.head.client.get("/desk/rating/?channel=pos")
    row = next(
        one for one in response.context["rows"] if one["rated"].subject_id == centre.roads.pk
    )
    url, answered = figure_of(row, "answered")
    assert row["rated"].sample == answered == 3
    assert questions_at(centre, url) == 3
    assert questions_at(centre, row["parts"][0].figures[0].url) == 3


def test_the_rating_of_a_past_period_is_empty_and_says_what_to_do(
    centre: Centre, live: FileAppeal
) -> None:
    live()
    until = clock.today() - timedelta(days=400)
    shown = page(centre.head.client, f"/desk/rating/?since={until}&until={until}")
    assert "За период исполнителям ничего не поступило" in shown


@pytest.mark.parametrize("address", [*PAGES, "/desk/summary/?rows=settlement&columns=topic"])
def test_pages_ask_the_same_number_of_queries(
    centre: Centre, live: FileAppeal, address: str
) -> None:
    live(6)
    page(centre.head.client, address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(centre.head.client, address)
    live(12)
    with CaptureQueriesContext(connection) as many:
        page(centre.head.client, address)
    assert len(many) == len(few)
