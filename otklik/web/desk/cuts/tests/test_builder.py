"""The builder: any sides, several measures, percents, order, comparison, files, wrong words."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from otklik.base import clock
from otklik.casework.appeals.models import Appeal, Applicant
from otklik.insight.cuts import actions
from otklik.insight.cuts.models import FrozenCut, SavedCut
from otklik.insight.cuts.rules import read_view
from otklik.insight.cuts.vocabulary import Dimension, Measure, Picture, SupplyForm
from otklik.insight.facts.actions import rebuild
from otklik.web.desk.cuts.tests.conftest import Live
from otklik.web.desk.tests.conftest import Centre, Person
from otklik.web.look.tests.counting import counts_of, grown, over, views_of

pytestmark = pytest.mark.django_db
PAGE = "/desk/summary/"


def opened(client: Client, query: str) -> Any:
    answer = client.get(f"{PAGE}?{query}")
    assert answer.status_code == 200
    return answer


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def rows_at(client: Client, url: str) -> int:
    """How many rows the list behind a number has: of cases, or of questions."""
    answer = client.get(url)
    assert answer.status_code == 200, url
    told = answer.context.get("total")
    return int(told if told is not None else answer.context["totals"]["questions"])


def vary(appeals: list[Appeal]) -> None:
    for n, one in enumerate(appeals):
        kind = ("citizen", "organisation", "")[n % 3]
        Applicant.objects.filter(pk=one.applicant_id).update(kind=kind)
        Appeal.objects.filter(pk=one.pk).update(
            kind=("", "complaint")[n % 2], repetition=("", "repeat")[n % 4 == 1],
            score=(None, 5)[n % 3 == 2],
        )  # fmt: skip
        one.questions.update(result=("", "explained")[n % 2])
    rebuild(municipality_id=appeals[0].municipality_id)


@pytest.mark.clause("novoduginsky:1.2.a.1")
@pytest.mark.parametrize("counted", ["appeals", "questions"])
def test_every_number_of_every_side_opens_as_many_rows(
    centre: Centre, live: Live, counted: str
) -> None:
    vary(live(8))
    for n, side in enumerate(Dimension):
        other = list(Dimension)[(n + 7) % len(Dimension)]
        query = f"rows={side}&columns={other}&counted={counted}&measure=received&measure=in_work"
        table = opened(centre.head.client, query).context["table"]
        cells = [cell for row in table["rows"] for cell in row["cells"] if cell["url"]]
        assert cells, side
        for cell in [*cells[:2], cells[-1], *table["total"]["cells"][-2:]]:
            assert rows_at(centre.head.client, cell["url"]) == int(cell["text"]), (side, cell)


@pytest.mark.clause("ust-kubinsky:3.1.zh")
@pytest.mark.clause("dedovichi:13.10")
def test_results_are_summed_up_by_any_side_compared_and_taken_away(
    centre: Centre, live: Live
) -> None:
    live(6, days_ago=40)
    vary(live(12))
    client = centre.head.client
    for side in ("topic", "body", "channel", "settlement", "result"):
        answer = opened(client, f"rows={side}")
        assert answer.context["table"]["compared"]
        assert answer.context["table"]["total"]["change"]["text"] == "+6 (+100\u00a0%)"
        book = client.get(f"{PAGE}file/?rows={side}")
        rows = list(load_workbook(io.BytesIO(book.content), data_only=True)["Разрез"].values)
        assert rows[0][-3:] == ("Всего", "Период сравнения", "Изменение")
        assert rows[-1] == ("Всего", 12, 6, 6)
        paper = client.get(f"{PAGE}file/?rows={side}&form=docx").content
        words = zipfile.ZipFile(io.BytesIO(paper)).read("word/document.xml").decode()
        for said in ("Период сравнения", "Изменение", "Сводный анализ", "Всего"):
            assert said in words


@pytest.mark.clause("tuapse:2.2.1")
def test_settlements_stand_side_by_side_with_the_administration(centre: Centre, live: Live) -> None:
    made = live(9)
    for n, appeal in enumerate(made):
        body = (None, centre.roads.pk, centre.water.pk)[n % 3]
        Appeal.objects.filter(pk=appeal.pk).update(addressee_body=body)
    rebuild(municipality_id=centre.municipality.pk)
    query = "rows=topic&columns=addressee&measure=received&measure=in_work"
    table = opened(centre.head.client, query).context["table"]
    heads = [head["label"] for head in table["columns"]]
    for name in ("центр управления", "Дорожная служба", "Водоканал"):
        assert sum(name in head for head in heads) == 2
    assert [cell["text"] for cell in table["total"]["cells"]] == ["3"] * 6 + ["9"] * 2
    districts = opened(centre.head.client, "rows=district").context["table"]
    assert {row["label"] for row in districts["rows"]} == {
        "Водоканал", "территориальный орган не указан",
    }  # fmt: skip


@pytest.mark.clause("novoduginsky:2.5.4")
@pytest.mark.clause("novoduginsky:2.6.4")
@pytest.mark.parametrize("channel", ["pos", "incident"])
def test_the_summary_of_one_system_alone(centre: Centre, live: Live, channel: str) -> None:
    live(12, days_ago=40)
    live(24)
    answer = opened(centre.head.client, f"rows=body&columns=status&channel={channel}")
    assert answer.context["table"]["total"]["cells"][-1]["text"] == "12"
    grown = opened(centre.head.client, f"rows=topic&channel={channel}").context["grown"]
    assert [(one["row"].change.now, one["row"].change.before) for one in grown] == [(8, 4)]
    factors = centre.head.client.get(f"{PAGE}{grown[0]['factors']}").context["grown"]
    assert {str(one["row"].dimension) for one in factors} == {"settlement", "body"}


def test_percents_add_up_and_means_stay_means(centre: Centre, live: Live) -> None:
    live(9)
    base = "rows=topic&columns=channel&measure=received&measure=score"
    for share, of in (("row", "rows"), ("column", "columns"), ("total", "total")):
        table = opened(centre.head.client, f"{base}&share={share}").context["table"]
        shown = [[cell["text"] for cell in row["cells"]] for row in table["rows"]]
        counts = [[percent(cell) for cell in row[::2]] for row in shown]
        if of == "rows":
            assert all(abs(sum(row[:-1]) - 100) < 0.2 and row[-1] == 100 for row in counts)
        if of == "columns":
            assert all(abs(sum(column) - 100) < 0.2 for column in zip(*counts, strict=True))
        if of == "total":
            assert abs(sum(sum(row[:-1]) for row in counts) - 100) < 0.3
        assert {cell for row in shown for cell in row[1::2]} == {"—"}


def percent(text: str) -> float:
    assert text.endswith("\u00a0%")
    return float(text[:-2].replace(",", "."))


def test_lines_are_ordered_by_any_column(centre: Centre, live: Live) -> None:
    live(9)
    client = centre.head.client
    first = opened(client, "rows=body&columns=channel").context["table"]
    for place, head in enumerate(first["columns"][: len(first["rows"][0]["cells"]) + 1]):
        url = head["sort_url"]
        for _ in range(2):
            answer = client.get(f"{PAGE}{url}")
            table = answer.context["table"]
            now = table["columns"][place]
            url = now["sort_url"]
            column = [
                row["label"] if place == 0 else int(row["cells"][place - 1]["text"])
                for row in table["rows"]
            ]
            assert column == sorted(column, reverse=now["sorted"] == "desc")
            assert "aria-sort" in text_of(answer)


def test_the_same_period_a_year_ago(centre: Centre, live: Live) -> None:
    live(6, days_ago=365)
    live(9)
    table = opened(centre.head.client, "rows=body&against=year").context["table"]
    assert table["columns"][-1]["label"] == "К тому же периоду год назад"
    assert table["total"]["change"]["before"] == 6
    assert not opened(centre.head.client, "rows=body&against=nothing").context["table"]["compared"]
    assert not opened(centre.head.client, "rows=body").context["table"]["compared"]


def test_conditions_only_facts_know_are_chosen_shown_and_taken_off(
    centre: Centre, live: Live
) -> None:
    vary(live(9))
    answer = opened(centre.head.client, "rows=topic&by_applicant_kind=organisation")
    assert answer.context["table"]["total"]["cells"][-1]["text"] == "3"
    (chip,) = answer.context["chips"]
    assert chip["label"] == "кто обратился: организация"
    assert "by_applicant_kind" not in chip["url"]
    url = answer.context["table"]["total"]["cells"][-1]["url"]
    listed = centre.head.client.get(url)
    assert "кто обратился: организация" in text_of(listed)
    assert "3 обращения" in text_of(listed)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("rows=nonsense&columns=rows&measure=all&share=9&picture=x&sort=zzz", "Ямы на дорогах"),
        ("sort=-99", "Ямы на дорогах"),
        ("sort=9", "Ямы на дорогах"),
        ("by_block=abc&by_weekday=x&by_term=7&score=&topic=-1", "ничего не поступило"),
        ("since=0001-01-01&until=9999-12-31&rows=day", "Период слишком велик"),
        ("since=0001-01-01&until=9999-12-31&rows=year", "2099 год"),
        ("since=2030-01-01&until=2030-02-01", "ничего не поступило"),
        ("by_block=999999999999999999999", "Ямы на дорогах"),
        ("by_topic=99999999999999999&channel=' OR 1=1", "ничего не поступило"),
    ],
)
def test_wrong_and_huge_requests_are_answered_calmly(
    centre: Centre, live: Live, query: str, words: str
) -> None:
    live(6)
    assert words in text_of(opened(centre.head.client, query))


def test_all_dimensions_all_measures_cost_a_fixed_number_of_queries(
    centre: Centre, live: Live
) -> None:
    query = "rows=topic&columns=body&" + "&".join(f"measure={one}" for one in Measure)
    live(3)
    opened(centre.head.client, query)
    with CaptureQueriesContext(connection) as few:
        opened(centre.head.client, query)
    live(15)
    with CaptureQueriesContext(connection) as many:
        opened(centre.head.client, query)
    assert len(many) == len(few) <= 24


@pytest.mark.parametrize("picture", list(Picture))
def test_every_picture_is_drawn_on_the_page_and_as_png(
    centre: Centre, live: Live, picture: str
) -> None:
    live(9)
    for rows in ("topic", "month"):
        query = f"rows={rows}&columns=channel&picture={picture}"
        answer = opened(centre.head.client, query)
        if picture == Picture.HEAT:
            assert "heat-5" in text_of(answer)
        else:
            assert answer.context["chart"]["series"]
        file = centre.head.client.get(f"{PAGE}file/?{query}&form=png")
        assert file["Content-Type"] == "image/png"
        assert file.content.startswith(b"\x89PNG")
        assert len(file.content) > 5000


def test_files_say_the_same_as_the_page_and_run_nothing(centre: Centre, live: Live) -> None:
    centre.holes.name = '=HYPERLINK("http://x")'
    centre.holes.save()
    live(9)
    query = "rows=topic&columns=channel"
    table = opened(centre.head.client, query).context["table"]
    expected = [[row["label"], *(int(c["text"]) for c in row["cells"])] for row in table["rows"]]
    expected.append(["Всего", *(int(cell["text"]) for cell in table["total"]["cells"])])

    def content(form: str) -> bytes:
        answer = centre.head.client.get(f"{PAGE}file/?{query}&form={form}")
        assert answer.status_code == 200
        assert answer["Content-Disposition"].endswith(f'.{form}"')
        return answer.content

    book = content("xlsx")
    values = load_workbook(io.BytesIO(book), data_only=True)["Разрез"]
    assert [list(row) for row in values.values][1:] == expected
    formulas = [list(row) for row in load_workbook(io.BytesIO(book))["Разрез"].values]
    assert formulas[-1][1:] == [f"=SUBTOTAL(109,{x}2:{x}3)" for x in "BCD"]
    assert formulas[1][-1] == "=SUM(B2,C2)"
    text = content("csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))[1:]
    assert [[row[0].removeprefix("'"), *map(int, row[1:])] for row in rows] == expected
    assert any(row[0].startswith("'=") for row in rows)
    assert content("pdf").startswith(b"%PDF")
    assert zipfile.is_zipfile(io.BytesIO(content("docx")))
    assert centre.head.client.get(f"{PAGE}file/?{query}&form=exe").status_code == 404
    assert centre.head.client.get(f"{PAGE}file/?{query}&form=geojson").status_code >= 400
    assert centre.operator.client.get(f"{PAGE}file/?{query}").status_code == 403


def test_a_mean_of_a_handful_is_not_told(centre: Centre, live: Live) -> None:
    vary(live(6))
    table = opened(centre.head.client, "rows=topic&measure=score").context["table"]
    assert table["total"]["cells"][0]["text"] == "мало данных"
    vary(live(18))
    table = opened(centre.head.client, "rows=topic&measure=score").context["table"]
    assert table["total"]["cells"][0]["text"] == "5,00"


GETS = {
    "desk:indicators": 12,
    "desk:summary": 24,
    "desk:summary_file": 14,
    "desk:cut": 12,
    "desk:cut_settings": 18,
    "desk:frozen_cuts": 12,
    "desk:frozen_cut": 13,
    "desk:frozen_file": 12,
    "desk:frozen_supplied": 12,
}
POSTS = {"desk:summary_save", "desk:summary_forget", "desk:cut_pin", "desk:frozen_supply"}


def furnished(head: Person, count: int) -> dict[str, str]:
    today = clock.today()
    given = {"since": str(today - timedelta(days=29)), "until": str(today)}
    view = read_view(given, ["received"])
    for n in range(count):
        name = f"Разрез {SavedCut.objects.count()} {n}"
        saved = actions.save_cut(
            access=head.access, name=name, request=view.request, measure=Measure.RECEIVED
        )
        found = actions.freeze(access=head.access, name=name, view=view)
        made = actions.supply(
            access=head.access, frozen_id=found.pk, to="Отдел", form=SupplyForm.CSV
        )
    keys: dict[str, list[Any]] = {
        "desk:cut": [saved.pk], "desk:cut_settings": [saved.pk], "desk:frozen_cut": [found.pk],
        "desk:frozen_file": [found.pk, "csv"], "desk:frozen_supplied": [found.pk, made.pk],
    }  # fmt: skip
    return {name: reverse(name, args=keys.get(name, [])) for name in GETS if name != "desk:cut"}


def test_pages_ask_the_same_of_few_and_of_many(centre: Centre, live: Live) -> None:
    live(3)
    addresses = furnished(centre.head, 1)
    few = counts_of(centre.head.client, addresses)
    live(12)
    many = counts_of(centre.head.client, furnished(centre.head, 6))
    assert not grown(few, many)
    assert not over(many, GETS)
    assert FrozenCut.objects.count() == 7


def test_every_address_is_counted_and_verbs_show_no_page(centre: Centre) -> None:
    names = set(views_of("otklik.web.desk.cuts"))
    assert names == GETS.keys() | POSTS
    for name in POSTS:
        args = [] if name == "desk:summary_save" else [1]
        assert centre.head.client.get(reverse(name, args=args)).status_code == 405
