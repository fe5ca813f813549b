"""Pages of assessments: how much they ask, who may open them, what a broken form is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from otklik.base import clock
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.insight.assessments.models import Assessment, Part, Recommendation
from otklik.insight.assessments.vocabulary import Kind
from otklik.insight.facts.models import QuestionFact
from otklik.web.desk.tests.conftest import Centre, Person, make_person
from otklik.web.look.tests.counting import counts_of, grown, over, views_of

SINCE, UNTIL = date(2026, 2, 1), date(2026, 2, 28)
POST_ONLY = {"desk:assessment_steps", "desk:assessment_sending", "desk:assessment_advice_step"}
FILES = {"desk:assessment_file", "desk:assessment_part_file"}


@pytest.fixture
def chief(centre: Centre) -> Person:
    """Somebody with every right there is."""
    rights = dict.fromkeys(Permission, Scope.MUNICIPALITY)
    return make_person(centre.municipality, "Всемогущая Вера", rights)


def counted(centre: Centre, number: int, topics: int, bodies: list[Body]) -> None:
    for n in range(number):
        day = SINCE + timedelta(days=n % 28)
        at = clock.now().replace(year=day.year, month=day.month, day=day.day)
        body = bodies[n % len(bodies)]
        QuestionFact.objects.create(
            question_id=n + 1, appeal_id=n + 1, municipality_id=centre.municipality.pk,
            is_first=True, channel="pos", regime="pos", status="assigned",
            topic_id=[centre.holes.pk, centre.leaks.pk][n % topics], topic_group="Быт",
            body_id=body.pk, received_on=day, received_at=at, starts_at=at, due_at=at,
            reopened=0, repeated=False, returned=0, checks=0, checks_passed=0,
            fast_track=False, body_ids=[body.pk], account_ids=[],
        )  # fmt: skip


def made(person: Person, kind: str, **more: object) -> Assessment:
    form = {"kind": kind, "since": SINCE, "until": UNTIL, **more}
    assert person.client.post(reverse("desk:assessment_new"), form).status_code == 302
    return Assessment.objects.latest("pk")


def step(client: Client, one: Assessment, name: str, **form: object) -> None:
    client.post(reverse("desk:assessment_steps", args=[one.pk]), {"step": name, **form})


def through(chief: Person, body: Body) -> Assessment:
    """An assessment of work with two recommendations, published."""
    one = made(chief, "work")
    for text in ("Разобрать просрочку", "Вести журнал"):
        step(chief.client, one, "advise", sort="priority", body=body.pk, text=text)
    for name in ("send", "approve", "publish"):
        step(chief.client, one, name)
    one.refresh_from_db()
    assert one.state == "published"
    return one


def addresses(one: Assessment) -> dict[str, str]:
    plain = ("assessments", "assessment_new", "assessment_advice", "assessment_parts")
    found = {f"desk:{name}": reverse(f"desk:{name}") for name in plain}
    found["desk:assessment"] = reverse("desk:assessment", args=[one.pk])
    for kind in (Kind.PROBLEMS, Kind.DUTIES):
        pk = Assessment.objects.filter(kind=kind).earliest("pk").pk
        found[f"desk:assessment?{kind}"] = reverse("desk:assessment", args=[pk])
    part = Part.objects.earliest("pk")
    found["desk:assessment_part"] = reverse("desk:assessment_part", args=[part.pk])
    return found


def test_pages_ask_no_more_when_there_is_more(centre: Centre, chief: Person) -> None:
    counted(centre, 12, 1, [centre.roads])
    for kind in ("problems", "duties"):
        made(chief, kind)
    first = through(chief, centre.roads)
    sending = reverse("desk:assessment_sending", args=[Part.objects.get().assessment_id])
    chief.client.post(sending)
    pages = addresses(first)
    few = counts_of(chief.client, pages)
    for _ in range(3):
        through(chief, centre.roads)
        made(chief, "problems")
        duties = made(chief, "duties")
        chief.client.post(reverse("desk:assessment_sending", args=[duties.pk]))
    for n in range(4):
        Recommendation.objects.create(
            assessment=first, sort="priority", body=centre.water, text=f"Ещё {n}", step="given",
            changed_at=clock.now(), changed_label="Белов",
        )  # fmt: skip
    many = counts_of(chief.client, pages)
    assert not grown(few, many)
    assert not over(many, dict.fromkeys(many, 22))
    own = set(views_of("otklik.web.desk.assessments"))
    assert own == {name.partition("?")[0] for name in pages} | POST_ONLY | FILES


def test_numbers_stay_and_conclusions_do_not_change_after_sending(
    centre: Centre, chief: Person
) -> None:
    counted(centre, 12, 1, [centre.roads])
    one = made(chief, "problems")
    assert one.content["rows"][0]["received"] == 12
    QuestionFact.objects.all().delete()
    step(chief.client, one, "words", words="Ямы.")
    step(chief.client, one, "send")
    step(chief.client, one, "words", words="Другое.")
    step(chief.client, one, "advise", sort="priority", text="Поздно")
    one.refresh_from_db()
    assert (one.words, one.recommendations.count()) == ("Ямы.", 0)
    assert one.content["rows"][0]["received"] == 12
    step(chief.client, one, "return", remark="Назовите улицы.")
    one.refresh_from_db()
    assert (one.state, one.remark) == ("returned", "Назовите улицы.")


def test_a_broken_form_is_told_what_to_mend(centre: Centre, chief: Person) -> None:
    page = reverse("desk:assessment_new")
    form = {"kind": "problems", "since": SINCE, "until": UNTIL}
    for broken in (
        {"since": "вчера"},
        {"since": UNTIL, "until": SINCE},
        {"since": "2020-01-01"},
        {"growth": "500"},
        dict.fromkeys(("number", "growth", "overdue", "repeated", "dissatisfied", "spread"), "0"),
    ):
        answer = chief.client.post(page, {**form, **broken})
        assert answer.status_code == 422
    assert not Assessment.objects.exists()


def test_a_part_of_the_municipality_makes_no_assessment(centre: Centre) -> None:
    """Rights over one body give neither the numbers of all nor drafts of others."""
    rights = dict.fromkeys(
        (Permission.VIEW_APPEALS, Permission.ANALYTICS, Permission.REPORT), Scope.BODY
    )
    narrow = make_person(centre.municipality, "Узкая Нина", rights, centre.roads)
    form = {"kind": "work", "since": SINCE, "until": UNTIL}
    answer = narrow.client.post(reverse("desk:assessment_new"), form)
    assert (answer.status_code, Assessment.objects.count()) == (422, 0)
    counted(centre, 12, 1, [centre.roads, centre.water])
    chief = make_person(centre.municipality, "Вера", dict.fromkeys(Permission, Scope.MUNICIPALITY))
    one = made(chief, "work")
    assert narrow.client.get(reverse("desk:assessment", args=[one.pk])).status_code == 404
    page = reverse("desk:assessment", args=[one.pk])
    assert page not in narrow.client.get(reverse("desk:assessments")).content.decode()


@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_papers_are_written(centre: Centre, chief: Person, kind: str, ending: str) -> None:
    counted(centre, 12, 2, [centre.roads, centre.water])
    one = made(chief, kind)
    answer = chief.client.get(reverse("desk:assessment_file", args=[one.pk, ending]))
    assert answer.content[:4] == {"docx": b"PK\x03\x04", "pdf": b"%PDF"}[ending]
    for part in Part.objects.all()[:1]:
        answer = chief.client.get(reverse("desk:assessment_part_file", args=[part.pk, ending]))
        assert answer.status_code == 200
