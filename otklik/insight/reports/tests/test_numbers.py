"""Every number of the note agrees with a slow count over the cases."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from otklik.base import clock
from otklik.base.errors import Forbidden
from otklik.casework.appeals.models import Appeal
from otklik.casework.replies.models import Reply
from otklik.casework.satisfaction.models import Survey
from otklik.directory.territory.models import Street
from otklik.insight.facts.actions import pack_months, rebuild
from otklik.insight.facts.tests.world import NOW, District, build
from otklik.insight.reports.queries import last_period, weekly_note
from otklik.insight.reports.rules import Counts, compose
from otklik.insight.reports.tests.recount import counts, returned, rows_of

pytestmark = pytest.mark.django_db

WEEKS = [
    (date(2026, 1, 12), date(2026, 1, 18)),
    (date(2026, 1, 1), date(2026, 1, 31)),
    (date(2026, 2, 23), date(2026, 3, 1)),
    (date(2026, 2, 26), date(2026, 3, 4)),
]
MOST_STATEMENTS = 16


@pytest.fixture
def district() -> District:
    found = build()
    found.live(60)
    build("sosedi").live(4)
    rebuild(municipality_id=found.town.pk)
    return found


@pytest.mark.parametrize(("since", "until"), WEEKS)
def test_totals_equal_a_slow_count(district: District, since: date, until: date) -> None:
    note = weekly_note(district.access, since=since, until=until, now=NOW)
    rows = rows_of(district.town.pk)
    zone = district.town.tz
    soon = datetime.combine(note.due_until + timedelta(days=1), time.min, tzinfo=zone)
    assert note.total == counts(rows, note, soon)
    assert note.total != Counts()
    for lines, side in (
        (note.channels, "channel"),
        (note.topics, "topic"),
        (note.bodies, "body"),
        (note.places, "settlement"),
    ):
        for line in lines:
            mine = [row for row in rows if row[side] == line.key]
            assert line.counts == counts(mine, note, soon), (side, line.label)
        assert sum((line.counts for line in lines), Counts()) == note.total
    by_day = Counter(row["received"] for row in rows)
    days = (until - since).days + 1
    assert list(note.days) == [
        (since + timedelta(days=n), by_day[since + timedelta(days=n)]) for n in range(days)
    ]


def test_grades_returns_and_crowds(district: District) -> None:
    since, until = WEEKS[2]
    answered = list(Appeal.objects.filter(municipality=district.town, status="answered")[:6])
    at = datetime.combine(since, time(12), tzinfo=district.town.tz)
    for place, (appeal, score) in enumerate(zip(answered, [1, 2, 4, 5, 5, 3], strict=True)):
        moment = at - timedelta(days=7) if place == 5 else at
        Survey.objects.create(
            appeal=appeal,
            reply_id=place + 1,
            token_hash=str(place),
            asked_at=moment,
            expires_at=moment + timedelta(days=30),
            answered_at=moment,
            score=score,
            wants_reopening=score == 1,
        )
        reply = Reply.objects.filter(appeal=appeal).first()
        assert reply is not None
        returned(reply, moment, ["no_dates", "off_point"] if place < 2 else ["off_point"])
    street = Street.objects.create(settlement=district.settlements[0], name="Лесная")
    for hour in range(4):
        appeal = district.register(at + timedelta(hours=hour), topic=district.topics[0])
        Appeal.objects.filter(pk=appeal.pk).update(street=street, settlement=street.settlement)
    note = weekly_note(district.access, since=since, until=until, now=NOW)
    assert (note.scores.given, note.scores.low, note.scores.wants_back) == (5, 2, 1)
    assert note.scores.mean == pytest.approx(3.4)
    assert note.scores.mean_before == 3
    assert (note.returns.count, note.returns.before) == (5, 1)
    assert list(note.returns.reasons) == [("ответ не по существу", 5), ("не названы сроки", 2)]
    assert [(spot.topic, spot.count) for spot in note.spots] == [("Ямы", 4)]
    assert "Лесная" in note.spots[0].place


def test_only_what_one_may_count(district: District) -> None:
    since, until = WEEKS[1]
    roads = district.bodies[1]
    note = weekly_note(district.head_of(roads), since=since, until=until, now=NOW)
    whole = weekly_note(district.access, since=since, until=until, now=NOW)
    mine = Appeal.objects.filter(municipality=district.town, body_ids__contains=[roads.pk])
    received = sum(
        since <= one.received_at.astimezone(district.town.tz).date() <= until for one in mine
    )
    assert note.total.received == received < whole.total.received
    document = compose(note, number="1", dated=until)
    assert any("доступные составителю" in line for line in document.method)
    with pytest.raises(Forbidden):
        weekly_note(district.outsider(), until=until, now=NOW)


def test_statements_do_not_grow_with_cases(district: District) -> None:
    def used() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            weekly_note(district.access, until=date(2026, 2, 22), now=NOW)
        return len(found)

    changed = used()
    pack_months()
    few = used()
    district.live(30)
    rebuild(municipality_id=district.town.pk)
    assert used() <= changed
    pack_months()
    assert used() <= few <= MOST_STATEMENTS


def test_a_centre_without_cases_gets_a_calm_note() -> None:
    empty = build("pusto")
    note = weekly_note(empty.access, until=date(2026, 3, 1), now=NOW)
    document = compose(note, number="1", dated=date(2026, 3, 2))
    assert [section.key for section in document.sections] == ["summary"]
    assert "в\u00a0работе ничего нет" in document.sections[0].text


def test_the_period_is_the_last_one_with_data() -> None:
    place = build("tiho")
    place.register(datetime(2026, 1, 14, 9, tzinfo=place.town.tz))
    rebuild(municipality_id=place.town.pk)
    with clock.frozen(NOW):
        assert last_period(place.access, date(2026, 1, 20)) == (
            date(2026, 1, 12),
            date(2026, 1, 18),
        )
        assert last_period(place.access, date(2026, 3, 2)) == (
            date(2026, 1, 8),
            date(2026, 1, 14),
        )
