"""What officers of the regulations do with growth and assessments, each in its own preset."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from operator import itemgetter
from typing import Any

import pytest
from django.urls import reverse

from otklik.base import clock
from otklik.coordination.returns.actions import hand_in
from otklik.coordination.returns.models import Return, ReturnForm
from otklik.coordination.tasks.models import Task
from otklik.directory.organisation.models import Body
from otklik.directory.territory.models import Settlement
from otklik.directory.topics.models import Edition, Topic
from otklik.exchange.notifications.models import Notice
from otklik.insight.assessments.models import Assessment, Part, Recommendation
from otklik.insight.facts.models import QuestionFact
from otklik.records.journal.models import Entry
from tests.requirements.test_presets_walked import PLANS, Person, Walk

pytestmark = pytest.mark.django_db
WEEKS, USUAL, BURST = 30, 60, 30
PLANTED = "Вывоз снега с остановок"


class Town:
    """A centre of a preset with weeks of counted cases, and a burst of one topic in one place."""

    def __init__(self, slug: str, channels: tuple[str, ...] = ("pos", "incident")) -> None:
        self.walk = Walk(PLANS[slug])
        self.place, self.channels = self.walk.place, channels
        self.until = clock.today(self.place.tz) - timedelta(days=1)
        self.since = self.until - timedelta(days=6)
        self.dice = random.Random(59)
        edition = Edition.objects.create(municipality=self.place, slug="own-test", title="Темы")
        names = [*(f"Тема {n}" for n in range(9)), PLANTED]
        self.topics = [
            Topic.objects.create(edition=edition, code=f"t{n}", name=name, group="Быт")
            for n, name in enumerate(names)
        ]
        self.villages = [
            Settlement.objects.create(municipality=self.place, name=f"Дальнее {n}", kind="village")
            for n in range(5)
        ]
        assert self.walk.body is not None
        self.bodies = [self.walk.body, *Body.objects.filter(municipality=self.place)[:4]]
        QuestionFact.objects.bulk_create(self._facts())

    def _facts(self) -> Iterator[QuestionFact]:
        number = 0
        for week in range(WEEKS):
            for _ in range(USUAL + self.dice.randint(-5, 5)):
                number += 1
                yield self._fact(number, week, self.dice.randrange(10), self.dice.randrange(5))
        for _ in range(BURST):
            for channel in self.channels:
                number += 1
                yield self._fact(number, 0, 9, 3, channel)

    def _fact(
        self, number: int, week: int, topic: int, place: int, channel: str = ""
    ) -> QuestionFact:
        day = self.until - timedelta(days=7 * week + self.dice.randrange(7))
        at = datetime.combine(day, time(9), UTC)
        # Most of the burst is the body of the walk's; the rest of the work is anybody's.
        body = self.bodies[0] if channel else self.dice.choice(self.bodies)
        return QuestionFact(
            question_id=number, appeal_id=number, municipality_id=self.place.pk, is_first=True,
            channel=channel or self.dice.choice(self.channels), regime="pos", status="assigned",
            topic_id=self.topics[topic].pk, topic_group="Быт",
            settlement_id=self.villages[place].pk, body_id=body.pk, received_on=day,
            received_at=at, starts_at=at, due_at=at + timedelta(days=self.dice.choice([2, 40])),
            score=self.dice.choice([None, 2, 5]), reopened=0, repeated=False, returned=0,
            checks=0, checks_passed=0, fast_track=False, body_ids=[body.pk], account_ids=[],
        )  # fmt: skip

    @property
    def period(self) -> dict[str, str]:
        return {"since": str(self.since), "until": str(self.until)}

    def count(self, **more: Any) -> int:
        return QuestionFact.objects.filter(
            municipality_id=self.place.pk, received_on__gte=self.since, **more
        ).count()


def shown(person: Person, name: str, *args: object, **query: str) -> str:
    answer = person.client.get(reverse(f"desk:{name}", args=args), query)
    assert answer.status_code == 200, name
    return str(answer.content.decode()).replace("\u00a0", " ")


def sent(person: Person, pk: int, step: str, **form: object) -> None:
    person.client.post(reverse("desk:assessment_steps", args=[pk]), {"step": step, **form})


@pytest.mark.parametrize(
    ("slug", "role", "channel"),
    [
        pytest.param(
            "novoduginsky", "pos-officer", "pos", marks=pytest.mark.clause("novoduginsky:2.5.4")
        ),
        pytest.param(
            "novoduginsky", "im-officer", "incident", marks=pytest.mark.clause("novoduginsky:2.6.4")
        ),
        pytest.param(
            "pereslavl", "systems-officer", "incident", marks=pytest.mark.clause("pereslavl:2.5.3")
        ),
        pytest.param(
            "pereslavl", "systems-officer", "pos", marks=pytest.mark.clause("pereslavl:2.5.7")
        ),
    ],
)
def test_the_officer_of_a_system_finds_why_it_grew(slug: str, role: str, channel: str) -> None:
    """The cause with its topic and place, the sentence, the paper; the summary beside it."""
    town = Town(slug)
    officer = town.walk.people[role]
    asked = {**town.period, "channel": channel}
    page = shown(officer, "growth", **asked)
    assert PLANTED in page
    assert "Дальнее 3" in page
    assert f"поступило {town.count(channel=channel)} " in page
    assert "Рост объясняет 1 причина" in page
    for ending in ("docx", "pdf"):
        url = reverse("desk:growth_file", args=[ending])
        assert officer.client.get(url, asked).status_code == 200
    assert str(town.count(channel=channel)) in shown(officer, "summary", **asked)
    recipient = town.walk.people["recipient"]
    assert recipient.client.get(reverse("desk:growth"), asked).status_code == 403


HEADS = {"ust-kubinsky": "head", "tuapse": "head", "dedovichi": "curator"}
MAKERS = {"ust-kubinsky": "administrator", "tuapse": "head", "dedovichi": "coordinator"}


def made(town: Town, maker: Person, kind: str, **weights: int) -> Assessment:
    answer = maker.client.post(
        reverse("desk:assessment_new"), {"kind": kind, **town.period, **weights}
    )
    assert answer.status_code == 302
    return Assessment.objects.latest("pk")


def handed_in(town: Town) -> None:
    """The body hands in a report for the week by the form of the centre."""
    field = {
        "key": "f1", "section": "Итоги", "label": "Сделано выездов", "kind": "number",
        "options": [], "counted": "",
    }  # fmt: skip
    form = ReturnForm.objects.create(
        municipality=town.place, title="Недельная справка", recurrence="weekly", fields=[field],
        saved_at=clock.now(), saved_by="Руководитель",
    )  # fmt: skip
    report = Return.objects.create(
        municipality=town.place, form=form, body=town.bodies[0], period="w", since=town.since,
        until=town.until, due_on=town.until + timedelta(days=5), fields=[field],
    )  # fmt: skip
    doer = next(
        person
        for person in town.walk.people.values()
        if person.access(town.place).reach("draft").body_ids
    )
    hand_in(access=doer.access(town.place), return_id=report.pk, typed={"f1": "14"})


@pytest.mark.parametrize(
    "slug",
    [
        pytest.param("ust-kubinsky", marks=pytest.mark.clause("ust-kubinsky:3.1.z")),
        pytest.param("tuapse", marks=pytest.mark.clause("tuapse:2.3.1")),
        pytest.param("dedovichi", marks=pytest.mark.clause("dedovichi:7.1")),
    ],
)
def test_the_analyst_ranks_problems_and_what_was_ranked_stays(slug: str) -> None:
    """Number, growth, places, bodies, severity; reports beside; a later version changes nothing."""
    town = Town(slug)
    handed_in(town)
    maker = town.walk.people[MAKERS[slug]]
    first = made(town, maker, "problems", growth=60)
    page = shown(maker, "assessment", first.pk)
    row = first.content["rows"][0]
    planted = town.topics[9]
    assert (row["label"], row["received"]) == (PLANTED, town.count(topic_id=planted.pk))
    assert row["received"] > row["before"]
    assert row["where"][0]["label"].endswith("Дальнее 3")
    assert row["who"][0]["label"] == str(town.bodies[0])
    for said in (
        PLANTED,
        "Дальнее 3",
        str(town.bodies[0]),
        "рост",
        "вес 60",
        "Сделано выездов: 14",
    ):
        assert said in page
    kept = Assessment.objects.get(pk=first.pk).content
    QuestionFact.objects.filter(topic_id=planted.pk).delete()
    second = made(town, maker, "problems")
    assert (first.version, second.version) == (1, 2)
    assert second.content["rows"][0]["label"] != PLANTED
    assert Assessment.objects.get(pk=first.pk).content == kept
    assert PLANTED in shown(maker, "assessment", first.pk)
    answer = maker.client.get(reverse("desk:assessment_file", args=[first.pk, "docx"]))
    assert answer.status_code == 200
    others = [one for one in town.walk.people.values() if not one.access(town.place).may("report")]
    for person in others:
        form = {"kind": "problems", **town.period}
        assert person.client.post(reverse("desk:assessment_new"), form).status_code == 403


@pytest.mark.parametrize(
    "slug",
    [
        pytest.param("ust-kubinsky", marks=pytest.mark.clause("ust-kubinsky:3.1.i")),
        pytest.param("tuapse", marks=pytest.mark.clause("tuapse:2.3.2")),
        pytest.param("dedovichi", marks=pytest.mark.clause("dedovichi:7.2")),
    ],
)
def test_the_work_of_bodies_is_assessed_approved_published_and_followed(slug: str) -> None:
    town = Town(slug)
    maker, head = town.walk.people[MAKERS[slug]], town.walk.people[HEADS[slug]]
    one = made(town, maker, "work")
    assert {row["label"] for row in one.content["rows"]} <= {str(body) for body in town.bodies}
    assert one.content["parts"]
    assert one.method["formula"]
    body, people = town.bodies[0], town.walk.people.values()
    # Where a regulation lets everybody see the whole, the one whom advice is given to sees it too.
    reader, whole = min(
        (
            (each, each.access(town.place).reach("analytics").everywhere)
            for each in sorted(people, key=lambda person: person in (maker, head))
            if each.access(town.place).reach("draft").covers(body.pk, False, None)
        ),
        key=itemgetter(1),
    )
    due = clock.today(town.place.tz) + timedelta(days=20)
    for sort in ("priority", "technology"):
        sent(maker, one.pk, "advise", sort=sort, body=body.pk, text="Вести журнал заявок",
             due_on=due)  # fmt: skip
    sent(maker, one.pk, "words", words="Нужен разбор просрочки.")
    card = reverse("desk:assessment", args=[one.pk])
    assert reader.client.get(card).status_code == (200 if whole else 404)
    sent(maker, one.pk, "send")
    for person in town.walk.people.values():
        if person.access(town.place).may("instruct") or person.access(town.place).may("sign"):
            continue
        sent(person, one.pk, "approve")
    one.refresh_from_db()
    assert one.state == "sent"
    sent(head, one.pk, "return")
    one.refresh_from_db()
    assert one.state == "sent"
    sent(head, one.pk, "approve")
    sent(head, one.pk, "publish")
    one.refresh_from_db()
    assert one.state == "published"
    assert one.decided_label.startswith(head.account.short_name)
    assert "Вести журнал заявок" in shown(reader, "assessment", one.pk)
    assert Notice.objects.filter(account=reader.account, url=card).exists()
    first, second = Recommendation.objects.order_by("pk")
    _followed(town, head, reader, first, second)


def _followed(
    town: Town, head: Person, reader: Person, first: Recommendation, second: Recommendation
) -> None:
    """One is answered by its body, of the other a task is made where the head gives tasks."""
    url = reverse("desk:assessment_advice_step", args=[first.pk])
    reader.client.post(url, {"state": "done"})
    first.refresh_from_db()
    assert first.step == "given"
    reader.client.post(url, {"state": "done", "comment": "Журнал заведён."})
    first.refresh_from_db()
    assert (first.step, first.comment) == ("done", "Журнал заведён.")
    open_ones = shown(head, "assessment_advice")
    assert open_ones.count("Вести журнал заявок") == 1
    if head.access(town.place).may("instruct"):
        sent(head, second.assessment_id, "give", advice=second.pk)
        second.refresh_from_db()
        task = Task.objects.get()
        assert second.task == task
        assert (task.owner_body, task.due_on) == (second.body, second.due_on)
    else:
        head.client.post(
            reverse("desk:assessment_advice_step", args=[second.pk]),
            {"state": "declined", "comment": "Делает другое управление."},
        )
        second.refresh_from_db()
        assert second.step == "declined"
    names = set(Entry.objects.filter(municipality_id=town.place.pk).values_list("name", flat=True))
    assert any("RecommendationFollowed" in name for name in names)


@pytest.mark.clause("pereslavl:1.1.3.g")
def test_every_recipient_gets_his_part_and_proposes() -> None:
    town = Town("pereslavl")
    head, recipient = town.walk.people["head"], town.walk.people["recipient"]
    one = made(town, head, "duties")
    body, other = town.bodies[0], next(b for b in town.bodies if b != town.bodies[0])
    part = Part.objects.get(assessment=one, body=body)
    foreign = Part.objects.get(assessment=one, body=other)
    page = reverse("desk:assessment_part", args=[part.pk])
    assert recipient.client.get(page).status_code == 404
    head.client.post(reverse("desk:assessment_sending", args=[one.pk]), {"body": [body.pk]})
    head.client.post(reverse("desk:assessment_sending", args=[one.pk]))
    assert Notice.objects.filter(account=recipient.account, url=page).count() == 1
    seen = shown(recipient, "assessment_part", part.pk)
    assert PLANTED in seen
    assert str(part.content["total"]["received"]) in seen
    assert part.content["total"]["received"] == town.count(body_id=body.pk)
    assert recipient.client.get(
        reverse("desk:assessment_part", args=[foreign.pk])
    ).status_code == 404  # fmt: skip
    assert str(other) not in shown(recipient, "assessment_parts")
    assert recipient.client.get(reverse("desk:assessment", args=[one.pk])).status_code == 404
    assert recipient.client.post(page, {"proposal": " "}).status_code == 422
    recipient.client.post(page, {"proposal": "Купить второй снегоход."})
    part.refresh_from_db()
    assert part.proposal == "Купить второй снегоход."
    assert part.answered_label.startswith(recipient.account.short_name)
    assert "Купить второй снегоход." in shown(head, "assessment_part", part.pk)
