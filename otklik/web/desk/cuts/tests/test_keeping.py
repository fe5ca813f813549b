"""Cuts kept for others, pinned, sent by schedule and frozen: each sees by his own right."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.base.rhythm import Rhythm, Step
from otklik.directory.organisation.models import Role
from otklik.exchange.notifications.models import Notice
from otklik.insight.cuts import actions, queries
from otklik.insight.cuts.models import FrozenCut, SavedCut, Supply
from otklik.insight.cuts.rules import Request, View, read_view
from otklik.insight.cuts.vocabulary import Audience, Dimension, Measure, Rolling
from otklik.insight.cuts.vocabulary import SupplyForm as Form
from otklik.web.desk.cuts.pinning import pinned
from otklik.web.desk.cuts.tests.conftest import Live
from otklik.web.desk.tests.conftest import Centre, Person

pytestmark = pytest.mark.django_db


def kept(person: Person, name: str = "Темы", **more: Any) -> SavedCut:
    request = Request(rows=Dimension.BODY, measures=(Measure.RECEIVED,))
    return actions.save_cut(
        access=person.access, name=name, request=request, measure=Measure.RECEIVED, **more
    )


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def summary_rows(person: Person, saved: SavedCut) -> dict[str, str]:
    answer = person.client.get(reverse("desk:cut", args=[saved.pk]), follow=True)
    assert answer.status_code == 200
    return {row["label"]: row["cells"][-1]["text"] for row in answer.context["table"]["rows"]}


def test_a_shared_cut_is_counted_with_the_right_of_its_reader(
    centre: Centre, live: Live, analyst: Person, roads_head: Person
) -> None:
    live(9)
    saved = kept(centre.head, rolling=Rolling.DAYS30)
    page = reverse("desk:cut", args=[saved.pk])
    assert analyst.client.get(page).status_code == 404
    whole = {"Дорожная служба": "6", "Водоканал": "3"}
    for audience, more in (
        ("all", {}),
        ("role", {"role": Role.objects.get(label="Дорогин Лев Ильич").pk}),
        ("persons", {"readers": [roads_head.account.pk]}),
    ):
        settings = reverse("desk:cut_settings", args=[saved.pk])
        centre.head.client.post(settings, {"what": "share", "audience": audience, **more})
        assert summary_rows(centre.head, saved) == whole
        assert summary_rows(roads_head, saved) == {"Дорожная служба": "6"}
        opens = analyst.client.get(page).status_code
        assert opens == (302 if audience == "all" else 404)
        assert centre.operator.client.get(page).status_code == 403
    with pytest.raises(NotFound):
        actions.forget_cut(access=roads_head.access, cut_id=saved.pk)
    roads_head.client.post(
        reverse("desk:cut_settings", args=[saved.pk]), {"what": "share", "audience": "own"}
    )
    saved.refresh_from_db()
    assert saved.audience == Audience.PERSONS


def test_sharing_with_nobody_is_refused_in_words(centre: Centre) -> None:
    saved = kept(centre.head)
    settings = reverse("desk:cut_settings", args=[saved.pk])
    for audience, words in (("role", "Роль не выбрана"), ("persons", "Сотрудники не выбраны")):
        answer = centre.head.client.post(
            settings, {"what": "share", "audience": audience}, follow=True
        )
        assert words in text_of(answer)
    saved.refresh_from_db()
    assert saved.audience == Audience.OWN


def test_pinned_cuts_stand_on_ones_own_board(
    centre: Centre, live: Live, roads_head: Person, rf: Any
) -> None:
    live(9)
    saved = kept(centre.head, rolling=Rolling.DAYS30)
    actions.share_cut(access=centre.head.access, cut_id=saved.pk, audience=Audience.ALL)
    for person in (centre.head, roads_head):
        person.client.post(reverse("desk:cut_pin", args=[saved.pk]))
    request = rf.get("/")
    for person, total in ((centre.head, "9"), (roads_head, "6")):
        request.access = person.access
        (card,) = pinned(request)
        assert (card["name"], card["total"]["text"]) == ("Темы", total)
        assert card["rows"][0]["url"].startswith("/desk/appeals/?")
    roads_head.client.post(reverse("desk:cut_pin", args=[saved.pk]), {"off": "1"})
    assert not queries.pinned_cuts(roads_head.access, now=clock.now())
    actions.share_cut(access=centre.head.access, cut_id=saved.pk, audience=Audience.OWN)
    assert len(queries.pinned_cuts(centre.head.access, now=clock.now())) == 1


@pytest.mark.clause("tuapse:4.3.3")
def test_a_cut_is_sent_by_schedule_once_and_by_each_ones_right(
    centre: Centre, live: Live, analyst: Person, roads_head: Person
) -> None:
    live(3)  # Of them one is not with the roads.
    saved = kept(centre.head, name="Неделя")
    people = [analyst.account.pk, roads_head.account.pk]
    with pytest.raises(Refused, match="не открыт"):
        actions.set_mailing(
            access=centre.head.access, cut_id=saved.pk, rhythm=DAILY, account_ids=people
        )
    actions.share_cut(access=centre.head.access, cut_id=saved.pk, audience=Audience.ALL)
    answer = centre.head.client.post(
        reverse("desk:cut_settings", args=[saved.pk]),
        {"what": "mail", "step": "day", "day": "0", "hour": "7", "recipients": people},
        follow=True,
    )
    assert "каждый день с 7 ч" in text_of(answer)
    place = centre.municipality.pk
    assert actions.send_due(municipality_id=place) == 0
    with clock.frozen(next_morning(centre)):
        assert actions.send_due(municipality_id=place) == 2
        assert actions.send_due(municipality_id=place) == 0
    told = {one.account_id: one for one in Notice.objects.filter(kind="scheduled")}
    assert "3 обращения" in told[analyst.account.pk].text.replace("\u00a0", " ")
    assert "2 обращения" in told[roads_head.account.pk].text.replace("\u00a0", " ")
    opened = roads_head.client.get(told[roads_head.account.pk].url, follow=True)
    assert opened.context["table"]["total"]["cells"][-1]["text"] == "2"
    with clock.frozen(next_morning(centre) + timedelta(days=1)):
        assert actions.send_due(municipality_id=place) == 0, "nothing came in: nobody is told"
    actions.share_cut(access=centre.head.access, cut_id=saved.pk, audience=Audience.OWN)
    live(3)
    with clock.frozen(next_morning(centre) + timedelta(days=2)):
        assert actions.send_due(municipality_id=place) == 0, "closed to them since"


DAILY = Rhythm(step=Step.DAY, hour=7)


def next_morning(centre: Centre) -> datetime:
    today = clock.now().astimezone(centre.municipality.tz)
    return (today + timedelta(days=1)).replace(hour=9, minute=0)


def frozen_by(person: Person, **words: str) -> FrozenCut:
    today = clock.today()
    given = {"since": str(today - timedelta(days=29)), "until": str(today), **words}
    view = read_view(given, [words.get("measure", "received")])
    return actions.freeze(access=person.access, name="К плану", view=view)


def test_a_frozen_cut_never_changes(centre: Centre, live: Live) -> None:
    live(9)
    found = frozen_by(centre.head, rows="settlement", columns="topic")
    before = centre.head.client.get(reverse("desk:frozen_cut", args=[found.pk]))
    live(4)
    after = centre.head.client.get(reverse("desk:frozen_cut", args=[found.pk]))
    assert before.context["table"] == after.context["table"]
    assert after.context["table"]["bottom"][-1] == "9"
    shown = text_of(after)
    for words in (found.digest, "Белов", "Посчитано", "Число обращений", "Отбор: все"):
        assert words in shown
    for change in (
        lambda: FrozenCut.objects.filter(pk=found.pk).update(name="Иной"),
        lambda: FrozenCut.objects.filter(pk=found.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_frozen_numbers_are_seen_by_those_whose_reach_covers_the_authors(
    centre: Centre, live: Live, analyst: Person, roads_head: Person
) -> None:
    live(9)
    whole, part = frozen_by(centre.head), frozen_by(roads_head)
    page = {one: reverse("desk:frozen_cut", args=[one.pk]) for one in (whole, part)}
    assert analyst.client.get(page[whole]).status_code == 200
    assert analyst.client.get(page[part]).status_code == 200
    assert roads_head.client.get(page[part]).status_code == 200
    assert roads_head.client.get(page[whole]).status_code == 404
    assert [one.pk for one in queries.frozen_cuts(roads_head.access)] == [part.pk]
    file = reverse("desk:frozen_file", args=[whole.pk, "xlsx"])
    assert roads_head.client.get(file).status_code == 404
    assert centre.operator.client.get(page[whole]).status_code == 403


@pytest.mark.clause("ust-kubinsky:2.2.4")
@pytest.mark.clause("pereslavl:1.2.v")
def test_data_for_planning_are_supplied_and_it_is_written_to_whom(
    centre: Centre, live: Live
) -> None:
    live(40)
    found = frozen_by(centre.head, rows="settlement", columns="topic")
    supply = reverse("desk:frozen_supply", args=[found.pk])
    for form in ("xlsx", "geojson", "csv"):
        said = {"to": "Отдел архитектуры", "purpose": "генеральный план", "form": form}
        centre.head.client.post(supply, said)
    shown = text_of(centre.head.client.get(reverse("desk:frozen_cut", args=[found.pk])))
    assert shown.count("Отдел архитектуры") >= 3
    assert "генеральный план" in shown
    files = {
        one.form: centre.head.client.get(
            reverse("desk:frozen_supplied", args=[found.pk, one.pk])
        ).content
        for one in Supply.objects.all()
    }
    table = list(load_workbook(BytesIO(files["xlsx"]), data_only=True)["Разрез"].values)
    assert table[0] == ("Населённый пункт", "Ямы на дорогах", "Протечки", "Всего")
    assert table[-1][-1] == 40
    layer = json.loads(files["geojson"])
    assert {one["properties"]["name"] for one in layer["features"]} == {
        "посёлок городского типа Заозёрск", "село Луговое",
    }  # fmt: skip
    assert layer["features"][0]["geometry"]["type"] == "Point"
    assert sum(one["properties"]["Всего"] for one in layer["features"]) == 40
    assert files["csv"].startswith(b"\xef\xbb\xbf")
    with pytest.raises(DatabaseError), transaction.atomic():
        Supply.objects.update(to="Никому")
    centre.head.client.post(supply, {"to": " ", "form": "csv"})
    assert Supply.objects.count() == 3


def test_small_numbers_are_hidden_from_those_outside_only(centre: Centre, live: Live) -> None:
    live(9)
    found = frozen_by(centre.head, rows="topic", columns="channel")
    made = actions.supply(
        access=centre.head.access, frozen_id=found.pk, to="Институт", form=Form.CSV
    )
    inside = centre.head.client.get(reverse("desk:frozen_file", args=[found.pk, "csv"]))
    outside = centre.head.client.get(reverse("desk:frozen_supplied", args=[found.pk, made.pk]))
    assert "скрыто" not in inside.content.decode()
    rows = [line.split(";") for line in outside.content.decode().strip().split("\r\n")]
    numbers = [cell for row in rows[1:] for cell in row[1:]]
    assert "скрыто" in numbers
    assert all(cell == "скрыто" or int(cell) == 0 or int(cell) >= 5 for cell in numbers)


def test_a_layer_of_the_map_needs_places(centre: Centre, live: Live) -> None:
    live(3)
    found = frozen_by(centre.head, rows="topic")
    with pytest.raises(Refused, match="населённым пунктам"):
        actions.supply(access=centre.head.access, frozen_id=found.pk, to="Отдел", form=Form.GEOJSON)
    shares = frozen_by(centre.head, rows="topic", share="total")
    with pytest.raises(Refused, match="только доли"):
        actions.supply(access=centre.head.access, frozen_id=shares.pk, to="Отдел", form=Form.CSV)
    with pytest.raises(Refused, match="за период"):
        actions.freeze(
            access=centre.head.access, name="Всё", view=View(request=Request(rows=Dimension.BODY))
        )
