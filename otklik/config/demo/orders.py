"""The centre's own orders: who answers what, and samples of answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from otklik.casework.replies.actions import save_template
from otklik.casework.routing.actions import save_rule
from otklik.config.demo.grounds import Grounds
from otklik.config.demo.source import read_yaml
from otklik.config.demo.topics import load_topics
from otklik.directory.organisation.rules import Access


def give_orders(grounds: Grounds) -> None:
    """Write rules of assignment and samples of answers by the product's own verbs."""
    access = Access.system(grounds.municipality.pk, "Демонстрация")
    for note in read_yaml("orders.yaml")["rules"]:
        save_rule(
            access=access,
            name=note["name"],
            body_id=grounds.bodies[note["body"]].pk,
            topic_id=_topic(grounds, note),
            topic_group=_group(grounds, note),
            settlement_id=grounds.settlements[note["in"]] if "in" in note else None,
            channel=note.get("channel", ""),
            automatic=note.get("automatic", False),
            order=note.get("order", 100),
        )
    for note in read_yaml("orders.yaml")["samples"]:
        save_template(
            access=access,
            title=note["title"],
            text=note["text"].strip(),
            topic_id=_topic(grounds, note),
            channel=note.get("channel", ""),
        )


def _topic(grounds: Grounds, note: Mapping[str, Any]) -> int | None:
    key = note.get("topic")
    return grounds.topics[load_topics()[key].code].pk if key else None


def _group(grounds: Grounds, note: Mapping[str, Any]) -> str:
    """The group of the classifier that an everyday topic belongs to."""
    key = note.get("group_of")
    return grounds.topics[load_topics()[key].code].group if key else ""
