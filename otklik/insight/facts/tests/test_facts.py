"""Facts are what the cases say, however they came to be written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from otklik.base.errors import Forbidden
from otklik.casework.appeals.actions import PlaceGiven, set_place, set_topic, withdraw_assignment
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.queries import visible_to as visible_appeals
from otklik.casework.intake.events import AppealsImported
from otklik.insight.facts.actions import rebuild, refresh_facts
from otklik.insight.facts.models import AnswerFact, AssignmentFact, QuestionFact, ScoreFact
from otklik.insight.facts.queries import (
    visible_answers,
    visible_assignments,
    visible_scores,
    visible_to,
)
from otklik.insight.facts.tests.world import NOW, START, District, build, run_jobs
from otklik.records.journal.actions import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> District:
    return build()


ALL = (QuestionFact, AssignmentFact, AnswerFact, ScoreFact)


def rows() -> list[dict[str, object]]:
    return [dict(row) for row in QuestionFact.objects.order_by("question_id").values()]


def everything() -> dict[str, list[dict[str, object]]]:
    """All tables of facts, byte for byte."""
    found: dict[str, list[dict[str, object]]] = {}
    for model in ALL:
        rows_of = model._default_manager.order_by("pk").values()
        found[model.__name__] = [dict(row) for row in rows_of]
    return found


def test_following_the_journal_equals_rebuilding(district: District) -> None:
    made = district.live(40)
    for appeal in made[:10]:
        topic = district.dice.choice(district.topics)
        set_topic(access=district.access, appeal_id=appeal.pk, topic_id=topic.pk, question_number=1)
    place = PlaceGiven(text="у школы", settlement_id=district.settlements[0].pk, lat=55.1, lon=36.2)
    for appeal in made[5:15]:
        set_place(access=district.access, appeal_id=appeal.pk, place=place)
    for assignment in Assignment.objects.filter(withdrawn_at__isnull=True)[:5]:
        withdraw_assignment(
            access=district.access, assignment_id=assignment.pk, reason="не наша компетенция"
        )
    assert run_jobs("facts.refresh") > 0
    refresh_facts(municipality_id=district.town.pk, appeal_ids=[a.pk for a in made])
    followed = everything()
    assert rebuild(municipality_id=district.town.pk) == len(followed["QuestionFact"])
    assert everything() == followed


def test_every_verb_is_followed_without_a_rebuild(district: District) -> None:
    """Nothing but the jobs that events deferred writes the facts here."""
    made = district.live(25)
    run_jobs("facts.refresh")
    names = [
        field.name
        for field in QuestionFact._meta.get_fields()
        if field.name not in ("score", "returned", "checks", "checks_passed")
    ]
    followed = list(QuestionFact.objects.order_by("question_id").values(*names))
    rebuild(municipality_id=district.town.pk)
    assert list(QuestionFact.objects.order_by("question_id").values(*names)) == followed
    assert len({row["appeal_id"] for row in followed}) == len(made)


def test_a_fact_says_what_the_case_says(district: District) -> None:
    appeal = district.register(START, topic=district.topics[0], settlement=district.settlements[0])
    district.assign(appeal, district.bodies[1])
    district.answer(appeal, START + timedelta(days=15), score=4)
    rebuild(municipality_id=district.town.pk)
    fact = QuestionFact.objects.get(appeal_id=appeal.pk)
    appeal.refresh_from_db()
    assert (fact.topic_group, fact.body_id) == ("Дороги", district.bodies[1].pk)
    assert (fact.received_on, fact.answered_on) == (date(2025, 12, 22), date(2026, 1, 6))
    assert (fact.score, fact.checks) == (4, 2)
    assert (fact.lat, fact.lon) == (55.0, 36.0)
    assert fact.due_at == appeal.due_at
    assert fact.term_used is not None
    assert 0 < fact.term_used <= 1
    assert fact.is_first


def test_the_day_is_that_of_the_municipality(district: District) -> None:
    district.town.time_zone = "Asia/Vladivostok"
    district.town.save()
    district.register(START.replace(hour=20))
    rebuild(municipality_id=district.town.pk)
    assert QuestionFact.objects.latest("pk").received_on == date(2025, 12, 23)


def test_a_case_that_is_gone_loses_its_rows(district: District) -> None:
    appeal = district.register(START)
    refresh_facts(municipality_id=district.town.pk, appeal_ids=[appeal.pk])
    pk = appeal.pk
    Appeal.objects.filter(pk=pk).delete()
    refresh_facts(municipality_id=district.town.pk, appeal_ids=[pk])
    assert not QuestionFact.objects.exists()


def test_an_imported_batch_is_followed_by_one_job(district: District) -> None:
    made = district.live(5)
    run_jobs("facts.refresh")
    QuestionFact.objects.all().delete()
    event = AppealsImported(subject_id=1, created=tuple(a.pk for a in made))
    record(event, actor=district.access.actor, municipality_id=district.town.pk)
    run_jobs("facts.refresh")
    assert set(QuestionFact.objects.values_list("appeal_id", flat=True)) == {a.pk for a in made}


def test_rebuilding_leaves_the_neighbours_alone(district: District) -> None:
    other = build("sosedi")
    for each in (district, other):
        each.live(6)
        rebuild(municipality_id=each.town.pk)
    before = rows()
    rebuild(municipality_id=other.town.pk)
    assert rows() == before


def test_a_person_counts_what_he_may_see(district: District) -> None:
    district.live(30)
    other = build("sosedi")
    other.live(5)
    for each in (district, other):
        rebuild(municipality_id=each.town.pk)
    head = district.head_of(district.bodies[1])
    for access in (head, district.access, other.access):
        seen = set(visible_to(access).values_list("appeal_id", flat=True))
        assert seen == set(visible_appeals(access).values_list("pk", flat=True))
        for narrow in (visible_assignments, visible_answers, visible_scores):
            assert set(narrow(access).values_list("appeal_id", flat=True)) <= seen
    for visible in (visible_to, visible_assignments, visible_answers, visible_scores):
        with pytest.raises(Forbidden):
            visible(district.outsider())


def test_a_period_reads_only_its_years(district: District) -> None:
    found = QuestionFact.objects.filter(
        municipality_id=1, received_on__range=(date(2026, 1, 1), NOW.date())
    )
    plan = found.explain()
    assert "facts_question_2026" in plan
    assert "facts_question_2025" not in plan
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_inherits WHERE inhparent = 'facts_question'::regclass"
        )
        assert cursor.fetchone()[0] > 20
