"""Identifiers and codes that the package needs."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from otklik.casework.appeals.models import Question
from otklik.casework.appeals.vocabulary import Regime
from otklik.casework.proceedings.models import Transfer
from otklik.coordination.sstu.models import Addressee, Sender, TopicCode
from otklik.coordination.sstu.rules import classifier_code
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.queries import bodies
from otklik.directory.topics.models import Topic

SHOWN = 300


@dataclass(frozen=True)
class Exchange:
    """Everything the settings screen edits."""

    sender: Sender | None
    bodies: list[Body]
    addressees: list[tuple[str, str]]
    topics: list[tuple[Topic, str]]


def sender_of(municipality_id: int) -> Sender | None:
    return Sender.objects.filter(municipality_id=municipality_id).first()


def exchange_of(municipality_id: int) -> Exchange:
    """Settings with what cases have used so far: addressees by name, topics without a code."""
    known = dict(
        Addressee.objects.filter(municipality_id=municipality_id).values_list(
            "name", "department_id"
        )
    )
    sent = Transfer.objects.filter(decision__municipality_id=municipality_id, body__isnull=True)
    names = set(sent.values_list("addressee", flat=True).distinct()[:SHOWN]) | set(known)
    return Exchange(
        sender=sender_of(municipality_id),
        bodies=list(bodies(municipality_id)),
        addressees=[(name, str(known.get(name, ""))) for name in sorted(names)],
        topics=_topics(municipality_id),
    )


def known_code(code: str) -> bool:
    """Whether an all-Russian edition in this installation has the code; without one, any is."""
    editions = Topic.objects.filter(edition__municipality__isnull=True)
    return editions.filter(code=code).exists() or not editions.exists()


def _topics(municipality_id: int) -> list[tuple[Topic, str]]:
    codes = dict(
        TopicCode.objects.filter(municipality_id=municipality_id).values_list("topic_id", "code")
    )
    used = _used(municipality_id)
    wanted = [topic for topic in used if not classifier_code(topic.code)]
    return [(topic, codes.get(topic.pk, "")) for topic in wanted[:SHOWN]]


def _used(municipality_id: int) -> QuerySet[Topic]:
    asked = Question.objects.filter(
        appeal__municipality_id=municipality_id, appeal__regime=Regime.LAW59, topic__isnull=False
    )
    return Topic.objects.filter(pk__in=asked.values("topic_id")).order_by("name", "pk")
