"""Errors, conflicts, signals and recommendations: by whom, once, with what came of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, NotFound, Refused
from otklik.casework.appeals.models import Appeal
from otklik.casework.quality import actions, queries
from otklik.casework.quality.models import Signal
from otklik.casework.quality.tests.conftest import MONDAY, MakeAppeal
from otklik.casework.quality.vocabulary import (
    AdviceState,
    ConflictKind,
    FaultKind,
    FindingState,
    SignalKind,
    SignalState,
    Sort,
)
from otklik.casework.replies.models import Reply
from otklik.casework.replies.queries import SUBJECT
from otklik.casework.satisfaction.models import Survey
from otklik.directory.approvals.models import ApprovalStep
from otklik.directory.approvals.vocabulary import StepState
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.records.journal.queries import story_of

pytestmark = pytest.mark.django_db
MakeReply = Callable[..., Reply]
FAULT = actions.NewFault(kind=FaultKind.FORMAL, quote="меры приняты", essence="нет сроков")


@pytest.mark.clause("dedovichi:13.7")
def test_an_error_found_in_an_answer_is_marked_with_kind_answer_author_and_correction(
    chief: Access, roads: Body, make_appeal: MakeAppeal, make_reply: MakeReply
) -> None:
    appeal = make_appeal()
    reply = make_reply(appeal)
    with clock.frozen(MONDAY):
        one = actions.mark_fault(access=chief, appeal_id=appeal.pk, new=FAULT)
        assert (one.kind, one.reply, one.body) == (FaultKind.FORMAL, reply, roads)
        assert (one.person_label, one.state) == ("Дорогин И. П.", FindingState.OPEN)
        mended = actions.settle(
            access=chief, finding_id=one.pk, state="mended", outcome="отправлен новый ответ"
        )
    assert mended.settled_by == chief.actor.label
    told = [entry.sentence for entry in story_of(appeal.pk)]
    assert "Отмечено: ошибка в ответе (отписка: нет решения и сроков) — Отдел дорог" in told
    assert "Отмеченное нарушение — исправлено: отправлен новый ответ" in told


def test_marking_needs_the_right_and_words(
    chief: Access, liaison: Access, make_appeal: MakeAppeal
) -> None:
    appeal = make_appeal()
    with pytest.raises(Forbidden):
        actions.mark_fault(access=liaison, appeal_id=appeal.pk, new=FAULT)
    with pytest.raises(Refused):
        actions.mark_fault(
            access=chief, appeal_id=appeal.pk, new=actions.NewFault(kind=FaultKind.RUDE)
        )
    with pytest.raises(NotFound):
        actions.mark_fault(access=chief, appeal_id=appeal.pk + 999, new=FAULT)


@pytest.mark.clause("dedovichi:7.3", "tuapse:2.3.3", "ust-kubinsky:3.1.l", "novoduginsky:1.2.v.5")
def test_conflicts_come_by_hand_and_from_signals(
    chief: Access, town: Municipality, make_appeal: MakeAppeal, make_reply: MakeReply
) -> None:
    appeal = make_appeal()
    reply = make_reply(appeal)
    conflict = actions.NewConflict(
        kind=ConflictKind.RUDENESS,
        parties="заявитель и мастер участка",
        cause="отказ назвать срок",
        consequence="жалоба в прокуратуру",
        measure="беседа с мастером",
        outcome="принесены извинения",
        appeal_id=appeal.pk,
    )
    by_hand = actions.record_conflict(access=chief, new=conflict)
    assert all((by_hand.parties, by_hand.cause, by_hand.measure, by_hand.outcome))
    _score(reply, 2)
    assert gather(town) == 1
    (signal,) = queries.waiting_signals(chief)
    made = actions.confirm(access=chief, signal_id=signal.pk, new=conflict)
    assert made.signal.kind == SignalKind.LOW_SCORE
    assert made.get_source_display() == "по сигналу"
    assert gather(town) == 0
    wanted = queries.Wanted(sort=Sort.CONFLICT)
    assert {one.pk for one in queries.findings(chief, wanted)} == {by_hand.pk, made.pk}


def gather(town: Municipality) -> int:
    return actions.gather_signals(municipality_id=town.pk, since=MONDAY - timedelta(days=1))


def _score(reply: Reply, score: int) -> None:
    Survey.objects.create(
        appeal=reply.appeal, reply_id=reply.pk, token_hash=f"t{reply.pk}", asked_at=MONDAY,
        expires_at=MONDAY + timedelta(days=60), answered_at=MONDAY, score=score,
        comment="Ничего не сделали",
    )  # fmt: skip


def test_every_kind_of_signal_is_noticed_once(
    chief: Access, town: Municipality, make_appeal: MakeAppeal, make_reply: MakeReply
) -> None:
    first, second = make_appeal(), make_appeal()
    bad = make_reply(first, "По вопросу № 131-ФЗ в установленном порядке.")
    _score(bad, 1)
    _score(make_reply(second), 3)
    Appeal.objects.filter(pk=first.pk).update(answered_at=MONDAY, reopened=1)
    Appeal.objects.filter(pk=second.pk).update(repeats_id=first.pk)
    Reply.objects.filter(pk=bad.pk).update(returns=2)
    for number, reasons in enumerate((["no_dates"], ["no_dates", "heavy"]), start=1):
        ApprovalStep.objects.create(
            municipality=town, subject=SUBJECT, subject_id=bad.pk, round=number, order=1,
            label="Согласование", permission="approve", state=StepState.RETURNED, reasons=reasons,
        )  # fmt: skip
    assert gather(town) == len(SignalKind)
    assert gather(town) == 0
    assert set(Signal.objects.values_list("kind", flat=True)) == set(SignalKind.values)
    assert set(Signal.objects.values_list("appeal_id", flat=True)) == {first.pk}


def test_a_dismissed_signal_needs_a_reason_and_never_returns(
    chief: Access, town: Municipality, make_appeal: MakeAppeal, make_reply: MakeReply
) -> None:
    _score(make_reply(make_appeal()), 1)
    gather(town)
    (signal,) = queries.waiting_signals(chief)
    with pytest.raises(Refused):
        actions.dismiss(access=chief, signal_id=signal.pk, reason=" ")
    actions.dismiss(access=chief, signal_id=signal.pk, reason="ответ верный, решение не в силах")
    assert gather(town) == 0
    assert not queries.waiting_signals(chief)
    with pytest.raises(Conflict):
        actions.confirm(access=chief, signal_id=signal.pk, new=FAULT)
    signal.refresh_from_db()
    assert signal.state == SignalState.DISMISSED


@pytest.mark.clause("dedovichi:13.9")
def test_recommendations_are_addressed_to_a_body_and_followed_by_it(
    chief: Access, liaison: Access, roads: Body, housing: Body, make_appeal: MakeAppeal
) -> None:
    one = actions.mark_fault(access=chief, appeal_id=make_appeal().pk, new=FAULT)
    advice = actions.recommend(access=chief, finding_id=one.pk, text="Называйте дату работ.")
    assert advice.body == roads
    assert [each.pk for each in queries.advice_list(liaison)] == [advice.pk]
    with pytest.raises(Refused):
        actions.follow(access=liaison, advice_id=advice.pk, state="done")
    actions.follow(access=liaison, advice_id=advice.pk, state="accepted")
    actions.follow(access=liaison, advice_id=advice.pk, state="done", comment="обновили шаблон")
    advice.refresh_from_db()
    assert (advice.state, advice.comment) == (AdviceState.DONE, "обновили шаблон")
    other = actions.recommend(
        access=chief, finding_id=one.pk, text="Проверить дворы.", body_id=housing.pk
    )
    with pytest.raises(Forbidden):
        actions.follow(access=liaison, advice_id=other.pk, state="accepted")


@pytest.mark.clause("dedovichi:13.8")
def test_the_report_agrees_with_a_look_at_every_row(
    chief: Access, town: Municipality, housing: Body, make_appeal: MakeAppeal
) -> None:
    with clock.frozen(MONDAY):
        for kind in (FaultKind.FORMAL, FaultKind.FORMAL, FaultKind.RUDE):
            new = actions.NewFault(kind=kind, essence="не так", corrected=kind == FaultKind.RUDE)
            actions.mark_fault(access=chief, appeal_id=make_appeal().pk, new=new)
        actions.mark_fault(access=chief, appeal_id=make_appeal(body=housing).pk, new=FAULT)
    now = MONDAY + timedelta(days=60)
    actions.note_missed_terms(municipality_id=town.pk, now=now)
    since, until = MONDAY.date(), now.date()
    found = queries.error_report(chief, since, until)
    for line in found.bodies:
        mine = [one for one in found.rows if one.body_id == line.body_id]
        assert line.total == len(mine) > 0
        assert line.unmended == sum(one.state == FindingState.OPEN for one in mine)
    for kind_line in found.kinds:
        assert kind_line.count == sum(one.kind == kind_line.kind for one in found.rows)
    assert found.total(Sort.FAULT) == 4
    assert found.total() == len(found.rows)
    assert queries.error_report(chief, until, until + timedelta(days=9)).total() == 0


def test_a_neighbour_and_one_without_the_right_see_nothing(
    chief: Access, liaison: Access, housing: Body, make_appeal: MakeAppeal
) -> None:
    mine = actions.mark_fault(access=chief, appeal_id=make_appeal().pk, new=FAULT)
    actions.mark_fault(access=chief, appeal_id=make_appeal(body=housing).pk, new=FAULT)
    assert [one.pk for one in queries.findings(liaison, queries.Wanted())] == [mine.pk]
    other = Municipality.objects.create(
        slug="sosedi", name="Соседи", short_name="Соседи", region="Область", kind="district"
    )
    assert not queries.findings(Access.system(other.pk), queries.Wanted())
    with pytest.raises(Forbidden):
        queries.error_report(liaison, MONDAY.date(), MONDAY.date())
