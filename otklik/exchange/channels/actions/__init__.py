"""Writers of the exchange."""

from __future__ import annotations

from otklik.exchange.channels.actions.accounts import (
    connect_webhook,
    hook_url,
    probe_account,
    set_up_account,
)
from otklik.exchange.channels.actions.carrying import AnswersFile, export_answers, mark_published
from otklik.exchange.channels.actions.delivery import deliver, reconcile, sweep_outbox
from otklik.exchange.channels.actions.figures import read_figures
from otklik.exchange.channels.actions.inbound import accept_message, hold, link_case
from otklik.exchange.channels.actions.listening import heard_accounts, listen
from otklik.exchange.channels.actions.mailbox import due_accounts, poll_account
from otklik.exchange.channels.actions.outbound import (
    cancel_waiting,
    queue_message,
    resend,
    send_service_letter,
    undo,
)
from otklik.exchange.channels.actions.webhooks import (
    accounts_with_events,
    forget_events,
    receive,
    take_events,
    wake,
)

__all__ = [
    "AnswersFile",
    "accept_message",
    "accounts_with_events",
    "cancel_waiting",
    "connect_webhook",
    "deliver",
    "due_accounts",
    "export_answers",
    "forget_events",
    "heard_accounts",
    "hold",
    "hook_url",
    "link_case",
    "listen",
    "mark_published",
    "poll_account",
    "probe_account",
    "queue_message",
    "read_figures",
    "receive",
    "reconcile",
    "resend",
    "send_service_letter",
    "set_up_account",
    "sweep_outbox",
    "take_events",
    "undo",
    "wake",
]
