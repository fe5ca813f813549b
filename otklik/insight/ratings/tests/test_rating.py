"""The rating of bodies over cases, told by its figures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.base.errors import Forbidden, Refused
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.casework.replies.models import Reply
from otklik.directory.organisation.models import Block, BlockMember
from otklik.insight.facts.actions import pack_months, rebuild
from otklik.insight.facts.tests.world import NOW, District, build
from otklik.insight.ratings.formulas.mcu_2026_2 import DEFAULTS, rate
from otklik.insight.ratings.formulas.tally import Rated, Tally
from otklik.insight.ratings.queries import rating, rows_behind, settings_of
from otklik.insight.ratings.vocabulary import PartName, RowSet, Subject, System

pytestmark = pytest.mark.django_db

PERIOD = AppealFilter(since=date(2025, 12, 29), until=date(2026, 2, 28))


@pytest.fixture
def district() -> District:
    found = build()
    found.live(36)
    rebuild(municipality_id=found.town.pk)
    return found


def slow_tally(body_id: int, name: str, wanted: AppealFilter) -> Tally:
    """Counted one assignment after another, from the cases and not from the facts."""
    sums: dict[str, Any] = dict.fromkeys(Tally.__dataclass_fields__, 0)
    held = Assignment.objects.filter(body_id=body_id, role="main", withdrawn_at__isnull=True)
    for assignment in held:
        appeal = assignment.question.appeal
        received = appeal.received_at.astimezone(appeal.municipality.tz).date()
        assert wanted.since
        assert wanted.until
        if wanted.since <= received <= wanted.until and wanted.channel in ("", appeal.channel):
            _add(sums, appeal)
    return Tally(**{**sums, "subject_id": body_id, "name": name, "group": ""})


def _add(sums: dict[str, Any], appeal: Appeal) -> None:
    assert appeal.due_at
    answered = appeal.status == "answered"
    late = appeal.status in OPEN_STATUSES and appeal.due_at < NOW
    sums["questions"] += 1
    sums["repeated"] += appeal.repeats_id is not None
    sums["closing"] += answered or late
    if not answered or appeal.answered_at is None:
        return
    start = appeal.deadlines.get(kind="answer").starts_at
    reply = Reply.objects.filter(appeal=appeal).latest("created_at")
    levels = [level for _, level, _ in reply.checklist["found"]]
    sums["answered"] += 1
    sums["in_time"] += appeal.answered_at <= appeal.due_at
    sums["timed"] += 1
    sums["term_used"] += min(1, (appeal.answered_at - start) / (appeal.due_at - start))
    sums["scored"] += appeal.score is not None
    sums["score_sum"] += appeal.score or 0
    sums["returned"] += any(r.returns for r in Reply.objects.filter(appeal=appeal))
    sums["reopened"] += appeal.reopened > 0
    sums["fast"] += appeal.fast_track
    sums["checked"] += 1
    sums["checklist"] += levels.count("ok") / len(levels)


@pytest.mark.clause("ust-kubinsky:3.1.r")
@pytest.mark.clause("pereslavl:3.2.2")
@pytest.mark.clause("pereslavl:2.5.2")
@pytest.mark.clause("pereslavl:2.5.6")
@pytest.mark.clause("novoduginsky:2.5.2")
@pytest.mark.clause("novoduginsky:2.6.2")
@pytest.mark.clause("dedovichi:16.3")
@pytest.mark.parametrize("channel", ["", "pos", "incident"])
def test_the_rating_agrees_with_a_slow_count(district: District, channel: str) -> None:
    wanted = AppealFilter(since=PERIOD.since, until=PERIOD.until, channel=channel)
    found = rating(district.access, wanted, now=NOW)
    tallies = [slow_tally(body.pk, str(body), wanted) for body in district.bodies]
    expected = rate([one for one in tallies if one.questions], DEFAULTS[System.of(channel)])
    assert [(row.subject_id, row.place, row.sample) for row in found.rows] == [
        (row.subject_id, row.place, row.sample) for row in expected
    ]
    for row, slow in zip(found.rows, expected, strict=True):
        assert row.total == pytest.approx(slow.total)
        for part, slow_part in zip(row.parts, slow.parts, strict=True):
            assert part.text == slow_part.text
            assert part.contribution == pytest.approx(slow_part.contribution)
    assert "скорость" in found.formula


@pytest.mark.parametrize("subject", list(Subject))
def test_every_figure_leads_to_as_many_rows(district: District, subject: Subject) -> None:
    """Number = rows: of those counted and of those hit, in every kind of rating."""
    block = Block.objects.create(municipality=district.town, name="ЖКХ")
    for body in (district.bodies[0], district.bodies[2]):
        BlockMember.objects.create(block=block, body=body)
    found = rating(district.access, PERIOD, now=NOW, subject=subject)
    assert found.rows
    checked = 0

    def rows(row: Rated, name: str) -> int:
        return rows_behind(
            district.access, PERIOD, subject=subject, subject_id=row.subject_id, rows=name, now=NOW
        ).count()

    for row in found.rows:
        tally = found.tally(row.subject_id)
        assert tally
        assert (
            rows(row, RowSet.CLOSING)
            == row.sample
            == rows(row, RowSet.IN_TIME) + rows(row, RowSet.LATE)
        )
        assert rows(row, RowSet.ALL) == tally.questions
        for part in row.parts:
            for figure in part.figures:
                if part.name != PartName.QUANTITY:
                    assert rows(row, figure.rows) == figure.of
                if figure.hits:
                    assert rows(row, figure.hits) == figure.count
                    checked += 1
    assert checked > 4


def test_a_head_rates_what_he_may_see(district: District) -> None:
    head = district.head_of(district.bodies[1])
    whole = {row.subject_id for row in rating(district.access, PERIOD, now=NOW).rows}
    seen = rating(head, PERIOD, now=NOW)
    assert district.bodies[1].pk in {row.subject_id for row in seen.rows}
    assert len(whole) == 3
    own = next(row for row in seen.rows if row.subject_id == district.bodies[1].pk)
    same = next(
        row
        for row in rating(district.access, PERIOD, now=NOW).rows
        if row.subject_id == district.bodies[1].pk
    )
    assert own.sample == same.sample


def test_refusals(district: District) -> None:
    with pytest.raises(Forbidden):
        rating(district.outsider(), PERIOD, now=NOW)
    with pytest.raises(Refused, match="за период"):
        rating(district.access, AppealFilter(), now=NOW)


def test_the_municipality_changes_weights_and_minimum(district: District) -> None:
    district.town.settings = {
        "rating": {"quantity": 0, "speed": 1, "quality": 0, "completeness": 0, "minimum": 1000,
                   "чужое": 3, "prior": "много"}
    }  # fmt: skip
    district.town.save()
    found = rating(district.access, PERIOD, now=NOW)
    assert all(row.place is None for row in found.rows)
    assert all(row.total == pytest.approx(row.parts[1].value) for row in found.rows)
    assert "100\u00a0% × скорость" in found.formula
    district.town.settings = {
        "rating": {"quantity": 0, "speed": 0, "quality": 0, "completeness": 0}
    }
    district.town.save()
    assert settings_of(district.town.pk) == DEFAULTS[System.WHOLE]


@pytest.mark.parametrize("subject", list(Subject))
def test_a_rating_costs_six_queries_at_most_and_one_more_what_just_changed(
    district: District, subject: Subject
) -> None:
    for rows_read in (1, 0):
        with CaptureQueriesContext(connection) as captured:
            rating(district.access, PERIOD, now=NOW, subject=subject)
        assert len(captured) <= 6 + rows_read
        asked = [one for one in captured.captured_queries if "facts_question" in one["sql"]]
        assert len(asked) == rows_read
        pack_months()
