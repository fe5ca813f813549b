"""Telling about troubles of the exchange."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.models import ChannelAccount, OutboundMessage
from otklik.exchange.channels.vocabulary import TROUBLED_STATES
from otklik.exchange.notifications import actions
from otklik.exchange.notifications.vocabulary import NoticeKind


@app.task(name="notifications.tell_of_trouble", queue="default")
def tell_of_trouble(message_id: int, attempt: int) -> None:
    """Tell those who send answers that one of them did not arrive or is not confirmed."""
    message = OutboundMessage.objects.get(pk=message_id)
    if message.state not in TROUBLED_STATES:
        return
    actions.tell_holders(
        municipality_id=message.municipality_id,
        permission=Permission.SEND,
        kind=NoticeKind.NOT_DELIVERED,
        text=f"{message.get_state_display().capitalize()}: {message}".rstrip(": "),
        url=f"/desk/appeals/{message.case_id}/" if message.case_id else "/desk/replies/carry/",
        key=f"trouble:{message.pk}:{attempt}",
        channel=message.channel,
    )


@app.task(name="notifications.tell_of_broken_channel", queue="default")
def tell_of_broken_channel(account_id: int, since: int) -> None:
    """Tell those who set up channels that one has stopped answering."""
    account = ChannelAccount.objects.get(pk=account_id)
    actions.tell_holders(
        municipality_id=account.municipality_id,
        permission=Permission.SET_UP,
        kind=NoticeKind.CHANNEL_BROKEN,
        text=f"Канал «{account.title}» не отвечает: {account.last_error}",
        url="/desk/settings/",
        key=f"broken:{account.pk}:{since}",
    )
