"""Fast-track mechanisms: proposed, agreed to by blocks, approved, at work, measured."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, Refused
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import Channel, Regime, Status
from otklik.casework.automation.actions import (
    MechanismGiven,
    apply_rules,
    ask_agreement,
    decide_mechanism,
    propose_mechanism,
    set_answer_limit,
    switch_mechanism,
)
from otklik.casework.automation.models import AutoRule, Mechanism
from otklik.casework.automation.queries.mechanisms import gains_of
from otklik.casework.automation.tests.conftest import Centre
from otklik.casework.automation.vocabulary import AnswerMode, MechanismState
from otklik.casework.deadlines.models import Deadline
from otklik.casework.replies.actions import save_template
from otklik.casework.replies.models import Reply
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels.models import ChannelAccount
from otklik.exchange.channels.vocabulary import ChannelKind
from otklik.records.journal.models import Entry
from otklik.records.journal.queries import story_of

Arrives = Callable[..., Appeal]
ANSWER = (
    "Здравствуйте! Яма обследована, ремонт назначен на ближайшие сутки, дорожная служба закончит "
    "работы до 20.12.2026. Если яма останется, ответьте на это сообщение."
)


def given(centre: Centre, **more: object) -> MechanismGiven:
    values: dict[str, object] = {
        "name": "Ямы за пять дней", "topic_ids": [centre.holes.pk], "unit": "calendar_days",
        "amount": 5, "executor_id": centre.roads.pk, "co_executor_ids": [centre.water.pk],
        "owner_block_id": centre.roads_block.pk, "block_ids": [centre.water_block.pk],
        "steps": ["осмотр", "заделка", "фото"],
    }  # fmt: skip
    return MechanismGiven(**{**values, **more})  # type: ignore[arg-type]


def approved(centre: Centre, **more: object) -> Mechanism:
    made = propose_mechanism(access=centre.keeper, given=given(centre, **more))
    ask_agreement(access=centre.keeper, mechanism_id=made.pk)
    for who in (centre.roads_lead, centre.water_lead, centre.head):
        made = decide_mechanism(access=who, mechanism_id=made.pk, approve=True)
    return made


def at_work(centre: Centre, **more: object) -> Mechanism:
    made = approved(centre, **more)
    return switch_mechanism(access=centre.keeper, mechanism_id=made.pk, on=True)


@pytest.mark.clause("ust-kubinsky:3.1.s.1")
@pytest.mark.clause("pereslavl:3.2.3.1")
@pytest.mark.clause("tuapse:2.4.4")
@pytest.mark.clause("dedovichi:16.4")
def test_blocks_agree_the_head_approves_and_it_works_with_its_route_term_and_answer(
    centre: Centre, arrives: Arrives
) -> None:
    template = save_template(access=Access.system(centre.place.pk), title="Яма", text=ANSWER)
    made = propose_mechanism(access=centre.keeper, given=given(centre, template_id=template.pk))
    with pytest.raises(Conflict, match="не утверждён"):
        switch_mechanism(access=centre.keeper, mechanism_id=made.pk, on=True)
    ask_agreement(access=centre.keeper, mechanism_id=made.pk)
    with pytest.raises(Forbidden):
        decide_mechanism(access=centre.water_lead, mechanism_id=made.pk, approve=True)
    for who in (centre.roads_lead, centre.water_lead):
        assert decide_mechanism(access=who, mechanism_id=made.pk, approve=True).state == "agreeing"
    with pytest.raises(Forbidden):
        decide_mechanism(access=centre.roads_lead, mechanism_id=made.pk, approve=True)
    done = decide_mechanism(access=centre.head, mechanism_id=made.pk, approve=True)
    assert (done.state, done.approved_label) == ("approved", centre.head.actor.label)
    switch_mechanism(access=centre.keeper, mechanism_id=made.pk, on=True)

    case = arrives(topic_id=centre.holes.pk, regime=Regime.POS)
    apply_rules(appeal_id=case.pk)
    case.refresh_from_db()
    bodies = Assignment.objects.filter(question__appeal=case).order_by("role")
    assert [(one.role, one.body) for one in bodies] == [
        ("co", centre.water), ("main", centre.roads)
    ]  # fmt: skip
    assert case.fast_track
    term = Deadline.objects.get(appeal=case, kind="answer")
    assert (term.rule["amount"], term.rule["unit"]) == (5, "calendar_days")
    assert Reply.objects.get(appeal=case).text == ANSWER
    told = " ".join(story_of(case.pk).values_list("sentence", flat=True))
    assert "Ускоренное решение по механизму «Ямы за пять дней»" in told


def test_a_block_that_disagrees_returns_it_with_a_remark(centre: Centre) -> None:
    made = propose_mechanism(access=centre.keeper, given=given(centre))
    ask_agreement(access=centre.keeper, mechanism_id=made.pk)
    with pytest.raises(Refused, match="без замечания"):
        decide_mechanism(access=centre.roads_lead, mechanism_id=made.pk, approve=False)
    back = decide_mechanism(
        access=centre.roads_lead, mechanism_id=made.pk, approve=False, remark="не успеем зимой"
    )
    assert back.state == MechanismState.RETURNED
    told = Entry.objects.filter(subject="mechanism").order_by("-pk").first()
    assert told is not None
    assert "возвращён: не успеем зимой" in told.sentence


def test_a_change_needs_a_new_approval_and_work_must_stop_first(centre: Centre) -> None:
    made = at_work(centre)
    with pytest.raises(Conflict, match="действует"):
        propose_mechanism(access=centre.keeper, given=given(centre, amount=3), mechanism_id=made.pk)
    switch_mechanism(access=centre.head, mechanism_id=made.pk, on=False)
    propose_mechanism(access=centre.keeper, given=given(centre, amount=3), mechanism_id=made.pk)
    with pytest.raises(Conflict, match="не утверждён"):
        switch_mechanism(access=centre.keeper, mechanism_id=made.pk, on=True)


def test_a_stopped_mechanism_leaves_new_cases_alone(centre: Centre, arrives: Arrives) -> None:
    made = at_work(centre)
    assert AutoRule.objects.get(mechanism=made).state == "on"
    switch_mechanism(access=centre.keeper, mechanism_id=made.pk, on=False)
    case = arrives(topic_id=centre.holes.pk)
    assert apply_rules(appeal_id=case.pk) == []


@pytest.mark.parametrize(("more", "said"), [
    ({"amount": 31}, "не больше 30 календарных дней"),
    ({"topic_ids": []}, "Не выбраны темы"),
    ({"name": " "}, "нет названия"),
])  # fmt: skip
def test_a_mechanism_is_short_and_whole(centre: Centre, more: dict[str, object], said: str) -> None:
    with pytest.raises(Refused, match=said):
        propose_mechanism(access=centre.keeper, given=given(centre, **more))


def test_only_keepers_propose(centre: Centre) -> None:
    with pytest.raises(Forbidden):
        propose_mechanism(access=centre.operator, given=given(centre))


def test_a_term_longer_than_the_one_in_force_is_not_put_on_a_case(
    centre: Centre, arrives: Arrives
) -> None:
    at_work(centre, amount=30)
    case = arrives(topic_id=centre.holes.pk, regime=Regime.INCIDENT, channel=Channel.INCIDENT)
    before = case.due_at
    apply_rules(appeal_id=case.pk)
    case.refresh_from_db()
    assert before is not None
    assert (case.due_at, case.fast_track) == (before, False)
    assert case.executor_body == centre.roads


@pytest.mark.parametrize(
    ("limit", "regime", "status"),
    [
        (AnswerMode.DRAFT, Regime.POS, "draft"),
        (AnswerMode.APPROVAL, Regime.POS, "on_approval"),
        (AnswerMode.SEND, Regime.LAW59, "on_approval"),
        (AnswerMode.SEND, Regime.MAIL, "sending"),
    ],
)
def test_a_ready_answer_goes_as_far_as_the_centre_and_the_law_let_it(
    centre: Centre, arrives: Arrives, limit: AnswerMode, regime: Regime, status: str
) -> None:
    ChannelAccount.objects.create(municipality=centre.place, kind=ChannelKind.EMAIL, title="Почта")
    set_answer_limit(access=centre.head, limit=limit)
    template = save_template(access=Access.system(centre.place.pk), title="Яма", text=ANSWER)
    at_work(centre, template_id=template.pk, answer=AnswerMode.SEND)
    channel = {Regime.LAW59: Channel.PAPER, Regime.MAIL: Channel.EMAIL}.get(regime, Channel.POS)
    case = arrives(
        "Яма во дворе", topic_id=centre.holes.pk, regime=regime, channel=channel,
        reply_address="ivanova@mail.test",
    )  # fmt: skip
    (fired,) = apply_rules(appeal_id=case.pk)
    assert Reply.objects.get(appeal=case).status == status, fired.done


@pytest.mark.clause("novoduginsky:1.2.a.5")
def test_the_gain_in_time_is_measured_against_before_and_against_others(
    centre: Centre, arrives: Arrives
) -> None:
    now = clock.now()
    long_ago = now - timedelta(days=40)
    for number in range(6):
        answered(arrives, 100 + number, topic_id=centre.holes.pk, received_at=long_ago)
        answered(arrives, 300 + number, topic_id=centre.leaks.pk, received_at=now)
    made = at_work(centre)
    Mechanism.objects.filter(pk=made.pk).update(on_since=now - timedelta(minutes=1))
    for number in range(6):
        case = arrives(f"Яма {number}", topic_id=centre.holes.pk)
        apply_rules(appeal_id=case.pk)
        close(case, 20 + number)
    gain = gains_of([made.pk])[made.pk]
    assert (gain.after.cases, gain.before.cases, gain.others.cases) == (6, 6, 6)
    assert (gain.after.hours, gain.before.hours, gain.others.hours) == (22.5, 102.5, 302.5)
    assert gain.hours == 80
    assert gain.after.in_time == 6


def answered(arrives: Arrives, hours: int, **more: object) -> None:
    close(arrives(f"Случай {hours}", **more), hours)


def close(case: Appeal, hours: int) -> None:
    """The answer as it stands on an answered case: this many hours after its registration."""
    assert case.registered_at is not None
    Appeal.objects.filter(pk=case.pk).update(
        status=Status.ANSWERED, answered_at=case.registered_at + timedelta(hours=hours)
    )
