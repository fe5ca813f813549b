"""From a fact of the journal to a delivery for each program that may know of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, NotFound
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import sees
from otklik.coordination.webhooks.actions.work import defer_delivery
from otklik.coordination.webhooks.events import DeliveryReplayed
from otklik.coordination.webhooks.models import Delivery, Subscription
from otklik.coordination.webhooks.queries import listeners, subscription_of
from otklik.coordination.webhooks.rules import MOST_ATTEMPTS, named
from otklik.coordination.webhooks.vocabulary import PING, DeliveryState
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.programs.queries import access_of
from otklik.records.journal.actions import record


@transaction.atomic
def spread(
    *,
    municipality_id: int,
    news: str,
    case_id: int,
    key: str,
    at: str,
    change: Mapping[str, Any],
) -> int:
    """Make a delivery for each subscription whose program sees the case; how many new ones.

    `key` names this very piece of news: run twice, it is told once. `at`: ISO moment of the fact.
    """
    case = (
        Appeal.objects.select_related("topic", "executor_body", "settlement", "municipality")
        .filter(pk=case_id, municipality_id=municipality_id)
        .first()
    )
    if case is None:
        return 0
    made = 0
    found = listeners(municipality_id, news).select_related("program__role")
    for subscription in found.prefetch_related("program__role__grants"):
        if sees(access_of(subscription.program), case):
            body = {"event": news, "at": at, "case": about(case), "change": dict(change)}
            made += _put(subscription, news, case_id, key, body)
    return made


@transaction.atomic
def ping(*, access: Access, subscription_id: int) -> Delivery:
    """Send a trial piece of news, about no case."""
    access = access.require(Permission.SET_UP)
    subscription = subscription_of(access, subscription_id)
    if subscription.paused_at:
        raise Conflict("Подписка приостановлена.", "Сначала возобновите её.")
    key = uuid.uuid4().hex
    body = {"event": PING, "at": clock.now().isoformat()}
    _put(subscription, PING, None, key, body)
    return Delivery.objects.get(subscription_id=subscription_id, key=key)


@transaction.atomic
def replay(*, access: Access, delivery_id: int) -> Delivery:
    """Send a delivery once more under its old number; Conflict while it waits anyway."""
    access = access.require(Permission.SET_UP)
    found = Delivery.objects.select_for_update(of=("self",)).select_related("subscription__program")
    delivery = found.filter(
        pk=delivery_id, subscription__program__municipality_id=access.municipality_id
    ).first()
    if delivery is None:
        raise NotFound("Такого оповещения нет.", "Вернитесь к подписке.")
    if delivery.state == DeliveryState.WAITING:
        raise Conflict("Оповещение и так ждёт отправки.", "Дождитесь следующей попытки.")
    if delivery.subscription.ended_at or delivery.subscription.paused_at:
        raise Conflict("Подписка не действует.", "Сначала возобновите её.")
    delivery.state, delivery.tries_left = DeliveryState.WAITING, 1
    delivery.next_at = clock.now()
    delivery.save(update_fields=["state", "tries_left", "next_at"])
    told = delivery.subscription
    record(
        DeliveryReplayed(subject_id=told.pk, program=told.program.title, url=named(told.url)),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    defer_delivery(delivery.pk, delivery.next_at)
    return delivery


def about(case: Appeal) -> dict[str, Any]:
    """A case without personal data and without its text."""
    return {
        "id": case.pk,
        "number": case.number,
        "external_number": case.external_number,
        "regime": case.regime,
        "channel": case.channel,
        "status": case.status,
        "priority": case.priority,
        "received_at": _moment(case.received_at),
        "due_at": _moment(case.due_at),
        "answered_at": _moment(case.answered_at),
        "topic": {"id": case.topic_id, "name": case.topic.name} if case.topic else None,
        "body": {"id": case.executor_body_id, "name": case.executor_body.name}
        if case.executor_body
        else None,
        "settlement": {"id": case.settlement_id, "name": str(case.settlement)}
        if case.settlement
        else None,
        "municipality": case.municipality.slug,
        "url": f"{settings.PUBLIC_URL}/api/v1/cases/{case.pk}",
    }


def _moment(value: Any) -> str | None:
    return value.isoformat() if value else None


def _put(
    subscription: Subscription, news: str, case_id: int | None, key: str, body: dict[str, Any]
) -> int:
    now = clock.now()
    delivery, new = Delivery.objects.get_or_create(
        subscription=subscription,
        key=key,
        defaults={
            "news": news,
            "case_id": case_id,
            "body": body,
            "state": DeliveryState.WAITING,
            "tries_left": MOST_ATTEMPTS,
            "created_at": now,
            "next_at": now,
        },
    )
    if new and subscription.paused_at is None:
        defer_delivery(delivery.pk, now)
    return int(new)
