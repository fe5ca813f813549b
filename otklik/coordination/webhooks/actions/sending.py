"""One call to a program: signed, counted, tried again later when it was not taken."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import OtklikError
from otklik.base.signing import signature
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import covers, sees
from otklik.coordination.webhooks.actions.subscribing import pause, tell_of_pause
from otklik.coordination.webhooks.actions.work import defer_delivery
from otklik.coordination.webhooks.models import Delivery, DeliveryTry, Subscription
from otklik.coordination.webhooks.queries import forgotten
from otklik.coordination.webhooks.rules import (
    FAILURES_TO_PAUSE,
    GONE,
    LEASE,
    MOST_ATTEMPTS,
    pause_after,
)
from otklik.coordination.webhooks.vocabulary import DeliveryState
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.programs.queries import access_of
from otklik.exchange.channels.queries import installation_key
from otklik.exchange.channels.rules.sealing import unseal
from otklik.exchange.vendors.callback import Answer, post
from otklik.exchange.vendors.http import ServiceError
from otklik.records.journal.actions import record_read

AGENT = "Otklik-Webhooks/1"
ACTOR = Actor.system("Оповещения")


@dataclass(frozen=True)
class _Outcome:
    code: int | None
    detail: str
    milliseconds: int | None = None

    @property
    def taken(self) -> bool:
        return self.code is not None and 200 <= self.code < 300


def deliver(delivery_id: int) -> str:
    """Send one delivery if its time has come; what became of it, for the log of the worker."""
    taken = _take(delivery_id)
    if taken is None:
        return "nothing to do"
    delivery, number = taken
    outcome = _send(delivery)
    return _settle(delivery.pk, number, outcome)


def sweep() -> int:
    """Take up what dead workers left; how many deliveries."""
    found = forgotten(clock.now() - LEASE)
    for delivery_id in found:
        defer_delivery(delivery_id, clock.now())
    return len(found)


@transaction.atomic
def _take(delivery_id: int) -> tuple[Delivery, int] | None:
    """The delivery with its new try begun; None when it is not to be sent now."""
    found = Delivery.objects.select_for_update(of=("self",)).select_related(
        "subscription__program__role", "subscription__program__municipality"
    )
    delivery = found.filter(pk=delivery_id, state=DeliveryState.WAITING).first()
    now = clock.now()
    if delivery is None or (delivery.lease_until and delivery.lease_until > now):
        return None
    subscription = delivery.subscription
    if subscription.paused_at or subscription.ended_at or subscription.program.stopped_at:
        return None
    if delivery.next_at and delivery.next_at > now:
        return None
    delivery.attempts += 1
    delivery.lease_until = now + LEASE
    delivery.save(update_fields=["attempts", "lease_until"])
    DeliveryTry.objects.create(delivery=delivery, number=delivery.attempts, started_at=now)
    return delivery, delivery.attempts


def _send(delivery: Delivery) -> _Outcome:
    subscription = delivery.subscription
    try:
        body = json.dumps(_body(delivery), ensure_ascii=False).encode()
        secret = unseal(subscription.secret, installation_key())["key"]
        timestamp = int(clock.now().timestamp())
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": AGENT,
            "X-Otklik-Event": delivery.news,
            "X-Otklik-Delivery": str(delivery.uid),
            "X-Otklik-Timestamp": str(timestamp),
            "X-Otklik-Signature": signature(secret, timestamp, body),
        }
        answer: Answer = post(subscription.url, body, headers, private=settings.WEBHOOKS_TO_PRIVATE)
    except (ServiceError, OtklikError) as error:
        return _Outcome(None, str(error)[:500])
    return _Outcome(answer.code, answer.text[:500], answer.milliseconds)


def _body(delivery: Delivery) -> dict[str, Any]:
    """What is sent: the kept facts, and personal data where this program may have them."""
    body = {"id": str(delivery.uid), **delivery.body}
    subscription = delivery.subscription
    if not subscription.personal or delivery.case_id is None:
        return body
    access = access_of(subscription.program)
    case = Appeal.objects.select_related("applicant").filter(pk=delivery.case_id).first()
    if case is None or not sees(access, case):
        return body
    if not covers(access, Permission.VIEW_PERSONAL, case):
        return body
    record_read(
        [case.pk],
        actor=access.actor,
        municipality_id=case.municipality_id,
        purpose="оповещение программы",
    )
    person = case.applicant
    applicant = {"name": person.name, "phone": person.phone, "email": person.email}
    return {**body, "personal": {"text": case.text, "applicant": applicant}}


@transaction.atomic
def _settle(delivery_id: int, number: int, outcome: _Outcome) -> str:
    found = Delivery.objects.select_for_update(of=("self",))
    delivery = found.get(pk=delivery_id)
    now = clock.now()
    DeliveryTry.objects.filter(delivery=delivery, number=number).update(
        finished_at=now,
        code=outcome.code,
        detail=outcome.detail,
        milliseconds=outcome.milliseconds,
    )
    subscription = (
        Subscription.objects.select_for_update(of=("self",))
        .select_related("program")
        .get(pk=delivery.subscription_id)
    )
    delivery.lease_until, delivery.code = None, outcome.code
    delivery.tries_left = max(delivery.tries_left - 1, 0)
    if outcome.taken:
        _done(delivery, subscription)
    else:
        _not_taken(delivery, subscription, outcome)
    delivery.save()
    return delivery.state


def _done(delivery: Delivery, subscription: Subscription) -> None:
    delivery.state, delivery.next_at, delivery.problem = DeliveryState.DONE, None, ""
    if subscription.failures:
        subscription.failures = 0
        subscription.save(update_fields=["failures"])


def _not_taken(delivery: Delivery, subscription: Subscription, outcome: _Outcome) -> None:
    said = f"код ответа {outcome.code}" if outcome.code else outcome.detail
    delivery.problem = said[:500]
    wait = pause_after(MOST_ATTEMPTS - delivery.tries_left) if delivery.tries_left else None
    if wait is None:
        delivery.state, delivery.next_at = DeliveryState.FAILED, None
    else:
        delivery.next_at = clock.now() + wait
        defer_delivery(delivery.pk, delivery.next_at)
    subscription.failures += 1
    subscription.save(update_fields=["failures"])
    worn_out = subscription.failures >= FAILURES_TO_PAUSE or outcome.code == GONE
    if worn_out and subscription.paused_at is None:
        pause(
            subscription,
            f"не принимаются, неудач подряд: {subscription.failures}; {said}"[:500],
            ACTOR,
        )
        tell_of_pause(subscription)
