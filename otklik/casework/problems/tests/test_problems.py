"""Neighbours' messages become a proposed problem; people confirm, join, split, merge, dismiss."""

from __future__ import annotations

from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, NotFound, Refused
from otklik.casework.problems.actions import (
    answer_all,
    confirm,
    describe,
    dismiss,
    join,
    join_by_rule,
    merge,
    open_problem,
    propose,
    set_options,
    solve,
    split,
    take_out,
)
from otklik.casework.problems.jobs import propose_many, resume
from otklik.casework.problems.models import Problem, ProblemCase
from otklik.casework.problems.queries import counts, membership_of, problems_of
from otklik.casework.problems.tests.conftest import NOW, Village
from otklik.casework.problems.vocabulary import CaseState, How, ProblemState, RowState
from otklik.casework.quality.tests.conftest import person
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.notifications.models import Notice
from otklik.insight.facts.tests.world import run_jobs
from otklik.records.journal.queries import story_of

pytestmark = pytest.mark.django_db


def inside(problem: Problem) -> set[int]:
    rows = problem.cases.exclude(state=CaseState.OUT)
    return set(rows.values_list("appeal_id", flat=True))


def test_three_of_one_burst_pipe_are_proposed_once(village: Village) -> None:
    cases = village.burst(2)
    assert not Problem.objects.exists()
    village.case("Почистите снег на тротуаре", 1, nr=7)
    cases.append(village.case(nr=2, hours=1.5))
    problem = Problem.objects.get()
    assert problem.state == ProblemState.PROPOSED
    assert inside(problem) == {case.pk for case in cases}
    assert problem.title == "Прорыв трубы: улица Садовая, село Берёзовка"
    assert problem.started_at == cases[0].received_at
    assert problem.topic == village.water
    assert problem.lead_body == village.housing
    assert (problem.lat, problem.lon) == (53.0, 41.0)
    assert "прорыв трубы" in problem.cause
    for case in cases:
        assert propose(appeal_id=case.pk) is None
    assert Problem.objects.count() == 1
    told = Notice.objects.get(account_id=village.worker.account_id or 0)
    assert "3\u00a0обращения об одном" in told.text
    assert all(row.reason for row in problem.cases.all())


def test_a_later_message_waits_in_a_proposed_problem_and_joins_a_confirmed_one(
    village: Village,
) -> None:
    village.burst()
    problem = Problem.objects.get()
    late = village.case(nr=3, hours=2)
    assert problem.cases.get(appeal=late).state == CaseState.PROPOSED
    confirm(access=village.worker, problem_id=problem.pk)
    assert set(problem.cases.values_list("state", flat=True)) == {CaseState.JOINED}
    later = village.case(nr=4, hours=3)
    row = problem.cases.get(appeal=later)
    assert (row.state, row.how) == (CaseState.JOINED, How.LIKENESS)
    said = [entry.sentence for entry in story_of(later.pk)]
    assert any(
        one.startswith(f"Присоединено к проблеме {problem.number} по сходству") for one in said
    )
    set_options(access=village.system, least=3, window_hours=72, joins_alone=False)
    waits = village.case(nr=5, hours=4)
    assert problem.cases.get(appeal=waits).state == CaseState.PROPOSED
    assert problem.cases.count() == 6


def test_dismissed_together_is_not_proposed_together_again(village: Village) -> None:
    village.burst()
    problem = Problem.objects.get()
    dismiss(access=village.worker, problem_id=problem.pk)
    problem.refresh_from_db()
    assert problem.state == ProblemState.DISMISSED
    fourth = village.case(nr=3, hours=1)
    assert membership_of(village.worker, fourth.pk) is None
    village.case(nr=4, hours=1.2)
    second = Problem.objects.exclude(pk=problem.pk).get()
    old = set(problem.cases.values_list("appeal_id", flat=True))
    assert len(inside(second) & old) == 1
    assert len(inside(second)) == 3


def test_taken_out_is_not_proposed_there_again(village: Village) -> None:
    cases = village.burst()
    problem = Problem.objects.get()
    confirm(access=village.worker, problem_id=problem.pk)
    chosen = cases[0].pk
    assert take_out(access=village.worker, problem_id=problem.pk, appeal_ids=[chosen]) == 1
    assert propose(appeal_id=chosen) is None
    assert chosen not in inside(problem)
    with pytest.raises(Conflict):
        join_by_rule(access=village.system, problem_id=problem.pk, appeal_id=chosen, rule="вода")
    join(access=village.worker, problem_id=problem.pk, appeal_ids=[chosen])
    assert chosen in inside(problem)


def test_split_and_merge_carry_the_cases(village: Village) -> None:
    cases = village.burst(5)
    problem = Problem.objects.get()
    confirm(access=village.worker, problem_id=problem.pk)
    some = [case.pk for case in cases[:2]]
    new = split(access=village.worker, problem_id=problem.pk, appeal_ids=some)
    problem.refresh_from_db()
    assert (inside(new), problem.cases_count, new.cases_count) == (set(some), 3, 2)
    with pytest.raises(Refused):
        split(access=village.worker, problem_id=new.pk, appeal_ids=some)
    merge(access=village.worker, problem_id=problem.pk, other_id=new.pk)
    new.refresh_from_db()
    problem.refresh_from_db()
    assert inside(problem) == {case.pk for case in cases}
    assert (new.merged_into, new.cases_count) == (problem, 0)
    assert problem.cases_count == 5
    with pytest.raises(Conflict):
        join(access=village.worker, problem_id=new.pk, appeal_ids=some)
    with pytest.raises(Refused):
        merge(access=village.worker, problem_id=problem.pk, other_id=problem.pk)


def test_by_hand_a_problem_is_made_described_and_solved(village: Village) -> None:
    one = village.case("Почистите снег", nr=1)
    problem = open_problem(access=village.worker, appeal_ids=[one.pk])
    with pytest.raises(Refused):
        open_problem(access=village.worker, appeal_ids=[one.pk])
    describe(access=village.worker, problem_id=problem.pk, title="Снег", cause="сломан трактор")
    join(access=village.worker, problem_id=problem.pk,
         appeal_ids=[village.case("Завалило снегом", 40, nr=2).pk])  # fmt: skip
    problem.refresh_from_db()
    assert (problem.title, problem.cause, problem.cases_count) == ("Снег", "сломан трактор", 2)
    solve(access=village.worker, problem_id=problem.pk)
    assert counts(village.worker)[ProblemState.SOLVED] == 1
    with pytest.raises(Conflict):
        solve(access=village.worker, problem_id=problem.pk)


def test_rights_and_reach(village: Village) -> None:
    village.burst()
    problem = Problem.objects.get()
    with pytest.raises(Forbidden):
        confirm(access=village.head, problem_id=problem.pk)
    roads = Body.objects.create(municipality=village.town, name="Дороги", kind="department")
    narrow = {Permission.VIEW_APPEALS: Scope.BODY, Permission.CLASSIFY: Scope.BODY}
    outsider = person(village.town, "Чужой Иван Петрович", narrow, roads)
    insider = person(village.town, "Свой Иван Петрович", narrow, village.housing)
    assert not problems_of(outsider).exists()
    assert problems_of(insider).get() == problem
    with pytest.raises(Forbidden):
        confirm(access=insider, problem_id=problem.pk)
    with pytest.raises(NotFound):
        take_out(access=village.worker, problem_id=problem.pk + 9, appeal_ids=[1])
    with pytest.raises(Forbidden):
        set_options(access=village.worker, least=3, window_hours=72, joins_alone=True)
    with pytest.raises(Refused):
        set_options(access=village.system, least=1, window_hours=72, joins_alone=True)


def test_an_old_message_and_another_street_stay_out(village: Village) -> None:
    village.burst(2)
    village.case(nr=2, hours=24 * 10)
    assert not Problem.objects.exists()
    set_options(access=village.system, least=2, window_hours=72, joins_alone=True)
    village.case(nr=3, hours=1)
    assert ProblemCase.objects.count() == 3


def test_the_worker_looks_over_an_import_and_resumes_what_died(village: Village) -> None:
    cases = village.burst(3)
    ProblemCase.objects.all().delete()
    Problem.objects.all().delete()
    ids = [case.pk for case in cases]
    with clock.frozen(NOW + timedelta(days=30)):
        propose_many(ids)
    assert not Problem.objects.exists()
    with clock.frozen(NOW + timedelta(hours=2)):
        propose_many(ids)
        propose_many(ids)
        problem = Problem.objects.get()
        confirm(access=village.worker, problem_id=problem.pk)
        text = "Порыв водопровода устранён сегодня, вода в домах есть. Приносим извинения жителям."
        run = answer_all(
            access=village.worker, problem_id=problem.pk, key="раз", text=text, checked=True
        )
        ProcrastinateJob.objects.all().delete()
        resume(timestamp=0)
        assert run_jobs("problems.carry_out") == 1
    assert set(run.rows.values_list("state", flat=True)) == {RowState.SUBMITTED}
