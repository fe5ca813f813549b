"""A change of the calendar: seen before it is made, carried through, and taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, Refused
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.deadlines import jobs
from otklik.casework.deadlines.actions import install_builtin_rules, recounting
from otklik.casework.deadlines.actions.recounting import carry_on, start_recount
from otklik.casework.deadlines.models import Deadline, DeadlineRule, Recount
from otklik.casework.deadlines.queries.recounting import preview_of_day, preview_of_now
from otklik.casework.deadlines.tests.conftest import MONDAY, MakeAppeal
from otklik.casework.deadlines.vocabulary import RecountState
from otklik.directory.calendars.actions import override_day, restore_day
from otklik.directory.calendars.vocabulary import DayKind
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.records.journal.models import Entry

pytestmark = pytest.mark.django_db
LAST = date(2026, 3, 4)
"""Thirty days after Monday the 2nd of February 2026: a Wednesday."""


@pytest.fixture
def cases(make_appeal: MakeAppeal) -> list[Appeal]:
    install_builtin_rules()
    return [
        make_appeal(at=MONDAY),
        make_appeal(at=MONDAY + timedelta(days=1)),
        make_appeal(Regime.PORTAL, Channel.PORTAL, at=MONDAY),
    ]


def terms() -> dict[int, datetime]:
    return dict(Deadline.objects.values_list("pk", "due_at"))


def run(access: Access, reason: str = "Указ губернатора № 5") -> Recount:
    made = start_recount(access=access, reason=reason)
    return carry_on(recount_id=made.pk, on_step=lambda _: True)


def test_the_preview_says_what_the_recount_does(system: Access, cases: list[Appeal]) -> None:
    before = terms()
    seen = preview_of_day(system, LAST, DayKind.DAY_OFF)
    assert terms() == before
    override_day(access=system, day=LAST, kind=DayKind.DAY_OFF, reason="Указ губернатора № 5")
    done = run(system)
    changed = {pk: due for pk, due in terms().items() if due != before[pk]}
    assert seen.moved == done.moved == len(changed) > 0
    assert seen.total == done.done == done.total
    assert seen.earlier == seen.moved
    assert {move.after for move in seen.sample} == set(changed.values())


def test_back_and_forth_changes_nothing(system: Access, cases: list[Appeal]) -> None:
    before = terms()
    answers = dict(Appeal.objects.values_list("pk", "due_at"))
    override_day(access=system, day=LAST, kind=DayKind.DAY_OFF, reason="Указ губернатора № 5")
    run(system)
    assert terms() != before
    restore_day(access=system, day=LAST)
    run(system, "Указ отменён")
    assert terms() == before
    assert dict(Appeal.objects.values_list("pk", "due_at")) == answers


def test_the_list_and_the_story_follow(system: Access, cases: list[Appeal]) -> None:
    override_day(access=system, day=LAST, kind=DayKind.DAY_OFF, reason="Указ губернатора № 5")
    run(system)
    case = Appeal.objects.get(pk=cases[0].pk)
    answer = Deadline.objects.get(appeal=case, kind="answer")
    assert case.due_at == answer.due_at
    entry = Entry.objects.get(case_id=case.pk, name="DeadlineMoved")
    assert entry.payload["reason"] == "Указ губернатора № 5"


def test_a_recount_stopped_half_way_goes_on(
    system: Access, cases: list[Appeal], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recounting, "CHUNK", 2)
    override_day(access=system, day=LAST, kind=DayKind.DAY_OFF, reason="Указ губернатора № 5")
    wanted = preview_of_now(system)
    made = start_recount(access=system, reason="Указ губернатора № 5")
    half = carry_on(recount_id=made.pk, on_step=lambda _: False)
    assert half.state == RecountState.RUNNING
    assert half.done == 2
    jobs.recount_all(made.pk)
    made.refresh_from_db()
    assert made.state == RecountState.DONE
    assert made.done == made.total == wanted.total
    assert made.moved == wanted.moved
    assert preview_of_now(system).moved == 0


def test_other_towns_and_answered_cases_stay(
    system: Access, cases: list[Appeal], make_appeal: MakeAppeal
) -> None:
    other = Municipality.objects.create(slug="next", name="Соседний", short_name="Сосед")
    moved = make_appeal(at=MONDAY)
    Deadline.objects.filter(appeal=moved).update(municipality=other)
    Deadline.objects.filter(appeal=cases[1]).update(state="met", met_at=MONDAY)
    before = terms()
    override_day(access=system, day=LAST, kind=DayKind.DAY_OFF, reason="Указ губернатора № 5")
    run(system)
    after = terms()
    for pk in Deadline.objects.filter(appeal__in=[moved, cases[1]]).values_list("pk", flat=True):
        assert after[pk] == before[pk]


def test_a_corrected_rule_moves_the_cases_it_governs(system: Access, cases: list[Appeal]) -> None:
    assert preview_of_now(system, by_rules=True).moved == 0
    rule = DeadlineRule.objects.get(slug=Deadline.objects.get(
        appeal=cases[0], kind="answer").rule["slug"])  # fmt: skip
    DeadlineRule.objects.filter(pk=rule.pk).update(amount=20)
    seen = preview_of_now(system, by_rules=True)
    assert seen.moved == seen.earlier == 2
    assert preview_of_now(system).moved == 0
    made = start_recount(access=system, reason="Исправлена величина срока", by_rules=True)
    carry_on(recount_id=made.pk, on_step=lambda _: True)
    due = Deadline.objects.get(appeal=cases[0], kind="answer").due_at
    assert due.astimezone(UTC).date() <= date(2026, 2, 22)


def test_one_at_a_time_with_a_reason_and_a_right(
    system: Access, outsider: Access, cases: list[Appeal]
) -> None:
    with pytest.raises(Refused, match="основание"):
        start_recount(access=system, reason=" ")
    with pytest.raises(Forbidden):
        start_recount(access=outsider, reason="Указ")
    with pytest.raises(Forbidden):
        preview_of_day(outsider, LAST, DayKind.DAY_OFF)
    start_recount(access=system, reason="Указ")
    with pytest.raises(Conflict, match="уже пересчитываются"):
        start_recount(access=system, reason="Указ")


def test_terms_over_at_once_are_told(system: Access, cases: list[Appeal]) -> None:
    with clock.frozen(datetime(2026, 3, 4, 9, tzinfo=UTC)):
        seen = preview_of_day(system, LAST, DayKind.DAY_OFF)
    assert seen.overdue == seen.earlier == 2
