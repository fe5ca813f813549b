"""The page of causes: sentences, numbers with their lists, new words, papers, access."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import NewApplicant
from otklik.casework.appeals.models import Appeal
from otklik.directory.topics.models import Topic
from otklik.insight.facts.models import QuestionFact
from otklik.web.desk.tests.conftest import Centre
from otklik.web.look.tests.counting import queries_of, views_of

NOW = datetime.fromisoformat("2026-03-10T12:00:00+03:00")
DAY = timedelta(days=1)
WEEKS, USUAL = 20, 42


def counted(centre: Centre, *, burst: int) -> None:
    """Weeks alike of two topics, the last one with more leaks through one channel."""
    QuestionFact.objects.all().delete()
    rows = [
        (centre.holes, (n % 7) + 7 * week + 1, ("pos", "vk", "email")[n % 3])
        for week in range(WEEKS)
        for n in range(USUAL - week % 3)
    ]
    rows += [
        (centre.leaks, n % 7 + 1 + 7 * week, "email") for week in range(WEEKS) for n in range(7)
    ]
    rows += [(centre.leaks, n % 7 + 1, "pos") for n in range(burst)]
    QuestionFact.objects.bulk_create(
        _fact(centre, number, *row) for number, row in enumerate(rows, start=1)
    )


def _fact(centre: Centre, number: int, topic: Topic, ago: int, channel: str) -> QuestionFact:
    at = NOW - ago * DAY
    return QuestionFact(
        question_id=number, appeal_id=number, municipality_id=centre.municipality.pk,
        is_first=True, channel=channel, regime="portal", status="assigned", topic_id=topic.pk,
        topic_group="", body_id=centre.water.pk, received_on=at.date(), received_at=at,
        starts_at=at, reopened=0, repeated=False, returned=0, checks=0, checks_passed=0,
        fast_track=False, body_ids=[centre.water.pk], account_ids=[],
    )  # fmt: skip


def opened(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode()).replace("\u00a0", " ")


def test_the_cause_is_told_with_its_numbers_and_its_list(centre: Centre) -> None:
    counted(centre, burst=40)
    with clock.frozen(NOW):
        answer = centre.head.client.get(reverse("desk:growth"))
        page = opened(centre.head.client, reverse("desk:growth"))
    (factor,) = answer.context["factors"]
    assert "Протечки" in factor["name"]
    assert factor["factor"].now in (40, 47)
    assert factor["sentence"].replace("\u00a0", " ") in page
    assert f"topic={centre.leaks.pk}" in factor["url"]
    assert "since=2026-03-03" in factor["url"]
    assert "Рост объясняет 1 причина." in page


def test_a_calm_week_has_no_cause(centre: Centre) -> None:
    counted(centre, burst=0)
    with clock.frozen(NOW):
        answer = centre.head.client.get(reverse("desk:growth"))
    assert answer.context["factors"] == []


def test_broken_addresses_fall_back_and_others_are_refused(centre: Centre) -> None:
    page = reverse("desk:growth")
    asked = ("since=чушь&compare=x", "since=2026-03-09&until=2026-03-01", "since=2019-01-01")
    for query in (*asked, "compare=last_year"):
        opened(centre.head.client, f"{page}?{query}")
    assert "Мало данных: сравнивать не с чем." in opened(centre.head.client, page)
    for name in ("growth", "growth_words"):
        assert centre.operator.client.get(reverse(f"desk:{name}")).status_code == 403
    assert centre.head.client.get(reverse("desk:growth_file", args=["exe"])).status_code == 404


def test_new_words_are_shown_and_names_are_not(
    centre: Centre, file_appeal: Callable[..., Appeal]
) -> None:
    for n in range(12):
        with clock.frozen(NOW - (20 + n) * DAY):
            file_appeal("Яма на дороге, просим засыпать", applicant=_person(n))
    for n in range(12):
        with clock.frozen(NOW - (n % 6 + 1) * DAY):
            text = "Всюду электросамокаты, видел Поликарп Сорокин"
            file_appeal(text, applicant=_person(n))
    with clock.frozen(NOW):
        words = opened(centre.head.client, reverse("desk:growth_words")).lower()
    assert "электросамокаты" in words
    assert "сорокин" not in words
    assert "поликарп" not in words


def _person(n: int) -> NewApplicant:
    return NewApplicant(name=f"Иванова Мария {n}", phone=f"+7 900 000-11-{n:02}")


LIMITS = {"desk:growth": 34, "desk:growth_words": 26, "desk:growth_year": 14}


def test_pages_ask_no_more_of_a_fuller_centre(centre: Centre) -> None:
    counted(centre, burst=0)
    with clock.frozen(NOW):
        for name in LIMITS:
            centre.head.client.get(reverse(name))
        few = {name: queries_of(centre.head.client, reverse(name)) for name in LIMITS}
    counted(centre, burst=40)
    with clock.frozen(NOW):
        many = {name: queries_of(centre.head.client, reverse(name)) for name in LIMITS}
    for name, limit in LIMITS.items():
        # Names of what grew are read only when something did.
        assert many[name] <= few[name] + 3
        assert many[name] <= limit
    assert set(views_of("otklik.web.desk.growth")) == {*LIMITS, "desk:growth_file"}


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_paper_is_written(centre: Centre, ending: str) -> None:
    counted(centre, burst=40)
    with clock.frozen(NOW):
        answer = centre.head.client.get(reverse("desk:growth_file", args=[ending]))
    assert answer.status_code == 200
    assert answer.content[:4] == {"docx": b"PK\x03\x04", "pdf": b"%PDF"}[ending]
