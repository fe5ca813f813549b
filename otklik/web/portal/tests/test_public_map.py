"""The map for everybody tells topics and squares, and never a case, a person or a house."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.test import Client

from otklik.base import clock
from otklik.casework.appeals.actions import NewAppeal, NewApplicant, PlaceGiven
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.casework.intake.actions import take
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.territory.models import Settlement
from otklik.directory.topics.models import Edition, Topic
from otklik.insight.facts.actions import rebuild
from otklik.insight.heatmap.actions import release_public
from otklik.insight.heatmap.models import PublicRelease

TODAY = datetime(2026, 7, 10, 9, 0, tzinfo=UTC)
LAT, LON = 59.123456, 39.654321
SECRETS = ("Иванова", "+7 900 000-11-22", "ivanova@example.ru", "провал у калитки", "59.123456",
           "39.654321", "59,123456", "39,654321", "59.1234", "39.6543")  # fmt: skip


@pytest.fixture
def centre(db: None) -> Municipality:
    install_builtin_rules()
    return Municipality.objects.create(
        slug="zaozersk", name="Заозёрский округ", short_name="Заозёрский округ",
        kind="municipal_okrug", region="Северореченская область",
    )  # fmt: skip


@pytest.fixture
def filed(centre: Municipality) -> list[Appeal]:
    """Seven on holes and four on leaks in February, from one house; six on holes in May."""
    edition = Edition.objects.create(municipality=centre, slug="own", title="Свои темы")
    holes = Topic.objects.create(edition=edition, code="1", name="Ямы", group="Дороги")
    leaks = Topic.objects.create(edition=edition, code="2", name="Протечки", group="Вода")
    town = Settlement.objects.create(
        municipality=centre, name="Заозёрск", kind="town", lat=59.1, lon=39.6
    )
    days = [(holes, 2)] * 7 + [(leaks, 2)] * 4 + [(holes, 5)] * 6
    made = []
    with clock.frozen(TODAY):
        for topic, month in days:
            new = NewAppeal(
                regime=Regime.PORTAL, channel=Channel.PORTAL, text="Большой провал у калитки",
                received_at=datetime(2026, month, 5, 9, tzinfo=UTC), topic_id=topic.pk,
                applicant=NewApplicant(
                    name="Иванова Мария", phone="+7 900 000-11-22", email="ivanova@example.ru"
                ),
                place=PlaceGiven(settlement_id=town.pk, lat=LAT, lon=LON),
            )  # fmt: skip
            made.append(take(access=Access.system(centre.pk), new=new))
        rebuild(municipality_id=centre.pk)
        release_public(municipality_id=centre.pk, today=TODAY.date())
    return made


def shown(client: Client, query: str = "") -> str:
    with clock.frozen(TODAY):
        answer = client.get(f"/m/zaozersk/map/{query}")
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def test_topics_with_enough_cases_are_shown_rounded_down(
    client: Client, filed: list[Appeal]
) -> None:
    page = shown(client, "?quarter=2026-01")
    table = page.split("<table")[1].split("</table>")[0]
    assert "Ямы" in table
    assert re.search(r'Сообщений, не меньше">5</td>', table)
    assert "Протечки" not in page
    assert "I квартал 2026" in page


def test_nothing_of_a_case_or_a_house_leaks(client: Client, filed: list[Appeal]) -> None:
    for query in ("", "?quarter=2026-01", "?quarter=2026-04", "?quarter=x&bbox=1,2,3,4"):
        page = shown(client, query)
        assert "Ямы" in page
        for secret in (*SECRETS, *(case.number for case in filed)):
            assert secret.lower() not in page.lower()
        for number in re.findall(r"\d+[.,]\d{4,}", page.split("<main")[1]):
            pytest.fail(f"too exact: {number}")


def test_a_year_is_the_sum_of_quarters_and_no_other_period_can_be_asked(
    client: Client, filed: list[Appeal]
) -> None:
    """Seven and six were let out as five and five: the difference of any two tells nothing."""
    assert re.search(r'Сообщений, не меньше">10</td>', shown(client))
    for query in (
        "?months=1",
        "?since=2026-02-05&until=2026-02-05",
        "?topic=1",
        "?quarter=2026-02",
    ):
        assert shown(client, query).split("<main")[1] == shown(client).split("<main")[1]


def test_what_was_let_out_never_changes(client: Client, filed: list[Appeal]) -> None:
    before = shown(client)
    Appeal.objects.update(lat=LAT + 0.2, lon=LON + 0.2)
    rebuild(municipality_id=filed[0].municipality_id)
    with clock.frozen(TODAY):
        assert release_public(municipality_id=filed[0].municipality_id, today=TODAY.date()) == 0
    assert shown(client).split("<main")[1] == before.split("<main")[1]
    assert before.count("квадрат ") == 1
    cells = [cell for row in PublicRelease.objects.all() for cell in row.cells]
    assert all(cell[2] % 5 == 0 and cell[2] > 0 for cell in cells)


def test_a_quarter_not_let_out_yet_says_what_to_do_and_the_front_page_leads_here(
    client: Client, centre: Municipality
) -> None:
    assert "Показать пока нечего" in shown(client, "?quarter=2026-01")
    assert 'href="/m/zaozersk/map/"' in client.get("/m/zaozersk/").content.decode()
    assert client.get("/m/nowhere/map/").status_code == 404
