"""Rules at work on cases: what they do, what they leave alone, what they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, Refused
from otklik.casework.appeals.actions import assign_executor, set_topic
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import Channel, Kind
from otklik.casework.automation.actions import (
    RuleGiven,
    apply_rules,
    apply_rules_many,
    mark_wrong,
    save_rule,
    set_answer_limit,
    switch_rule,
)
from otklik.casework.automation.models import AutoRule, Firing
from otklik.casework.automation.rules import Leaf
from otklik.casework.automation.tests.conftest import Centre, names, to, topic, words
from otklik.casework.automation.vocabulary import AnswerMode, Fact
from otklik.casework.problems.actions import open_problem
from otklik.casework.replies.actions import save_template
from otklik.casework.replies.models import Reply
from otklik.directory.organisation.rules import Access
from otklik.exchange.notifications.models import Notice
from otklik.records.journal.queries import story_of

Arrives = Callable[..., Appeal]
Rule = Callable[..., AutoRule]


def acted(appeal: Appeal) -> Appeal:
    apply_rules(appeal_id=appeal.pk)
    appeal.refresh_from_db()
    return appeal


def story(appeal: Appeal) -> list[str]:
    return list(story_of(appeal.pk).values_list("sentence", flat=True))


@pytest.mark.clause("pereslavl:1.2.zh")
def test_a_rule_names_topic_executor_and_term_and_says_so(
    centre: Centre, arrives: Arrives, rule: Rule
) -> None:
    term = {"kind": "term", "unit": "working_days", "amount": 3}
    rule(words("яма"), Leaf(Fact.CHANNEL, ("pos",)),
         acts=[term, to(centre.roads), names(centre.holes), {"kind": "priority"}])  # fmt: skip
    case = acted(arrives("На Садовой две огромные ямы"))
    assert (case.topic, case.executor_body, case.priority) == (centre.holes, centre.roads, "high")
    assignment = Assignment.objects.get(question__appeal=case)
    assert assignment.assigned_by == "Автоправило «Ямы»"
    assert assignment.due_at is not None
    assert case.due_at is not None
    assert assignment.due_at <= case.due_at
    told = story(case)[-1]
    assert told.startswith("Автоправило «Ямы» поставило тему «Ямы»; повысило важность; назначило")
    assert Firing.objects.get(appeal=case).why[0] == ["words", "яма", "ямы"]
    assert acted(case).version == case.version
    assert acted(arrives("Ям нет, дорога ровная", channel=Channel.VK)).executor_body is None


def test_a_new_case_another_topic_and_a_place_wake_the_rules(
    centre: Centre, arrives: Arrives
) -> None:
    case = arrives()
    set_topic(access=centre.operator, appeal_id=case.pk, topic_id=centre.leaks.pk)
    woken = ProcrastinateJob.objects.filter(task_name="automation.apply")
    assert [job.args for job in woken] == [{"appeal_id": case.pk}] * 2


def test_what_people_decided_stays(centre: Centre, arrives: Arrives, rule: Rule) -> None:
    rule(words("яма"), acts=[to(centre.roads), names(centre.holes)])
    case = arrives()
    set_topic(access=centre.operator, appeal_id=case.pk, topic_id=centre.leaks.pk)
    assign_executor(access=centre.head, appeal_id=case.pk, body_id=centre.water.pk)
    acted(case)
    assert (case.topic, case.executor_body) == (centre.leaks, centre.water)
    skipped = Firing.objects.get(appeal=case).skipped
    assert skipped == [["topic", "тему назвал человек"], ["executor", "исполнителя назвал человек"]]


def test_a_topic_given_by_the_registrar_stays(centre: Centre, arrives: Arrives, rule: Rule) -> None:
    rule(words("яма"), acts=[names(centre.holes)])
    case = acted(arrives(access=centre.operator, topic_id=centre.leaks.pk))
    assert case.topic == centre.leaks


def test_a_complaint_never_goes_to_the_body_complained_of(
    centre: Centre, arrives: Arrives, rule: Rule
) -> None:
    rule(
        words("яма"), acts=[to(centre.roads), {"kind": "co_executors", "bodies": [centre.roads.pk]}]
    )
    case = acted(arrives(kind=Kind.COMPLAINT, complained_body_id=centre.roads.pk))
    assert case.body_ids == []
    assert "на этот орган жалуются" in story(case)[-1]


def test_order_stop_period_and_switch_decide_which_rules_act(
    centre: Centre, arrives: Arrives, rule: Rule
) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    rule(words("яма"), acts=[to(centre.roads)], name="Завтра", order=1, since=tomorrow)
    off = rule(words("яма"), acts=[to(centre.roads)], name="Выключенное", order=2, on=False)
    rule(words("яма"), acts=[to(centre.water)], name="Первое", order=3)
    rule(words("двор"), acts=[{"kind": "priority"}], name="Второе", order=4, stop=True)
    rule(words("большой"), acts=[names(centre.holes)], name="Третье", order=5)
    case = acted(arrives())
    assert [one.rule.name for one in Firing.objects.filter(appeal=case)] == ["Первое", "Второе"]
    assert case.executor_body == centre.water
    switch_rule(access=centre.keeper, rule_id=off.pk, on=True)
    assert acted(arrives("Яма у школы")).executor_body == centre.water
    assert "Выключенное" in {one.rule.name for one in Firing.objects.all()}


def test_a_later_rule_sees_the_topic_an_earlier_one_has_set(
    centre: Centre, arrives: Arrives, rule: Rule
) -> None:
    rule(words("яма"), acts=[names(centre.holes)], name="Тема", order=1)
    rule(topic(centre.all_roads), acts=[to(centre.roads)], name="Кому", order=2)
    assert acted(arrives()).executor_body == centre.roads


def test_a_long_term_never_puts_the_answer_off(
    centre: Centre, arrives: Arrives, rule: Rule
) -> None:
    with pytest.raises(Refused, match="не больше 30 календарных дней"):
        rule(words("яма"), acts=[{"kind": "term", "unit": "calendar_days", "amount": 31}])
    rule(
        words("яма"),
        acts=[to(centre.roads), {"kind": "term", "unit": "calendar_days", "amount": 30}],
    )
    case = acted(arrives(received_at=clock.now() - timedelta(days=20)))
    assert Assignment.objects.get(question__appeal=case).due_at == case.due_at


def test_a_ready_answer_of_a_plain_rule_is_a_draft_for_a_person(
    centre: Centre, arrives: Arrives, rule: Rule
) -> None:
    set_answer_limit(access=centre.head, limit=AnswerMode.SEND)
    template = save_template(
        access=Access.system(centre.place.pk), title="Яма", text="Яму заделают до {срок}."
    )
    answer = {"kind": "template", "template": template.pk, "as": "send"}
    rule(words("яма"), acts=[to(centre.roads), answer])
    case = acted(arrives())
    assert Reply.objects.get(appeal=case).status == "draft"
    assert "подготовило черновик ответа по шаблону «Яма»" in story(case)[-1]


def test_people_and_roles_are_told_once(centre: Centre, arrives: Arrives, rule: Rule) -> None:
    role = centre.head.account_id
    rule(words("яма"), acts=[{"kind": "notify", "accounts": [role], "roles": []}])
    case = acted(arrives())
    assert acted(case)
    notice = Notice.objects.get(kind="rule_fired")
    assert notice.account_id == role
    assert case.number in notice.text


def test_only_keepers_write_rules_and_an_edit_is_a_new_version(centre: Centre, rule: Rule) -> None:
    given = RuleGiven(name="Ямы", leaves=(words("яма"),), acts=(to(centre.roads),))
    with pytest.raises(Forbidden):
        save_rule(access=centre.operator, given=given)
    made = rule(words("яма"), acts=[to(centre.roads)])
    rule(words("яма", "выбоина"), acts=[to(centre.roads)], rule_id=made.pk)
    first, second = made.versions.order_by("number")
    assert "«яма» или «выбоина»" in second.description
    assert (first.number, second.number, second.author_label) == (1, 2, centre.keeper.actor.label)


@pytest.mark.parametrize(("leaf", "said"), [
    (words("на", "где"), "Слишком общие слова: «где», «на»"),
    (None, "забрало бы все обращения"),
])  # fmt: skip
def test_a_rule_that_says_nothing_is_refused(
    centre: Centre, rule: Rule, leaf: Leaf | None, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        rule(*([leaf] if leaf else []), acts=[to(centre.roads)])


def test_a_person_says_that_a_rule_erred(centre: Centre, arrives: Arrives, rule: Rule) -> None:
    rule(words("яма"), acts=[to(centre.roads)])
    case = acted(arrives())
    firing = Firing.objects.get(appeal=case)
    mark_wrong(access=centre.operator, firing_id=firing.pk, note="двор частный")
    assert story(case)[-1] == "Автоправило «Ямы» ошиблось: двор частный"
    with pytest.raises(Conflict, match="уже отмечена"):
        mark_wrong(access=centre.operator, firing_id=firing.pk)


def test_cases_are_left_alone_with_two_queries_where_no_rule_is_in_force(
    arrives: Arrives, django_assert_max_num_queries: Any
) -> None:
    case = arrives()
    with django_assert_max_num_queries(5):
        assert apply_rules(appeal_id=case.pk) == []


def test_a_batch_of_an_import_is_gone_through_and_answered_cases_are_left_alone(
    centre: Centre, arrives: Arrives, rule: Rule, django_assert_max_num_queries: Any
) -> None:
    cases = [arrives(f"Яма номер {number}") for number in range(3)]
    ids = [case.pk for case in cases]
    with django_assert_max_num_queries(1):
        assert apply_rules_many(appeal_ids=ids) == 0
    rule(words("яма"), acts=[to(centre.roads)])
    Appeal.objects.filter(pk=ids[0]).update(status="answered")
    assert apply_rules_many(appeal_ids=ids) == 2
    assert apply_rules_many(appeal_ids=ids) == 0


def test_a_rule_joins_cases_to_an_open_problem(
    centre: Centre, arrives: Arrives, rule: Rule
) -> None:
    first = arrives("Нет воды на Садовой")
    problem = open_problem(access=Access.system(centre.place.pk), appeal_ids=[first.pk])
    rule(words("вода"), acts=[{"kind": "problem", "problem": problem.pk}], name="Вода")
    case = acted(arrives("Воды нет второй день"))
    joined = problem.cases.get(appeal=case)
    assert (joined.state, joined.how) == ("joined", "rule")
    assert f"присоединило к проблеме {problem.number}" in story(case)[-1]
    with pytest.raises(Refused, match="открытой проблемы нет"):
        rule(words("вода"), acts=[{"kind": "problem", "problem": problem.pk + 1}], name="Иное")
