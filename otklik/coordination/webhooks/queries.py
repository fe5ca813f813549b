"""Subscriptions and the ledger of deliveries."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from otklik.base.errors import NotFound
from otklik.coordination.webhooks.events import SubscriptionEvent
from otklik.coordination.webhooks.models import Delivery, DeliveryTry, Subscription
from otklik.coordination.webhooks.vocabulary import DeliveryState
from otklik.directory.organisation.rules import Access
from otklik.directory.programs.models import Program
from otklik.records.journal.models import Entry
from otklik.records.journal.queries import story_of_things

PAGE = 50


def subscriptions(access: Access) -> QuerySet[Subscription]:
    """Subscriptions of the municipality's programs that have not ended, with counts."""
    return (
        Subscription.objects.filter(
            program__municipality_id=access.municipality_id, ended_at__isnull=True
        )
        .select_related("program")
        .annotate(
            waiting=Count("deliveries", filter=Q(deliveries__state=DeliveryState.WAITING)),
            lost=Count("deliveries", filter=Q(deliveries__state=DeliveryState.FAILED)),
        )
        .order_by("pk")
    )


def subscription_of(access: Access, subscription_id: int) -> Subscription:
    """One of this municipality; raise NotFound for all others and for ended ones."""
    found = subscriptions(access).filter(pk=subscription_id).first()
    if found is None:
        raise NotFound("Такой подписки нет.", "Вернитесь к списку программ.")
    return found


def deliveries(subscription: Subscription, before: int | None = None) -> list[Delivery]:
    """One page of the ledger and one row more, newest first, with its tries; two queries."""
    found = subscription.deliveries.order_by("-pk").prefetch_related(
        Prefetch("tries", queryset=DeliveryTry.objects.order_by("number"))
    )
    return list((found.filter(pk__lt=before) if before else found)[: PAGE + 1])


def story_of(program: Program) -> QuerySet[Entry]:
    """What happened to the subscriptions of a program, ended ones too, newest first."""
    ids = program.subscriptions.values_list("pk", flat=True)
    return story_of_things(program.municipality_id, SubscriptionEvent.subject, ids)


def listeners(municipality_id: int, news: str) -> QuerySet[Subscription]:
    """Subscriptions to this news, paused ones too; what they miss waits for them."""
    return Subscription.objects.filter(
        program__municipality_id=municipality_id,
        program__stopped_at__isnull=True,
        ended_at__isnull=True,
        news__contains=[news],
    )


def forgotten(now: datetime) -> list[int]:
    """Deliveries whose time came and that nobody is sending (a worker died)."""
    found = Delivery.objects.filter(
        Q(lease_until__isnull=True) | Q(lease_until__lt=now),
        state=DeliveryState.WAITING,
        next_at__lt=now,
        subscription__paused_at__isnull=True,
        subscription__ended_at__isnull=True,
    )
    return list(found.order_by("next_at").values_list("pk", flat=True)[:500])
