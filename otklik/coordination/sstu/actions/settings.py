"""Identifiers of departments and codes of topics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from otklik.base.errors import Refused
from otklik.coordination.sstu.events import ExchangeSet
from otklik.coordination.sstu.models import Addressee, Sender, TopicCode
from otklik.coordination.sstu.queries import exchange_of, known_code
from otklik.coordination.sstu.queries.settings import Exchange
from otklik.coordination.sstu.rules import classifier_code
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@dataclass(frozen=True, kw_only=True)
class NewExchange:
    """As typed; an empty text takes the identifier or the code away. Not named: stays."""

    sender: str
    bodies: Mapping[int, str] = field(default_factory=dict)
    addressees: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def set_exchange(*, access: Access, new: NewExchange) -> tuple[str, ...]:
    """Save what differs; returns what was changed, in words.

    Raises Refused for something that is no UUID, or no code of a question of the classifier.
    """
    access = access.require(Permission.REPORT)
    now = exchange_of(access.municipality_id)
    changed = (
        *_sender(access, now, new.sender),
        *_bodies(now, new.bodies),
        *_addressees(access, now, new.addressees),
        *_topics(access, now, new.topics),
    )
    if changed:
        event = ExchangeSet(subject_id=access.municipality_id, changed=changed)
        record(event, actor=access.actor, municipality_id=access.municipality_id)
    return changed


def _sender(access: Access, now: Exchange, typed: str) -> list[str]:
    given = _uuid(typed, "муниципалитета")
    if given is None or (now.sender and now.sender.department_id == given):
        return []
    Sender.objects.update_or_create(
        municipality_id=access.municipality_id, defaults={"department_id": given}
    )
    return [f"идентификатор муниципалитета {given}"]


def _bodies(now: Exchange, typed: Mapping[int, str]) -> list[str]:
    said = []
    for body in now.bodies:
        if body.pk not in typed:
            continue
        given = _uuid(typed[body.pk], f"органа «{body}»")
        if given != body.sstu_id:
            body.sstu_id = given
            body.save(update_fields=["sstu_id"])
            said.append(f"идентификатор органа «{body}» {given or 'убран'}")
    return said


def _addressees(access: Access, now: Exchange, typed: Mapping[str, str]) -> list[str]:
    said = []
    for name, before in now.addressees:
        if name not in typed:
            continue
        given = _uuid(typed[name], f"адресата «{name}»")
        if str(given or "") == before:
            continue
        rows = Addressee.objects.filter(municipality_id=access.municipality_id, name=name)
        rows.delete()
        if given:
            Addressee.objects.create(
                municipality_id=access.municipality_id, name=name, department_id=given
            )
        said.append(f"идентификатор адресата «{name}» {given or 'убран'}")
    return said


def _topics(access: Access, now: Exchange, typed: Mapping[int, str]) -> list[str]:
    said = []
    for topic, before in now.topics:
        if topic.pk not in typed:
            continue
        given = _code(typed[topic.pk], str(topic))
        if given == before:
            continue
        TopicCode.objects.filter(municipality_id=access.municipality_id, topic_id=topic.pk).delete()
        if given:
            TopicCode.objects.create(
                municipality_id=access.municipality_id, topic_id=topic.pk, code=given
            )
        said.append(f"код темы «{topic}» {given or 'убран'}")
    return said


def _uuid(typed: str, whose: str) -> UUID | None:
    if not typed.strip():
        return None
    try:
        return UUID(typed.strip())
    except ValueError:
        raise Refused(
            f"Идентификатор {whose} не похож на идентификатор ССТУ: «{typed.strip()}».",
            "Скопируйте его из кабинета ССТУ.РФ: 32 цифры и буквы a–f в пяти группах.",
        ) from None


def _code(typed: str, topic: str) -> str:
    if not typed.strip():
        return ""
    given = classifier_code(typed)
    if not given:
        raise Refused(
            f"Код темы «{topic}» записан неверно: «{typed.strip()}».",
            "Нужны четыре группы по четыре цифры: 0005.0005.0056.1153.",
        )
    if not known_code(given):
        raise Refused(
            f"Кода {given} для темы «{topic}» в классификаторе нет.",
            "Проверьте код по действующей редакции классификатора.",
        )
    return given
