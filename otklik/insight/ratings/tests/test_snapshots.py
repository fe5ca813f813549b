"""Snapshots keep what they counted; bodies contest; the head publishes and decides."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import Conflict, Forbidden, NotFound, Refused
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import EVERYTHING, Access, Reach
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.facts.actions import rebuild
from otklik.insight.facts.tests.world import NOW, District, build
from otklik.insight.ratings.actions import (
    Weights,
    contest_counting,
    decide_contest,
    group_by_kind,
    make_edition,
    make_snapshot,
    publish_snapshot,
    set_weights,
)
from otklik.insight.ratings.models import CountedCases, Snapshot
from otklik.insight.ratings.queries import (
    contests_of,
    counted_of,
    lifting,
    months_of,
    rating,
    rows_behind,
    snapshot,
    snapshots_of,
)
from otklik.insight.ratings.rules.lifting import Way
from otklik.insight.ratings.vocabulary import ContestState, RowSet, Subject, System
from otklik.records.journal.models import Entry

pytestmark = pytest.mark.django_db

SINCE, UNTIL = date(2025, 12, 29), date(2026, 2, 28)
PERIOD = AppealFilter(since=SINCE, until=UNTIL)


@pytest.fixture
def district() -> District:
    found = build()
    with clock.frozen(NOW):
        found.live(30)
        rebuild(municipality_id=found.town.pk)
    return found


def person(district: District, label: str, **reaches: Reach) -> Access:
    return Access(
        actor=Actor(kind="person", label=label),
        municipality_id=district.town.pk,
        grants=dict(reaches),
    )


def head(district: District) -> Access:
    rights = (Permission.ANALYTICS, Permission.VIEW_APPEALS, Permission.SIGN, Permission.SET_UP)
    return person(district, "Глава", **{str(right): EVERYTHING for right in rights})


def executor(district: District, body: Body) -> Access:
    reach = Reach(body_ids=frozenset([body.pk]))
    rights = (Permission.VIEW_APPEALS, Permission.DRAFT)
    return person(district, "Исполнитель", **{str(right): reach for right in rights})


def made(district: District, at: datetime = NOW, subject: Subject = Subject.BODY) -> Snapshot:
    with clock.frozen(at):
        return make_snapshot(access=head(district), since=SINCE, until=UNTIL, subject=subject)


@pytest.mark.parametrize("subject", list(Subject))
def test_a_snapshot_is_the_rating_of_its_moment(district: District, subject: Subject) -> None:
    found = rating(district.access, PERIOD, now=NOW, subject=subject)
    kept = snapshot(head(district), made(district, subject=subject).pk)
    assert [(row.subject_id, row.place) for row in kept.rows] == [
        (row.subject_id, row.place) for row in found.rows
    ]
    for row, live in zip(kept.rows, found.rows, strict=True):
        assert row.total == pytest.approx(live.total)
        place, total, _ = kept.snapshot.places[str(row.subject_id)]
        assert (place, total) == (row.place, pytest.approx(row.total))
        for rows in RowSet.values:
            behind = rows_behind(
                district.access, PERIOD, subject=subject, subject_id=row.subject_id,
                rows=rows, now=NOW,
            )  # fmt: skip
            counted = counted_of(kept, row.subject_id, rows)
            assert {one.question_id for one in counted} == set(
                behind.values_list("question_id", flat=True)
            )


def test_a_snapshot_never_changes(district: District) -> None:
    first = made(district)
    before = snapshot(head(district), first.pk)
    Appeal.objects.update(score=1, reopened=3)
    Assignment.objects.update(body=district.bodies[0])
    with clock.frozen(NOW):
        rebuild(municipality_id=district.town.pk)
        set_weights(
            access=head(district), system=System.WHOLE, new=Weights(weights={"quantity": 1})
        )
        group_by_kind(access=head(district))
    after = snapshot(head(district), first.pk)
    assert after.rows == before.rows
    assert after.formula == before.formula
    assert after.formula != rating(district.access, PERIOD, now=NOW).formula
    changes: list[dict[str, Any]] = [{"tallies": []}, {"settings": {}}]
    for given in changes:
        with pytest.raises(DatabaseError, match="не меняется"), transaction.atomic():
            Snapshot.objects.update(**given)
    with pytest.raises(DatabaseError, match="не меняется"), transaction.atomic():
        CountedCases.objects.update(marks=[])


def test_one_snapshot_a_period_and_only_of_ended_ones(district: District) -> None:
    made(district)
    with pytest.raises(Conflict, match="уже есть"):
        made(district)
    with clock.frozen(NOW):
        today = clock.today(district.town.tz)
        with pytest.raises(Refused, match="не закончился"):
            make_snapshot(access=head(district), since=SINCE, until=today)
        with pytest.raises(Forbidden):
            make_snapshot(access=district.head_of(district.bodies[0]), since=SINCE, until=UNTIL)


def test_the_head_publishes_and_participants_see_it(district: District) -> None:
    found, worker = made(district), executor(district, district.bodies[1])
    bare = snapshot(worker, found.pk)
    assert bare.bare
    assert not bare.rows
    assert [one.subject_id for one in bare.tallies] == [district.bodies[1].pk]
    with pytest.raises(Forbidden):
        publish_snapshot(access=worker, snapshot_id=found.pk)
    assert found not in snapshots_of(district.outsider())
    with clock.frozen(NOW):
        publish_snapshot(access=head(district), snapshot_id=found.pk)
    seen = snapshot(worker, found.pk)
    assert (seen.snapshot.published_label, seen.snapshot.published_at) == ("Глава", NOW)
    assert seen.rows == snapshot(head(district), found.pk).rows
    assert counted_of(seen, district.bodies[1].pk, RowSet.ALL)
    for other in (district.bodies[0], district.bodies[2]):
        with pytest.raises(NotFound):
            counted_of(seen, other.pk, RowSet.ALL)
    with pytest.raises(NotFound):
        snapshot(district.outsider(), found.pk)
    assert Entry.objects.filter(name="SnapshotPublished", subject_id=found.pk).exists()
    with pytest.raises(Conflict, match="уже опубликован"):
        publish_snapshot(access=head(district), snapshot_id=found.pk)


def contested(district: District) -> tuple[Snapshot, int, Body]:
    """A published snapshot with a late question of a body, contested by its executor."""
    found = made(district)
    kept = snapshot(head(district), found.pk)
    body = next(one for one in district.bodies if counted_of(kept, one.pk, RowSet.LATE))
    question = counted_of(kept, body.pk, RowSet.LATE)[0].question_id
    with clock.frozen(NOW):
        publish_snapshot(access=head(district), snapshot_id=found.pk)
        contest_counting(
            access=executor(district, body), snapshot_id=found.pk, body_id=body.pk,
            question_id=question, figure=RowSet.LATE, reason="Срок нарушил подрядчик области.",
        )  # fmt: skip
    return found, question, body


def test_an_excluded_case_counts_no_more_in_the_next_edition(district: District) -> None:
    found, question, body = contested(district)
    before = snapshot(head(district), found.pk)
    waiting = contests_of(head(district)).get()
    with pytest.raises(Forbidden):
        decide_contest(
            access=executor(district, body), contest_id=waiting.pk, exclude=True, reason="Да."
        )
    with pytest.raises(Refused, match="Обоснования"):
        decide_contest(access=head(district), contest_id=waiting.pk, exclude=True, reason=" ")
    with pytest.raises(Refused, match="Исключать нечего"):
        make_edition(access=head(district), snapshot_id=found.pk)
    with clock.frozen(NOW + timedelta(days=1)):
        decide_contest(
            access=head(district), contest_id=waiting.pk, exclude=True, reason="Подтверждено."
        )
        second = make_edition(access=head(district), snapshot_id=found.pk)
    after = snapshot(head(district), second.pk)
    assert snapshot(head(district), found.pk).rows == before.rows
    assert (second.edition, second.is_published) == (2, False)
    left = {one.question_id for one in counted_of(after, body.pk, RowSet.ALL)}
    had = {one.question_id for one in counted_of(before, body.pk, RowSet.ALL)}
    assert had - left == {question}
    old, new = before.tally(body.pk), after.tally(body.pk)
    assert old
    assert new
    assert (new.questions, new.closing) == (old.questions - 1, old.closing - 1)
    for other in district.bodies:
        if other != body:
            assert after.tally(other.pk) == before.tally(other.pk)
    live = rating(district.access, PERIOD, now=NOW)
    assert live.tally(body.pk) is not None
    assert asdict(live.tally(body.pk)) == pytest.approx(asdict(new))  # type: ignore[arg-type]
    with pytest.raises(Conflict):
        decide_contest(access=head(district), contest_id=waiting.pk, exclude=False, reason="Нет.")
    events = Entry.objects.filter(subject="rating_contest").values_list("name", flat=True)
    assert set(events) == {"CountingContested", "ContestDecided"}


def test_a_kept_case_goes_on_counting(district: District) -> None:
    found, question, body = contested(district)
    waiting = contests_of(executor(district, body)).get()
    with clock.frozen(NOW):
        done = decide_contest(
            access=head(district), contest_id=waiting.pk, exclude=False, reason="Срок ваш."
        )
    assert (done.state, done.decision, done.decided_label) == (
        ContestState.KEPT, "Срок ваш.", "Глава",
    )  # fmt: skip
    with pytest.raises(Refused, match="Исключать нечего"):
        make_edition(access=head(district), snapshot_id=found.pk)
    live = rows_behind(
        district.access, PERIOD, subject=Subject.BODY, subject_id=body.pk, rows=RowSet.ALL, now=NOW
    )
    assert live.filter(question_id=question).exists()


def test_contesting_has_its_persons_reasons_and_term(district: District) -> None:
    found, question, body = contested(district)
    other = next(one for one in district.bodies if one != body)

    def contest(access: Access, at: datetime = NOW, **more: object) -> None:
        given = {
            "body_id": body.pk,
            "question_id": question,
            "figure": RowSet.LATE,
            "reason": "Нет.",
        }
        with clock.frozen(at):
            contest_counting(access=access, snapshot_id=found.pk, **{**given, **more})  # type: ignore[arg-type]

    mine = executor(district, body)
    with pytest.raises(NotFound):
        contest(executor(district, other))
    with pytest.raises(Forbidden):
        contest(head(district))
    with pytest.raises(Refused, match="Обоснования"):
        contest(mine, reason=" ")
    with pytest.raises(Refused, match="так не учтён"):
        contest(mine, figure=RowSet.IN_TIME)
    with pytest.raises(Conflict, match="уже оспорен"):
        contest(mine)
    with pytest.raises(Refused, match="можно было до"):
        contest(mine, at=NOW + timedelta(days=20))
    assert not contests_of(executor(district, other)).exists()


def test_whoever_sees_one_body_learns_nothing_of_others(district: District) -> None:
    """The same to the last digit, whatever the others do: live, by month, and what would lift."""
    body = district.bodies[1]
    mine = district.head_of(body)
    made(district)

    def everything() -> list[object]:
        found = rating(mine, PERIOD, now=NOW)
        parts = [rating(mine, PERIOD, now=NOW, subject=one).rows for one in Subject]
        months = months_of(mine, body.pk, today=UNTIL, now=NOW)
        lift = lifting(mine, found, body.pk, now=NOW)
        kept = [snapshot(mine, one.pk) for one in snapshots_of(mine)]
        return [
            parts, [(one.tally, one.place) for one in months], lift and lift.steps,
            [(one.rows, one.tallies) for one in kept],
        ]  # fmt: skip

    before = everything()
    assert {row.subject_id for row in rating(mine, PERIOD, now=NOW).rows} == {body.pk}
    for n in range(12):
        at = datetime(2026, 1, 12, 6, n, tzinfo=NOW.tzinfo)
        case = district.register(at)
        district.assign(case, district.bodies[2 * (n % 2)])
        if n % 3:
            district.answer(case, at + timedelta(days=2), score=1)
    with clock.frozen(NOW):
        rebuild(municipality_id=district.town.pk)
    assert everything() == before
    with pytest.raises(Forbidden):
        months_of(mine, district.bodies[0].pk, today=UNTIL, now=NOW)
    assert lifting(mine, rating(mine, PERIOD, now=NOW), district.bodies[0].pk, now=NOW) is None
    behind = rows_behind(
        mine, PERIOD, subject=Subject.BODY, subject_id=district.bodies[0].pk, rows=RowSet.ALL,
        now=NOW,
    )  # fmt: skip
    assert not behind.exists()


def test_what_would_lift_is_what_the_formula_says_after_the_answers(district: District) -> None:
    """The answers are given for real, and the rating counted anew says what was foretold."""
    body = district.bodies[1]
    soon = []
    with clock.frozen(NOW):
        for n in range(4):
            case = district.register(NOW - timedelta(days=3, minutes=n))
            district.assign(case, body)
            Appeal.objects.filter(pk=case.pk).update(due_at=NOW + timedelta(days=2, minutes=n))
            soon.append(case)
        rebuild(municipality_id=district.town.pk)
    wanted = AppealFilter(since=SINCE, until=NOW.date())
    found = rating(district.access, wanted, now=NOW)
    lift = lifting(district.access, found, body.pk, now=NOW)
    assert lift
    step = next(one for one in lift.steps if one.way == Way.IN_TIME and one.count == one.of)
    ids = {fact.appeal_id for fact in lift.questions(step)}
    assert {case.pk for case in soon} <= ids
    for case in Appeal.objects.filter(pk__in=ids):
        Appeal.objects.filter(pk=case.pk).update(status="answered", answered_at=NOW)
        case.questions.update(answered_at=NOW)
    with clock.frozen(NOW):
        rebuild(municipality_id=district.town.pk)
    row, before = rating(district.access, wanted, now=NOW).row(body.pk), found.row(body.pk)
    assert row
    assert before
    assert row.total - before.total == pytest.approx(step.gain)
    assert row.place == step.place
