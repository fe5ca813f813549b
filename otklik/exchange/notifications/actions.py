"""Telling staff, and noting what they have read."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import accesses_of, holders_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.actions import queue_message
from otklik.exchange.channels.models import ChannelAccount
from otklik.exchange.channels.queries import account_for
from otklik.exchange.channels.vocabulary import ChannelKind, Purpose
from otklik.exchange.notifications.models import Notice
from otklik.exchange.notifications.queries import visible_to
from otklik.exchange.notifications.vocabulary import MAILED, NoticeKind


@transaction.atomic
def tell(
    *,
    municipality_id: int,
    account_ids: Iterable[int],
    kind: NoticeKind,
    text: str,
    url: str = "",
    case_id: int | None = None,
    key: str = "",
) -> list[Notice]:
    """Tell each account once; returns the notices that are new.

    `key` names the news: the same key again to the same person changes nothing. Kinds that cannot
    wait also go by mail when the centre has a mailbox. `url` is a path of the desk.
    """
    people = Account.objects.filter(pk__in=set(account_ids), is_active=True).order_by("pk")
    if key:
        told = Notice.objects.filter(account__in=people, key=key).values_list("account_id")
        people = people.exclude(pk__in=told)
    receivers = {account.pk: account for account in people}
    notices = Notice.objects.bulk_create(
        Notice(
            municipality_id=municipality_id,
            account_id=account_id,
            kind=kind,
            text=text[:500],
            url=url,
            case_id=case_id,
            key=key,
            created_at=clock.now(),
        )
        for account_id in receivers
    )
    mailbox = account_for(municipality_id, ChannelKind.EMAIL) if kind in MAILED else None
    if mailbox is not None and mailbox.settings.get("smtp_host"):
        for notice in notices:
            _mail(notice, receivers[notice.account_id], mailbox)
    return notices


@transaction.atomic
def mark_read(*, access: Access, notice_ids: Iterable[int] | None = None) -> int:
    """Mark a person's own notices as read, all of them when none are named; how many were not."""
    notices = visible_to(access).filter(read_at__isnull=True)
    if notice_ids is not None:
        notices = notices.filter(pk__in=list(notice_ids))
    return notices.update(read_at=clock.now())


def tell_holders(
    *,
    municipality_id: int,
    permission: Permission,
    kind: NoticeKind,
    text: str,
    url: str,
    key: str,
    channel: str | None = None,
) -> list[Notice]:
    """Tell everybody whose permission covers today the whole centre, or all of the channel.

    News of several channels has none: whoever is limited to some of them is not told.
    """
    day = clock.today(Municipality.objects.get(pk=municipality_id).tz)
    able = holders_of(permission, municipality_id, day).values_list("pk", flat=True)
    return tell(
        municipality_id=municipality_id,
        account_ids=[
            pk
            for pk, access in accesses_of(municipality_id, day, able).items()
            if access.allows(permission, channel=channel)
        ],
        kind=kind,
        text=text,
        url=url,
        key=key,
    )


def _mail(notice: Notice, account: Account, mailbox: ChannelAccount) -> None:
    if account.is_demo or not account.email:
        return
    link = f"{settings.PUBLIC_URL}{notice.url}" if notice.url.startswith("/") else notice.url
    queue_message(
        municipality_id=notice.municipality_id,
        actor=Actor.system("Извещения"),
        channel=ChannelKind.EMAIL,
        account=mailbox,
        recipient=account.email,
        subject=NoticeKind(notice.kind).label,
        text=f"{notice.text}\n\n{link}".strip(),
        key=f"notice:{notice.pk}",
        purpose=Purpose.NOTICE,
    )
