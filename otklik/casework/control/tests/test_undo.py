"""A finished change of many cases is taken back, where nothing has happened to the case since."""

from __future__ import annotations

from datetime import timedelta

import pytest

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, Refused
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.control.actions import apply_bulk, start_bulk, take_back, undo_bulk
from otklik.casework.control.jobs import resume_bulk
from otklik.casework.control.models import BulkRun
from otklik.casework.control.vocabulary import UNDO_WITHIN, BulkState, BulkVerb, RowState
from otklik.casework.deadlines.actions import extend_deadline
from otklik.casework.deadlines.models import Deadline
from otklik.casework.quality.tests.conftest import MONDAY, MakeAppeal, person
from otklik.casework.teamwork.actions import write_note
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.channels.models import OutboundMessage
from otklik.records.journal.models import Entry
from otklik.records.journal.queries import story_of

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(hours=2)
EXTENSION = {"days": 10, "reason": "запрос в Росреестр", "notice_text": "Срок продлён."}
RIGHTS = (Permission.VIEW_APPEALS, Permission.ASSIGN, Permission.EXTEND, Permission.CONTROL)


@pytest.fixture
def head(town: Municipality) -> Access:
    return person(town, "Белов Пётр Ильич", dict.fromkeys(RIGHTS, Scope.MUNICIPALITY))


def finished(access: Access, verb: BulkVerb, cases: list[Appeal], **given: object) -> BulkRun:
    with clock.frozen(MONDAY):
        ids = [one.pk for one in cases]
        run = start_bulk(
            access=access, verb=verb, appeal_ids=ids, given=given, delay=timedelta(seconds=0)
        )
        return apply_bulk(run_id=run.pk)


def undone(access: Access, run: BulkRun) -> dict[int, tuple[str, str]]:
    """Asked twice and worked off twice: the second time changes nothing."""
    with clock.frozen(LATER):
        undo_bulk(access=access, run_id=run.pk)
        undo_bulk(access=access, run_id=run.pk)
        take_back(run_id=run.pk)
        assert take_back(run_id=run.pk).state == BulkState.UNDONE
    return {row.appeal_id: (row.state, row.said) for row in run.rows.all()}


def executors(appeal: Appeal) -> list[tuple[str, str, str]]:
    rows = Assignment.objects.filter(question__appeal=appeal, withdrawn_at__isnull=True)
    return list(rows.order_by("body__name").values_list("body__name", "role", "instruction"))


def kept_state(appeal: Appeal) -> dict[str, object]:
    found = Appeal.objects.filter(pk=appeal.pk).values().get()
    return {name: value for name, value in found.items() if name not in ("version", "search")}


def test_cases_go_back_to_their_former_executors_and_the_story_tells_both(
    head: Access, roads: Body, housing: Body, make_appeal: MakeAppeal
) -> None:
    given, without = make_appeal(body=None), make_appeal(body=None)
    with clock.frozen(MONDAY):
        assign_executor(
            access=head, appeal_id=given.pk, body_id=roads.pk, instruction="Заделать до пятницы"
        )
    before = [kept_state(given), kept_state(without)]
    people = executors(given)
    run = finished(head, BulkVerb.REASSIGN, [given, without], body_id=housing.pk)
    entries = list(Entry.objects.values_list("pk", flat=True))
    rows = undone(head, run)
    assert rows[given.pk] == (RowState.RETURNED, f"Исполнитель снова — {roads}")
    assert rows[without.pk] == (RowState.RETURNED, "Исполнитель снова не назначен")
    assert [kept_state(given), kept_state(without)] == before
    assert executors(given) == people
    assert executors(without) == []
    assert set(entries) < set(Entry.objects.values_list("pk", flat=True))
    told = [entry.sentence for entry in story_of(given.pk)]
    assert told[-2:] == [
        f"Вопрос 1: снято с исполнителя {housing}: отмена группового действия",
        f"Вопрос 1: исполнитель — {roads}",
    ]


def test_a_case_worked_on_since_stays_and_the_row_says_why(
    head: Access, housing: Body, make_appeal: MakeAppeal
) -> None:
    worked, quiet = make_appeal(), make_appeal()
    run = finished(head, BulkVerb.REASSIGN, [worked, quiet], body_id=housing.pk)
    with clock.frozen(MONDAY + timedelta(minutes=30)):
        write_note(access=head, appeal_id=worked.pk, text="Мастер выехал.")
    rows = undone(head, run)
    state, said = rows[worked.pk]
    assert state == RowState.KEPT
    assert said.startswith("С тех пор по обращению работали:")
    assert "Белов" in said
    assert rows[quiet.pk][0] == RowState.RETURNED
    worked.refresh_from_db()
    assert worked.executor_body == housing


def test_the_old_term_comes_back_and_a_notice_not_yet_sent_never_goes(
    head: Access, make_appeal: MakeAppeal
) -> None:
    appeal = make_appeal()
    term = Deadline.objects.get(appeal=appeal, kind="answer")
    run = finished(head, BulkVerb.EXTEND, [appeal], **EXTENSION)
    assert Deadline.objects.get(pk=term.pk).due_at > term.due_at
    state, said = undone(head, run)[appeal.pk]
    assert state == RowState.RETURNED
    assert "заявителю не уйдёт" in said
    now = Deadline.objects.get(pk=term.pk)
    assert (now.due_at, now.extended_days, now.extended_to) == (term.due_at, 0, None)
    appeal.refresh_from_db()
    assert appeal.due_at == term.due_at
    notice = OutboundMessage.objects.get(case_id=appeal.pk, purpose="extension")
    assert notice.state == "cancelled"


def test_a_notice_that_has_left_is_told_and_the_next_extension_sends_its_own(
    head: Access, make_appeal: MakeAppeal
) -> None:
    appeal = make_appeal()
    run = finished(head, BulkVerb.EXTEND, [appeal], **EXTENSION)
    OutboundMessage.objects.filter(case_id=appeal.pk).update(state="sent")
    assert "отозвать его нельзя" in undone(head, run)[appeal.pk][1]
    with clock.frozen(LATER):
        extend_deadline(
            access=head, appeal_id=appeal.pk, days=10, reason="акт", notice_text="До 20-го."
        )
    states = OutboundMessage.objects.filter(case_id=appeal.pk).order_by("pk")
    assert list(states.values_list("state", flat=True)) == ["sent", "queued"]


def test_after_a_crash_the_rest_is_returned_and_nothing_twice(
    head: Access, housing: Body, make_appeal: MakeAppeal, monkeypatch: pytest.MonkeyPatch
) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    from otklik.casework.control.actions import undo

    cases = [make_appeal(), make_appeal()]
    run = finished(head, BulkVerb.REASSIGN, cases, body_id=housing.pk)
    whole, calls = undo._return, list[int]()

    def dying(access: Access, of: BulkRun, row: object) -> None:
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError
        whole(access, of, row)  # type: ignore[arg-type]

    with clock.frozen(LATER):
        undo_bulk(access=head, run_id=run.pk)
        monkeypatch.setattr(undo, "_return", dying)
        with pytest.raises(RuntimeError):
            take_back(run_id=run.pk)
        monkeypatch.setattr(undo, "_return", whole)
        ProcrastinateJob.objects.filter(task_name="control.take_back").delete()
        resume_bulk(timestamp=0)
        job = ProcrastinateJob.objects.get(task_name="control.take_back")
        assert job.args == {"run_id": run.pk}
        take_back(run_id=run.pk)
    assert {row.state for row in run.rows.all()} == {RowState.RETURNED}
    for case in cases:
        told = [entry.name for entry in story_of(case.pk)]
        assert told.count("AssignmentWithdrawn") == 2


def test_too_late_reminders_and_missing_rights_are_refused(
    head: Access, liaison: Access, town: Municipality, housing: Body, make_appeal: MakeAppeal
) -> None:
    appeal = make_appeal()
    reminded = finished(head, BulkVerb.REMIND, [appeal], text="Доложите.")
    moved = finished(head, BulkVerb.REASSIGN, [appeal], body_id=housing.pk)
    with clock.frozen(LATER):
        with pytest.raises(Refused, match="отозвать их нельзя"):
            undo_bulk(access=head, run_id=reminded.pk)
        controller = person(
            town, "Контролёр Анна",
            dict.fromkeys((Permission.VIEW_APPEALS, Permission.CONTROL), Scope.MUNICIPALITY),
        )  # fmt: skip
        with pytest.raises(Forbidden):
            undo_bulk(access=controller, run_id=moved.pk)
    with clock.frozen(MONDAY + UNDO_WITHIN + timedelta(minutes=1)), pytest.raises(Conflict):
        undo_bulk(access=head, run_id=moved.pk)
