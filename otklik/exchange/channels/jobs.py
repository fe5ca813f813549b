"""Work of the exchange that runs by itself."""

from __future__ import annotations

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from otklik.exchange.channels import actions


@app.task(name="channels.deliver_outbound", queue="exchange")
def deliver_outbound(message_id: int) -> str:
    """Send one message of the outbox."""
    return actions.deliver(message_id)


@app.task(name="channels.reconcile_outbound", queue="exchange")
def reconcile_outbound(message_id: int) -> str:
    """Look whether an unconfirmed message went."""
    return actions.reconcile(message_id)


@app.periodic(cron="* * * * *")
@app.task(name="channels.sweep_outbox", queue="exchange", queueing_lock="channels.sweep_outbox")
def sweep_outbox(timestamp: int) -> int:
    """Take up what dead workers left; `timestamp` (Unix seconds) names the scheduled run."""
    return actions.sweep_outbox()


@app.task(name="channels.take_events", queue="exchange")
def take_events(account_id: int) -> int:
    """Read the events of webhooks that wait in one account."""
    return actions.take_events(account_id)


@app.periodic(cron="* * * * *")
@app.task(name="channels.sweep_events", queue="exchange", queueing_lock="channels.sweep_events")
def sweep_events(timestamp: int) -> int:
    """Read what waits though no job was left to read it."""
    ids = actions.accounts_with_events()
    for account_id in ids:
        actions.wake(account_id)
    return len(ids)


@app.periodic(cron="41 2 * * *")
@app.task(name="channels.forget_events", queue="exchange")
def forget_events(timestamp: int) -> int:
    """Remove events that were read long ago."""
    return actions.forget_events()


@app.periodic(cron="* * * * * */10")
@app.task(name="channels.poll_accounts", queue="exchange", queueing_lock="channels.poll_accounts")
def poll_accounts(timestamp: int) -> int:
    """Start one visit to each account that is due; a visit still running is enough."""
    ids = actions.due_accounts()
    for account_id in ids:
        lock = f"channels.poll.{account_id}"
        try:
            poll_account.configure(lock=lock, queueing_lock=lock).defer(account_id=account_id)
        except AlreadyEnqueued:
            continue
    return len(ids)


@app.task(name="channels.poll_account", queue="mailboxes")
def poll_account(account_id: int) -> int:
    """Fetch what is new in one account."""
    return actions.poll_account(account_id).new
