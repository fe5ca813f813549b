"""Rules at work on a case: in order, each once, leaving alone what people have decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.casework.automation.actions.kinds import KINDS, JoinProblem, Run, kind_of
from otklik.casework.automation.events import AutoRuleFired
from otklik.casework.automation.models import AutoRule, Firing
from otklik.casework.automation.queries.decided import decided_by_people
from otklik.casework.automation.queries.in_force import facts_of, in_force, topics_above
from otklik.casework.automation.rules import Why, match, restored
from otklik.casework.automation.vocabulary import RuleState
from otklik.casework.problems.actions import hold
from otklik.casework.routing.actions import route
from otklik.directory.organisation.rules import Access
from otklik.records.journal.actions import record

_ORDER = list(KINDS)
JOINS = JoinProblem.slug


@transaction.atomic
def apply_rules(*, appeal_id: int) -> list[Firing]:
    """Let the rules in force act on an open case; those that have acted on it before do not again.

    A rule sees what the rules before it have done. An action that may not be done is left out and
    told; a case in which a rule has named the topic is then routed by the rule table.
    """
    _hold_problems(appeal_id)
    appeal = (
        Appeal.objects.select_for_update(of=("self",))
        .select_related("municipality", "applicant", "topic", "settlement")
        .filter(pk=appeal_id, status__in=OPEN_STATUSES)
        .first()
    )
    if appeal is None:
        return []
    today = clock.today(appeal.municipality.tz)
    rules = list(in_force(appeal.municipality_id, today))
    if not rules:
        return []
    earlier = list(Firing.objects.filter(appeal=appeal).values_list("rule_id", "stopped"))
    if any(stopped for _, stopped in earlier):
        return []
    acted = {rule for rule, _ in earlier}
    fired = _in_order(appeal, [rule for rule in rules if rule.pk not in acted])
    if fired and appeal.executor_body_id is None:
        route(access=Access.system(appeal.municipality_id), appeal=appeal)
    return fired


def _hold_problems(appeal_id: int) -> None:
    """Whoever writes problems takes their lock before those of cases; so does a rule that joins."""
    joining = AutoRule.objects.filter(
        municipality__in=Appeal.objects.filter(pk=appeal_id).values("municipality"),
        state=RuleState.ON,
        acts__contains=[{"kind": JOINS}],
    )
    centre = joining.values_list("municipality_id", flat=True).first()
    if centre is not None:
        hold(centre)


def apply_rules_many(*, appeal_ids: Sequence[int]) -> int:
    """The same for a batch of an import, each case in a transaction of its own; how many firings.

    Cases that are answered already and centres without a rule cost one query together.
    """
    waiting = Appeal.objects.filter(
        pk__in=appeal_ids,
        status__in=OPEN_STATUSES,
        municipality__in=AutoRule.objects.filter(state=RuleState.ON).values("municipality"),
    )
    ids = list(waiting.order_by("pk").values_list("pk", flat=True))
    return sum(len(apply_rules(appeal_id=pk)) for pk in ids)


def _in_order(appeal: Appeal, rules: list[AutoRule]) -> list[Firing]:
    topics, fired = topics_above(), []
    for rule in rules:
        found = match(restored(rule.condition), facts_of(appeal, topics))
        if not found:
            continue
        fired.append(_fire(rule, appeal, found.why))
        if rule.stop:
            break
    return fired


def _fire(rule: AutoRule, appeal: Appeal, why: tuple[Why, ...]) -> Firing:
    access = Access.system(appeal.municipality_id, f"Автоправило «{rule.name}»")
    run = Run(access=access, appeal=appeal, rule=rule, decided=decided_by_people(appeal))
    done: list[list[str]] = []
    skipped: list[list[str]] = []
    body = appeal.executor_body_id
    for act in sorted(rule.acts, key=lambda one: _ORDER.index(one["kind"])):
        ok, words = _act(run, act)
        (done if ok else skipped).append([act["kind"], words])
    firing = Firing.objects.create(
        rule=rule,
        version=rule.version,
        appeal=appeal,
        fired_at=clock.now(),
        why=[[str(one.fact), one.value, one.found] for one in why],
        done=done,
        skipped=skipped,
        body_id=appeal.executor_body_id if appeal.executor_body_id != body else None,
        stopped=rule.stop,
    )
    event = AutoRuleFired(
        subject_id=rule.pk,
        case_id=appeal.pk,
        rule=rule.name,
        version=rule.version,
        done=tuple(words for _, words in done),
        skipped=tuple(f"{KINDS[kind].label} — {words}" for kind, words in skipped),
    )
    record(event, actor=access.actor, municipality_id=appeal.municipality_id)
    return firing


def _act(run: Run, act: dict[str, Any]) -> tuple[bool, str]:
    """Whether the action was done, and what to say of it."""
    try:
        with transaction.atomic():
            return True, kind_of(act).apply(run, act)
    except OtklikError as error:
        run.appeal.refresh_from_db()
        return False, error.message.rstrip(".")
