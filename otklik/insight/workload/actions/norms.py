"""Norms of hours: set by a person, or guessed from history for all groups at once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.topics.models import Topic
from otklik.insight.workload.events import EffortNormSet, EffortNormsGuessed
from otklik.insight.workload.models import EffortNorm
from otklik.insight.workload.queries.norms import book_of, history_of
from otklik.insight.workload.rules.norms import LEAST_HOURS, MAIN, MOST_HOURS, guesses
from otklik.insight.workload.vocabulary import NormSource, WorkKind
from otklik.records.journal.actions import record

HISTORY = timedelta(days=365)


@transaction.atomic
def set_norm(
    *,
    access: Access,
    hours: Decimal,
    kind: WorkKind = WorkKind.MAIN,
    topic: Topic | None = None,
    topic_group: str = "",
) -> EffortNorm:
    """Hours of one piece of work of a topic, of a group, or (neither) in general (tuapse:2.4.6).

    Raises Forbidden; Refused for hours beyond 0.25 to 80 and for a topic and a group at once.
    """
    access = access.require(Permission.SET_UP)
    if not Decimal(str(LEAST_HOURS)) <= hours <= Decimal(str(MOST_HOURS)):
        raise Refused("Норма — от 0,25 до 80 часов.", "Укажите часы на один вопрос.")
    if topic is not None and topic_group:
        raise Refused("Норма задаётся теме или группе тем.", "Выберите что-то одно.")
    norm, _ = EffortNorm.objects.update_or_create(
        municipality_id=access.municipality_id,
        topic=topic,
        topic_group=topic_group[:300],
        kind=kind,
        defaults={
            "hours": hours,
            "source": NormSource.PERSON,
            "sample": 0,
            "set_at": clock.now(),
            "set_label": access.actor.label,
        },
    )
    _told(access, norm, f"{hours.normalize():f}".replace(".", ","))
    return norm


@transaction.atomic
def drop_norm(*, access: Access, norm_id: int) -> None:
    """Forget a norm: what stands above it holds again. Raises Forbidden, NotFound."""
    access = access.require(Permission.SET_UP)
    norm = EffortNorm.objects.filter(pk=norm_id, municipality_id=access.municipality_id).first()
    if norm is None:
        raise NotFound("Такой нормы уже нет.", "Обновите страницу.")
    _told(access, norm, "")
    norm.delete()


@transaction.atomic
def guess_norms(*, access: Access) -> int:
    """Norms of groups of topics from the last year and from notes of time; how many were set.

    Those that people set stay. Raises Forbidden for whoever does not count everywhere; Refused
    when there is no history.
    """
    access = access.require(Permission.SET_UP)
    now = clock.now()
    known = history_of(access, (now - HISTORY).date())
    found = guesses(known, book_of(access.municipality_id).general(MAIN))
    if not found:
        raise Refused("Истории ответов ещё нет.", "Задайте нормы сами или вернитесь позже.")
    ours = EffortNorm.objects.filter(municipality_id=access.municipality_id, kind=WorkKind.MAIN)
    ours.exclude(source=NormSource.PERSON).delete()
    taken = set(ours.values_list("topic_group", flat=True))
    made = EffortNorm.objects.bulk_create(
        EffortNorm(
            municipality_id=access.municipality_id,
            topic_group=group[:300],
            kind=WorkKind.MAIN,
            hours=Decimal(str(guess.hours)),
            source=NormSource.MEASURED if guess.measured else NormSource.HISTORY,
            sample=guess.sample,
            set_at=now,
            set_label=access.actor.label,
        )
        for group, guess in found.items()
        if group not in taken
    )
    event = EffortNormsGuessed(subject_id=access.municipality_id, count=len(made))
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return len(made)


def _told(access: Access, norm: EffortNorm, hours: str) -> None:
    event = EffortNormSet(
        subject_id=norm.pk,
        what=str(norm.topic or norm.topic_group or "общая норма"),
        kind=str(WorkKind(norm.kind).label),
        hours=hours,
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
