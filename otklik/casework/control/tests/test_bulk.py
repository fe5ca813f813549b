"""Many cases at once: held, undone without a trace, or done row by row with a word on each."""

from __future__ import annotations

from datetime import timedelta

import pytest

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, NotFound, Refused
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Kind
from otklik.casework.control.actions import apply_bulk, remind, start_bulk, undo_bulk
from otklik.casework.control.jobs import resume_bulk
from otklik.casework.control.models import BulkRun
from otklik.casework.control.queries.bulk import recent_runs, run_of
from otklik.casework.control.vocabulary import BulkState, BulkVerb, RowState
from otklik.casework.deadlines.models import Deadline
from otklik.casework.quality.tests.conftest import MONDAY, MakeAppeal, person
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.notifications.models import Notice
from otklik.records.journal.queries import story_of

pytestmark = pytest.mark.django_db
DELAY = timedelta(seconds=30)
EXTENSION = {"days": 10, "reason": "запрос в Росреестр", "notice_text": "Срок продлён."}


@pytest.fixture
def head(town: Municipality) -> Access:
    rights = (
        Permission.VIEW_APPEALS, Permission.ASSIGN, Permission.EXTEND, Permission.CONTROL,
    )  # fmt: skip
    return person(town, "Белов Пётр Ильич", dict.fromkeys(rights, Scope.MUNICIPALITY))


def start(access: Access, verb: BulkVerb, cases: list[Appeal], **given: object) -> BulkRun:
    with clock.frozen(MONDAY):
        return start_bulk(
            access=access, verb=verb, appeal_ids=[one.pk for one in cases], given=given, delay=DELAY
        )


def finish(run: BulkRun) -> dict[int, tuple[str, str]]:
    with clock.frozen(MONDAY + DELAY):
        apply_bulk(run_id=run.pk)
        apply_bulk(run_id=run.pk)
    return {row.appeal_id: (row.state, row.said) for row in run.rows.all()}


def test_undone_in_time_every_case_stays_as_it_was(
    head: Access, housing: Body, make_appeal: MakeAppeal
) -> None:
    cases = [make_appeal(), make_appeal()]
    before = list(Appeal.objects.order_by("pk").values())
    run = start(head, BulkVerb.REASSIGN, cases, body_id=housing.pk)
    with clock.frozen(MONDAY + DELAY / 2):
        assert apply_bulk(run_id=run.pk).state == BulkState.HELD
        undo_bulk(access=head, run_id=run.pk)
    assert {state for state, _ in finish(run).values()} == {RowState.WAITING}
    assert list(Appeal.objects.order_by("pk").values()) == before
    with pytest.raises(Conflict):
        undo_bulk(access=head, run_id=run.pk)


def test_what_the_law_forbids_is_told_by_row_and_the_rest_is_done(
    head: Access, housing: Body, make_appeal: MakeAppeal
) -> None:
    plain, complaint = make_appeal(), make_appeal()
    Appeal.objects.filter(pk=complaint.pk).update(kind=Kind.COMPLAINT, complained_body=housing)
    run = start(head, BulkVerb.REASSIGN, [plain, complaint], body_id=housing.pk)
    rows = finish(run)
    assert rows[plain.pk] == (RowState.DONE, "Исполнитель — Отдел ЖКХ")
    state, said = rows[complaint.pk]
    assert state == RowState.REFUSED
    assert "ст. 8 ч. 6" in said
    plain.refresh_from_db()
    assert plain.executor_body == housing
    (shown,) = recent_runs(head)
    assert (shown.total, shown.done, shown.refused) == (2, 1, 1)  # type: ignore[attr-defined]
    assert run_of(head, run.pk).state == BulkState.DONE


def test_terms_are_extended_with_a_notice_to_every_citizen(
    head: Access, make_appeal: MakeAppeal
) -> None:
    cases = [make_appeal(), make_appeal()]
    with pytest.raises(Refused):
        start(head, BulkVerb.EXTEND, cases, days=10, reason="запрос")
    run = start(head, BulkVerb.EXTEND, cases, **EXTENSION)
    rows = finish(run)
    assert {state for state, _ in rows.values()} == {RowState.DONE}
    terms = Deadline.objects.filter(appeal__in=cases, kind="answer")
    assert {term.extended_days for term in terms} == {10}
    again = start(head, BulkVerb.EXTEND, cases, **EXTENSION)
    assert {state for state, _ in finish(again).values()} == {RowState.REFUSED}


def test_executors_are_reminded_once_and_the_card_tells_it(
    head: Access, liaison: Access, make_appeal: MakeAppeal
) -> None:
    appeal = make_appeal()
    run = start(head, BulkVerb.REMIND, [appeal], text="Доложите сегодня.")
    rows = finish(run)
    assert rows[appeal.pk] == (RowState.DONE, "Напомнили: Дорогин\u00a0И.\u00a0П.")
    notice = Notice.objects.get(account_id=liaison.account_id or 0)
    assert "Доложите сегодня." in notice.text
    assert "Анна" not in notice.text
    told = [entry.sentence for entry in story_of(appeal.pk)]
    assert "Исполнителю напомнили о сроке (Дорогин\u00a0И.\u00a0П.): Доложите сегодня." in told


def test_nobody_to_remind_is_said(head: Access, housing: Body, make_appeal: MakeAppeal) -> None:
    for case in (make_appeal(body=None), make_appeal(body=housing)):
        with pytest.raises(Refused):
            remind(access=head, appeal_id=case.pk)


def test_hidden_cases_empty_choices_and_missing_rights_are_refused(
    head: Access, liaison: Access, housing: Body, make_appeal: MakeAppeal
) -> None:
    foreign = make_appeal(body=housing)
    with pytest.raises(NotFound):
        start(liaison, BulkVerb.REMIND, [foreign])
    with pytest.raises(Forbidden):
        start(liaison, BulkVerb.REASSIGN, [foreign], body_id=housing.pk)
    with pytest.raises(Refused):
        start(head, BulkVerb.REMIND, [])
    assert not BulkRun.objects.exists()


def test_the_worker_takes_up_what_is_due(
    head: Access, liaison: Access, make_appeal: MakeAppeal
) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    run = start(head, BulkVerb.REMIND, [make_appeal()])
    with clock.frozen(MONDAY):
        resume_bulk(timestamp=0)
    assert not ProcrastinateJob.objects.filter(task_name="control.apply_bulk").exists()
    with clock.frozen(MONDAY + DELAY):
        resume_bulk(timestamp=0)
    job = ProcrastinateJob.objects.get(task_name="control.apply_bulk")
    assert job.args == {"run_id": run.pk}
