"""Writing rules: checked beside the others and on the last months before they may act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.casework.automation.actions.kinds import KINDS, kind_of
from otklik.casework.automation.actions.stale import mark_stale
from otklik.casework.automation.events import AutoRuleSaved, AutoRuleSwitched
from otklik.casework.automation.models import AutoRule, AutoRuleVersion
from otklik.casework.automation.queries.candidates import common_words
from otklik.casework.automation.queries.dryrun import DryRun, dry_run
from otklik.casework.automation.queries.in_force import (
    in_force,
    shape_of,
    topics_above,
)
from otklik.casework.automation.queries.naming import names_for
from otklik.casework.automation.rules import (
    Leaf,
    Remark,
    condition_of,
    remarks,
    restored,
    store,
    width,
)
from otklik.casework.automation.rules.conditions import TEXTUAL
from otklik.casework.automation.rules.describing import described
from otklik.casework.automation.vocabulary import Mode, RuleState
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.topics.models import Topic
from otklik.language.lemmas import tokens
from otklik.records.journal.actions import record

LOOKED_BACK = timedelta(days=92)
"""How far back a rule is tried when it is saved."""


class UnconfirmedError(Refused):
    """The rule may be saved, but a person has to insist on what `remarks` say."""

    def __init__(self, found: Sequence[Remark]) -> None:
        super().__init__(" ".join(one.text for one in found), " ".join(one.mend for one in found))
        self.remarks = tuple(found)


@dataclass(frozen=True, kw_only=True)
class RuleGiven:
    """A rule as the editor gives it. `acts` are dictionaries with `kind` and its values."""

    name: str
    leaves: tuple[Leaf, ...]
    acts: tuple[Mapping[str, Any], ...]
    mode: Mode = Mode.ALL
    excepted: tuple[Leaf, ...] = ()
    order: int = 100
    stop: bool = False
    on: bool = False
    since: date | None = None
    until: date | None = None
    note: str = ""
    owner_id: int | None = None


@transaction.atomic
def save_rule(
    *, access: Access, given: RuleGiven, rule_id: int | None = None, confirmed: bool = False
) -> AutoRule:
    """Write a rule; each edit is a new version (pereslavl 1.2.ж).

    Raises Refused for a rule that is incomplete, would run in circles, would never be reached or
    would take almost everything; UnconfirmedError for what a person may insist on.
    """
    access = access.require(Permission.AUTOMATE)
    rule = (
        own_rule(access, rule_id) if rule_id else AutoRule(municipality_id=access.municipality_id)
    )
    if rule.mechanism_id:
        raise Refused("Это правило ведёт механизм ускоренного решения.", "Измените сам механизм.")
    check(access.municipality_id, given)
    _put(rule, given)
    warn(rule, confirmed=confirmed)
    return write(access, rule)


@transaction.atomic
def switch_rule(*, access: Access, rule_id: int, on: bool, confirmed: bool = False) -> AutoRule:
    """Let a rule act or stop it. Switching on checks it beside those in force again."""
    access = access.require(Permission.AUTOMATE)
    rule = own_rule(access, rule_id)
    if rule.mechanism_id:
        raise Refused(
            "Это правило ведёт механизм ускоренного решения.", "Включите или выключите механизм."
        )
    return turn(access, rule, on=on, confirmed=confirmed)


def turn(access: Access, rule: AutoRule, *, on: bool, confirmed: bool = False) -> AutoRule:
    """The same when the caller has checked the right."""
    wanted = RuleState.ON if on else RuleState.OFF
    if rule.state == wanted:
        return rule
    if on:
        warn(rule, confirmed=confirmed)
        rule.first_on = rule.first_on or clock.now()
    rule.state = wanted
    rule.save(update_fields=["state", "first_on"])
    event = AutoRuleSwitched(subject_id=rule.pk, rule=rule.name, on=on)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return rule


def check(municipality_id: int, given: RuleGiven) -> None:
    """Raise Refused or NotFound for a rule that is incomplete in itself."""
    if not given.name.strip():
        raise Refused("У правила нет названия.", "Назовите его так, чтобы поняли коллеги.")
    if not given.leaves:
        raise Refused(
            "Правило без условий забрало бы все обращения.",
            "Добавьте хотя бы одно условие: канал, тему, место, слова.",
        )
    if not given.acts:
        raise Refused("Правило ничего не делает.", "Выберите хотя бы одно действие.")
    if given.since and given.until and given.until < given.since:
        raise Refused("Правило кончается раньше, чем начинается.", "Исправьте срок действия.")
    told = [str(v) for leaf in (*given.leaves, *given.excepted)
            if leaf.fact in TEXTUAL for v in leaf.values]  # fmt: skip
    if silent := [word for word in told if not tokens(word)]:
        raise Refused(
            f"В условии нет ни слова, ни числа: {', '.join(f'«{word}»' for word in silent)}.",
            "Напишите слова буквами.",
        )
    if common := common_words(word for word in told if " " not in word):
        raise Refused(
            f"Слишком общие слова: {', '.join(f'«{word}»' for word in common)}.",
            "Они стоят почти в каждом тексте. Возьмите слова, которые выдают суть.",
        )
    for act in given.acts:
        kind_of(act).check(municipality_id, act)


def warn(rule: AutoRule, *, confirmed: bool) -> None:
    """Raise Refused for what may not be, UnconfirmedError for what needs a person's word."""
    found = remarks_on(rule)
    if refusals := [one for one in found if one.refuses]:
        raise Refused(refusals[0].text, refusals[0].mend)
    if found and not confirmed:
        raise UnconfirmedError(found)


def remarks_on(rule: AutoRule) -> list[Remark]:
    """What is wrong with a rule, saved or not, beside those in force and on the last months."""
    place = Municipality.objects.get(pk=rule.municipality_id)
    topics = topics_above()
    groups = dict(Topic.objects.values_list("pk", "group"))
    others = [shape_of(one, groups) for one in in_force(place.pk, clock.today(place.tz))]
    found = remarks(shape_of(rule, groups), others, topics)
    tried = try_rule(rule, months_back(clock.now()))
    wide = width(len(tried.touched), tried.total)
    return [*found, *([wide] if wide else [])]


def try_rule(rule: AutoRule, since: datetime) -> DryRun:
    """The dry run of a rule, saved or not, from `since` till now."""
    place = Municipality.objects.get(pk=rule.municipality_id)
    groups = dict(Topic.objects.values_list("pk", "group"))
    before = [
        shape_of(one, groups)
        for one in in_force(place.pk, clock.today(place.tz))
        if one.stop and one.pk != rule.pk and (one.order, one.pk) < (rule.order, rule.pk or 2**62)
    ]
    body = next((act["body"] for act in rule.acts if act["kind"] == "executor"), None)
    return dry_run(
        municipality=place,
        condition=restored(rule.condition),
        topics=topics_above(),
        since=since,
        until=clock.now(),
        body_id=body,
        earlier=before,
    )


def unsaved(access: Access, given: RuleGiven) -> AutoRule:
    """A rule as it would be, for a dry run before it is saved. Raises what `check` raises."""
    access.require(Permission.AUTOMATE)
    check(access.municipality_id, given)
    rule = AutoRule(municipality_id=access.municipality_id)
    _put(rule, given)
    return rule


def write(access: Access, rule: AutoRule) -> AutoRule:
    """Save the rule as its next version and tell the journal."""
    condition = restored(rule.condition)
    words = described(condition, rule.acts, names_for([(condition, rule.acts)]))
    last = (
        rule.versions.order_by("-number").values_list("number", flat=True).first() if rule.pk else 0
    )
    rule.version = (last or 0) + 1
    rule.saved_at = clock.now()
    if rule.state == RuleState.ON:
        rule.first_on = rule.first_on or rule.saved_at
    rule.save()
    AutoRuleVersion.objects.create(
        rule=rule,
        number=rule.version,
        content=_content(rule),
        description=words,
        author_label=access.actor.label,
        saved_at=rule.saved_at,
    )
    mark_stale(rule)
    event = AutoRuleSaved(
        subject_id=rule.pk, rule=rule.name, version=rule.version, description=words
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return rule


def own_rule(access: Access, rule_id: int) -> AutoRule:
    """The centre's own rule under a lock; raises NotFound."""
    found = (
        AutoRule.objects.select_for_update(of=("self",))
        .filter(municipality_id=access.municipality_id, pk=rule_id)
        .first()
    )
    if found is None:
        raise NotFound("Такого правила нет.", "Вернитесь к списку правил.")
    return found


def months_back(moment: datetime) -> datetime:
    return moment - LOOKED_BACK


def _put(rule: AutoRule, given: RuleGiven) -> None:
    rule.name = given.name.strip()[:200]
    rule.note = given.note.strip()
    rule.order = given.order
    rule.condition = store(condition_of(given.mode, given.leaves, given.excepted))
    order = list(KINDS)
    rule.acts = sorted((dict(act) for act in given.acts), key=lambda act: order.index(act["kind"]))
    rule.stop = given.stop
    rule.state = RuleState.ON if given.on else RuleState.OFF
    rule.since, rule.until = given.since, given.until
    rule.owner_id = given.owner_id


def _content(rule: AutoRule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "order": rule.order,
        "condition": rule.condition,
        "acts": rule.acts,
        "stop": rule.stop,
        "since": rule.since.isoformat() if rule.since else None,
        "until": rule.until.isoformat() if rule.until else None,
    }
