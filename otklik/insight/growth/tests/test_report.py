"""The report over a real database: numbers, links, access, wording."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.base.errors import Forbidden, Refused
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.appeals.vocabulary import Channel
from otklik.directory.organisation.models import Body
from otklik.directory.territory.models import Settlement
from otklik.directory.topics.models import Topic
from otklik.insight.cuts.queries import facts_of
from otklik.insight.cuts.vocabulary import Counted, Dimension
from otklik.insight.facts.models import QuestionFact
from otklik.insight.facts.tests.world import NOW, District, build
from otklik.insight.growth.queries import growth_report
from otklik.insight.growth.rules import sentences
from otklik.insight.growth.rules.blocks import Blocks, blocks_of
from otklik.insight.growth.tests import simulation
from otklik.insight.growth.vocabulary import Compare

pytestmark = pytest.mark.django_db

SINCE, UNTIL = date(2026, 2, 16), date(2026, 2, 22)
WEEK = AppealFilter(since=SINCE, until=UNTIL)
USUAL = 220.0
CHANNELS = [Channel.POS, Channel.INCIDENT, Channel.PAPER, Channel.PORTAL, Channel.EMAIL, Channel.VK]


@pytest.fixture
def district() -> District:
    return build()


def settle(district: District, seed: int, *, planted: bool = True) -> simulation.Town:
    """A town of the simulation as rows of facts."""
    blocks = blocks_of(SINCE, UNTIL, Compare.PREVIOUS)
    row = blocks.bases + blocks.past + 1
    made = simulation.town(
        seed, blocks=row, yearly=len(blocks.spans) - row, planted=planted, usual=USUAL
    )
    edition = district.topics[0].edition
    topics = Topic.objects.bulk_create(
        Topic(edition=edition, code=f"s{n}", name=f"Тема {n}") for n in range(simulation.TOPICS)
    )
    places = Settlement.objects.bulk_create(
        Settlement(municipality=district.town, name=f"Село {n}", kind="village")
        for n in range(simulation.PLACES)
    )
    bodies = Body.objects.bulk_create(
        Body(municipality=district.town, name=f"Отдел {n}", kind="department")
        for n in range(simulation.BODIES)
    )
    keys = [[one.pk for one in rows] for rows in (topics, places, bodies)]
    facts = _facts(district, made, blocks, keys)
    QuestionFact.objects.bulk_create(facts, batch_size=5000)
    named: dict[int, Any] = {0: topics, 1: places}
    district.topics, district.bodies, district.settlements = topics, bodies, places
    planted_keys = {
        one: named[one][value].pk if one in named else value for one, value in made.planted.items()
    }
    return simulation.Town(made.cells, planted_keys)


def _facts(
    district: District, made: simulation.Town, blocks: Blocks, keys: list[list[int]]
) -> list[QuestionFact]:
    dice = np.random.default_rng(1)
    facts: list[QuestionFact] = []
    cells = made.cells
    for code, block, count in zip(cells.codes, cells.blocks, cells.counts, strict=True):
        for _ in range(int(count)):
            day = blocks.spans[block][0] + timedelta(days=int(dice.integers(0, 7)))
            at = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
            facts.append(
                QuestionFact(
                    question_id=len(facts) + 1,
                    appeal_id=len(facts) + 1,
                    municipality_id=district.town.pk,
                    is_first=True,
                    channel=CHANNELS[code[3]],
                    regime="pos",
                    status="in_work",
                    topic_id=keys[0][code[0]],
                    topic_group="",
                    settlement_id=keys[1][code[1]],
                    body_id=keys[2][code[2]],
                    received_on=day,
                    received_at=at,
                    starts_at=at,
                    reopened=0,
                    repeated=False,
                    returned=0,
                    checks=0,
                    checks_passed=0,
                    fast_track=False,
                    body_ids=[keys[2][code[2]]],
                    account_ids=[],
                )
            )
    return facts


@pytest.mark.clause(
    "pereslavl:2.5.3", "pereslavl:2.5.7", "novoduginsky:2.5.4", "novoduginsky:2.6.4"
)
@pytest.mark.parametrize("seed", [0, 3])
def test_the_planted_cause_is_told_with_its_numbers_and_rows(district: District, seed: int) -> None:
    made = settle(district, seed)
    report = growth_report(district.access, WEEK, now=NOW)
    first = report.factors[0]
    marks = {mark.dimension: mark.key for mark in [*first.marks, *first.also]}
    assert marks[Dimension.TOPIC] == made.planted[0]
    assert marks[Dimension.SETTLEMENT] == made.planted[1]
    for rows, told in ((first.rows, first.now), (first.rows_then, first.then)):
        assert facts_of(district.access, rows, Counted.APPEALS, NOW).count() == told
    assert facts_of(district.access, WEEK, Counted.APPEALS, NOW).count() == report.now
    said = sentences(report)
    assert f"поступило {first.now}" in said[3].replace("\u00a0", " ")
    assert report.tested > 100


def test_one_system_is_asked_by_its_channel(district: District) -> None:
    settle(district, 0)
    whole = growth_report(district.access, WEEK, now=NOW)
    only = growth_report(district.access, replace(WEEK, channel=Channel.POS), now=NOW)
    wanted = replace(WEEK, channel=Channel.POS)
    assert only.now == facts_of(district.access, wanted, Counted.APPEALS, NOW).count() < whole.now
    assert all(mark.dimension != Dimension.CHANNEL for f in only.factors for mark in f.marks)


def test_one_of_a_body_learns_nothing_of_another(district: District) -> None:
    """What his body has not is in no number, no sentence and no name."""
    settle(district, 0)
    body = district.bodies[3]
    person = district.head_of(body)
    before = growth_report(person, WEEK, now=NOW)
    others = QuestionFact.objects.exclude(body_id=body.pk)
    others.delete()
    alone = growth_report(person, WEEK, now=NOW)
    assert before == alone
    assert before.now < 200
    with pytest.raises(Forbidden):
        growth_report(district.outsider(), WEEK, now=NOW)


def test_the_number_of_statements_does_not_grow_with_the_causes(district: District) -> None:
    with CaptureQueriesContext(connection) as empty:
        growth_report(district.access, WEEK, now=NOW)
    settle(district, 3)
    with CaptureQueriesContext(connection) as full:
        assert growth_report(district.access, WEEK, now=NOW).factors
    # Without cases there is no month to read, and no name of a topic, a place or a body.
    assert len(full) <= len(empty) + 4 <= 12


def test_little_is_said_of_little(district: District) -> None:
    report = growth_report(district.access, WEEK, now=NOW)
    assert (report.now, report.factors) == (0, [])
    assert "Мало данных: сравнивать не с чем." in sentences(report)
    with pytest.raises(Refused):
        growth_report(district.access, AppealFilter(), now=NOW)
    with pytest.raises(Refused):
        growth_report(district.access, AppealFilter(since=UNTIL, until=SINCE), now=NOW)


def test_against_last_year_the_same_weekdays_stand_side_by_side(district: District) -> None:
    settle(district, 5)
    report = growth_report(district.access, WEEK, now=NOW, compare=Compare.LAST_YEAR)
    assert report.rival == (date(2025, 2, 17), date(2025, 2, 23))
    wanted = AppealFilter(since=report.rival[0], until=report.rival[1])
    assert facts_of(district.access, wanted, Counted.APPEALS, NOW).count() == report.then > 0
    assert "годом ранее" in sentences(report)[0]
