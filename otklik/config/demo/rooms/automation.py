"""Rules that act by themselves and fast-track mechanisms, one at work, one waiting for the head."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from otklik.casework.appeals.models import Appeal
from otklik.casework.automation import actions
from otklik.casework.automation.models import AutoRule
from otklik.casework.automation.rules import Leaf
from otklik.casework.automation.vocabulary import Fact, Mode, Platform
from otklik.casework.replies.actions import save_template
from otklik.config.demo.rooms.common import Scene
from otklik.config.demo.source import read_yaml
from otklik.config.demo.topics import load_topics
from otklik.directory.organisation.rules import Access

Note = Mapping[str, Any]
KEEPER, HEAD = "vetrova", "golovin"
TRIED = 60
"""How many of the newest cases without an executor the rules are let loose on."""


def automate(scene: Scene) -> None:
    """The administrator writes the rules and proposes the mechanisms, the head approves one."""
    told = read_yaml("rooms/automation.yaml")
    rules = [_rule(scene, note) for note in told["rules"]]
    for note in told["mechanisms"]:
        _mechanism(scene, note)
    with scene.at(scene.moment(30)):
        for rule in rules[:2]:
            entry = actions.describe_for(
                access=scene.access(KEEPER), rule_id=rule.pk, platform=Platform.POS
            )
    with scene.at(scene.moment(29)):
        actions.mark_entered(access=scene.access(KEEPER), entry_id=entry.pk)
    fresh = Appeal.objects.filter(
        municipality_id=scene.place_id, status="registered", executor_body__isnull=True
    ).order_by("-received_at", "-pk")
    for case_id in list(fresh.values_list("pk", flat=True)[:TRIED]):
        with scene.at(scene.evening, case_id):
            actions.apply_rules(appeal_id=case_id)


def _rule(scene: Scene, note: Note) -> AutoRule:
    grounds = scene.grounds
    given = actions.RuleGiven(
        name=note["name"],
        note=note["note"],
        order=note["order"],
        mode=Mode(note.get("mode", Mode.ALL)),
        leaves=tuple(_leaves(scene, note)),
        excepted=(Leaf(Fact.WORDS, tuple(note["not_words"])),) if "not_words" in note else (),
        acts=tuple(_acts(scene, note["acts"])),
        on=not note.get("asleep", False),
        owner_id=grounds.staff[KEEPER].pk,
    )
    with scene.at(scene.moment(note["from"])):
        return actions.save_rule(access=scene.access(KEEPER), given=given, confirmed=True)


def _leaves(scene: Scene, note: Note) -> Iterable[Leaf]:
    grounds = scene.grounds
    if "words" in note:
        yield Leaf(Fact.WORDS, tuple(note["words"]))
    if "phrases" in note:
        yield Leaf(Fact.PHRASE, tuple(note["phrases"]))
    if "topics" in note:
        yield Leaf(
            Fact.TOPIC, tuple(grounds.topics[load_topics()[key].code].pk for key in note["topics"])
        )
    if "settlements" in note:
        places = tuple(grounds.settlements[key] for key in note["settlements"])
        yield Leaf(Fact.SETTLEMENT, places)
    if "hours" in note:
        yield Leaf(Fact.HOURS, (note["hours"],))
    if "months" in note:
        yield Leaf(Fact.MONTHS, tuple(note["months"]))


def _acts(scene: Scene, told: Note) -> Iterable[dict[str, Any]]:
    grounds = scene.grounds
    if "topic" in told:
        yield {"kind": "topic", "topic": grounds.topics[load_topics()[told["topic"]].code].pk}
    if "priority" in told:
        yield {"kind": "priority"}
    if "executor" in told:
        yield {"kind": "executor", "body": grounds.bodies[told["executor"]].pk}
    if "co_executors" in told:
        helping = [grounds.bodies[key].pk for key in told["co_executors"]]
        yield {"kind": "co_executors", "bodies": helping}
    if "amount" in told:
        yield {"kind": "term", "amount": told["amount"], "unit": told["unit"]}
    if "people" in told:
        people = [grounds.staff[login].pk for login in told["people"]]
        yield {"kind": "notify", "accounts": people, "roles": []}


def _mechanism(scene: Scene, note: Note) -> None:
    grounds, keeper = scene.grounds, scene.access(KEEPER)
    with scene.at(scene.moment(note["from"])):
        template = None
        if "text" in note:
            system = Access.system(scene.place_id)
            template = save_template(access=system, title=note["template"], text=note["text"])
        made = actions.propose_mechanism(
            access=keeper,
            given=actions.MechanismGiven(
                name=note["name"],
                purpose=note["purpose"],
                topic_ids=[grounds.topics[load_topics()[key].code].pk for key in note["topics"]],
                channels=note.get("channels", []),
                steps=note["steps"],
                amount=note["amount"],
                unit=note["unit"],
                executor_id=grounds.bodies[note["executor"]].pk,
                co_executor_ids=[grounds.bodies[key].pk for key in note["co_executors"]],
                template_id=template.pk if template else None,
            ),
        )
        actions.ask_agreement(access=keeper, mechanism_id=made.pk)
    if "at_work" in note:
        with scene.at(scene.moment(note["from"] - 2)):
            head = scene.access(HEAD)
            actions.decide_mechanism(access=head, mechanism_id=made.pk, approve=True)
            actions.switch_mechanism(access=keeper, mechanism_id=made.pk, on=True, confirmed=True)
