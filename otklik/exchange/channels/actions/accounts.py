"""Connecting a centre to channels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.actions.cards import card_of
from otklik.exchange.channels.connectors.base import Connector, ConnectorError, Probe
from otklik.exchange.channels.connectors.registry import connector
from otklik.exchange.channels.events import ChannelSetUp
from otklik.exchange.channels.models import ChannelAccount
from otklik.exchange.channels.queries import account_of, accounts, installation_key
from otklik.exchange.channels.queries.checking import checked_settings
from otklik.exchange.channels.rules.sealing import seal, unseal
from otklik.records.journal.actions import record


@transaction.atomic
def set_up_account(
    *,
    access: Access,
    kind: str,
    title: str,
    settings: Mapping[str, Any] | None = None,
    secret: Mapping[str, str] | None = None,
    enabled: bool = True,
    basis: str = "",
    account_id: int | None = None,
) -> ChannelAccount:
    """Connect a channel, or change or switch off a connected one (ust-kubinsky:4.7.3).

    `secret` left out keeps the stored one; `account_id` changes that account, also its title.
    Raises Forbidden; NotFound; Refused for wrong settings or a title that is taken.
    """
    access = access.require(Permission.SET_UP)
    serving = connector(kind)
    checked = checked_settings(serving, dict(settings or {}))
    account = _account(access, kind, title, account_id)
    account.settings = checked.model_dump(mode="json", exclude_defaults=True)
    if secret is not None:
        known = unseal(account.secret, installation_key()) if account.secret else {}
        account.secret = seal({**known, **secret}, installation_key())
    account.enabled = enabled
    account.basis = basis or account.basis
    account.save()
    record(
        ChannelSetUp(subject_id=account.pk, channel_title=title, enabled=enabled, basis=basis),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    return account


def probe_account(*, access: Access, account_id: int) -> Probe:
    """Try the account now and keep what was found. Nothing is sent to anybody."""
    access = access.require(Permission.SET_UP)
    account = account_of(access, account_id)
    serving, card = card_of(account, account.kind)
    found = serving.probe(card)
    account.checked_at = clock.now()
    account.last_error = found.problem
    account.findings = [
        {"right": each.right, "problem": each.problem, "mend": each.mend} for each in found.findings
    ]
    if found.works:
        account.worked_at, account.failures = account.checked_at, 0
        account.poll_at = None
    account.save(
        update_fields=["checked_at", "worked_at", "last_error", "failures", "findings", "poll_at"]
    )
    return found


def connect_webhook(*, access: Access, account_id: int, public_url: str) -> Probe:
    """Ask the service to send events to this installation, and remember that it does.

    `public_url`: the address of the installation as the world sees it, without a slash at the end.
    Raises Forbidden; NotFound; Refused with the service's reason.
    """
    access = access.require(Permission.SET_UP)
    account = account_of(access, account_id)
    serving, card = card_of(account, account.kind)
    try:
        found = serving.connect_webhook(card, hook_url(account, public_url))
    except ConnectorError as error:
        raise Refused(str(error), "Проверьте права ключа и адрес установки.") from error
    if found.works:
        _note_webhook(access, account, serving)
    return found


@transaction.atomic
def _note_webhook(access: Access, account: ChannelAccount, serving: Connector) -> None:
    if "by_webhook" in serving.settings_class.model_fields:
        account.settings = {**account.settings, "by_webhook": True}
        account.save(update_fields=["settings"])
    record(
        ChannelSetUp(subject_id=account.pk, channel_title=account.title, enabled=account.enabled),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )


def hook_url(account: ChannelAccount, public_url: str) -> str:
    """Where the service sends events of this account."""
    return f"{public_url}/hooks/{account.pk}/{account.hook_key}/"


def _account(access: Access, kind: str, title: str, account_id: int | None) -> ChannelAccount:
    """The row to write, locked; a new one unless the channel has an account of this title."""
    if account_id is None:
        made, _ = ChannelAccount.objects.select_for_update().get_or_create(
            municipality_id=access.municipality_id, kind=kind, title=title
        )
        return made
    account_of(access, account_id)
    if accounts(access).filter(kind=kind, title=title).exclude(pk=account_id).exists():
        raise Refused(f"Канал «{title}» уже есть.", "Дайте этому каналу другое название.")
    account = ChannelAccount.objects.select_for_update().get(pk=account_id, kind=kind)
    account.title = title
    return account
