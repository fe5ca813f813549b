"""Who is told, and when nobody is."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from django.conf import settings
from django.db import transaction

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import Conflict, Refused
from otklik.coordination.webhooks.actions.work import defer_delivery
from otklik.coordination.webhooks.events import (
    SubscriptionEnded,
    SubscriptionPaused,
    SubscriptionResumed,
    SubscriptionSaved,
)
from otklik.coordination.webhooks.models import Subscription
from otklik.coordination.webhooks.queries import subscription_of
from otklik.coordination.webhooks.rules import named
from otklik.coordination.webhooks.vocabulary import CaseNews, DeliveryState
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.programs.queries import program_of
from otklik.exchange.channels.queries import installation_key
from otklik.exchange.channels.rules.sealing import seal
from otklik.exchange.notifications.actions import tell_holders
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.exchange.vendors.callback import AddressRefused, checked
from otklik.records.journal.actions import record

PAGE = "/desk/settings/programs/subscriptions/{}/"


@transaction.atomic
def save_subscription(
    *,
    access: Access,
    program_id: int,
    url: str,
    news: Collection[str],
    personal: bool = False,
    subscription_id: int | None = None,
    new_secret: bool = False,
) -> tuple[Subscription, str]:
    """Tell a program of these news; (subscription, the signing secret when it was made now).

    Raises Forbidden, NotFound; Refused for a wrong address, no news, or personal data without the
    program's right to see them.
    """
    access = access.require(Permission.SET_UP)
    program = program_of(access, program_id)
    if program.stopped_at:
        raise Conflict("Доступ этой программы закрыт.", "Допустите её заново под другим названием.")
    chosen = [str(one) for one in CaseNews if one in news]
    _check(url, chosen)
    if personal and Permission.VIEW_PERSONAL not in program.permissions:
        raise Refused(
            "У программы нет права видеть персональные данные.",
            "Снимите отметку или сначала дайте программе это право.",
        )
    row = _row(access, program_id, subscription_id)
    row.program, row.url, row.news, row.personal = program, url.strip(), chosen, personal
    text = ""
    if subscription_id is None or new_secret:
        text = secrets.token_urlsafe(32)
        row.secret = seal({"key": text}, installation_key())
    if subscription_id is None:
        row.created_at, row.created_label = clock.now(), access.actor.label
    row.save()
    record(
        SubscriptionSaved(
            subject_id=row.pk,
            program=program.title,
            url=named(row.url),
            news=tuple(chosen),
            personal=personal,
        ),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    return row, text


@transaction.atomic
def pause_subscription(*, access: Access, subscription_id: int, reason: str = "") -> None:
    """Send nothing for now; news gather and leave on `resume_subscription`."""
    access = access.require(Permission.SET_UP)
    row = _locked(access, subscription_id)
    if row.paused_at is None:
        pause(row, reason.strip()[:500] or "по решению сотрудника", access.actor)


@transaction.atomic
def resume_subscription(*, access: Access, subscription_id: int) -> int:
    """Send what has gathered and what comes; how many deliveries leave now."""
    access = access.require(Permission.SET_UP)
    row = _locked(access, subscription_id)
    row.paused_at, row.pause_reason, row.failures = None, "", 0
    row.save(update_fields=["paused_at", "pause_reason", "failures"])
    now = clock.now()
    waiting = list(row.deliveries.filter(state=DeliveryState.WAITING).order_by("pk"))
    row.deliveries.filter(pk__in=[one.pk for one in waiting]).update(next_at=now)
    for one in waiting:
        defer_delivery(one.pk, now)
    record(
        SubscriptionResumed(subject_id=row.pk, program=row.program.title, url=named(row.url)),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    return len(waiting)


@transaction.atomic
def end_subscription(*, access: Access, subscription_id: int) -> None:
    """Nothing is sent any more; the ledger stays."""
    access = access.require(Permission.SET_UP)
    row = _locked(access, subscription_id)
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    record(
        SubscriptionEnded(subject_id=row.pk, program=row.program.title, url=named(row.url)),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )


def pause(row: Subscription, reason: str, actor: Actor) -> None:
    """Pause a locked subscription, with the fact in the journal."""
    row.paused_at, row.pause_reason = clock.now(), reason
    row.save(update_fields=["paused_at", "pause_reason", "failures"])
    record(
        SubscriptionPaused(
            subject_id=row.pk, program=row.program.title, url=named(row.url), reason=reason
        ),
        actor=actor,
        municipality_id=row.program.municipality_id,
    )


def tell_of_pause(row: Subscription) -> None:
    """Staff who set up the exchange learn that a program is no longer told."""
    tell_holders(
        municipality_id=row.program.municipality_id,
        permission=Permission.SET_UP,
        kind=NoticeKind.CHANNEL_BROKEN,
        text=f"Оповещения программе «{row.program.title}» приостановлены: {row.pause_reason}",
        url=PAGE.format(row.pk),
        key=f"webhook-paused:{row.pk}:{row.paused_at:%Y%m%d%H%M%S}",
    )


def _row(access: Access, program_id: int, subscription_id: int | None) -> Subscription:
    if subscription_id is None:
        return Subscription()
    row = _locked(access, subscription_id)
    if row.program_id != program_id:
        raise Refused("Подписка принадлежит другой программе.", "Создайте новую подписку.")
    return row


def _locked(access: Access, subscription_id: int) -> Subscription:
    subscription_of(access, subscription_id)
    found = Subscription.objects.select_for_update(of=("self",)).select_related("program")
    return found.get(pk=subscription_id)


def _check(url: str, news: list[str]) -> None:
    try:
        checked(url, private=settings.WEBHOOKS_TO_PRIVATE)
    except AddressRefused as error:
        raise Refused(str(error), "Исправьте адрес: программа принимает по нему POST.") from None
    if len(url) > 1000:
        raise Refused("Адрес длиннее 1000 знаков.", "Возьмите более короткий.")
    if not news:
        raise Refused("Не выбрано, о чём оповещать.", "Отметьте хотя бы одно событие.")
