"""The channels: each missing right, dead token and silent source, by its own name."""

from __future__ import annotations

from collections.abc import Iterator

from otklik.base import clock
from otklik.config.doctor.check import Finding, bad, caution, good
from otklik.exchange.channels.models import ChannelAccount
from otklik.exchange.channels.queries.health import healths
from otklik.exchange.channels.rules.health import Health
from otklik.exchange.channels.vocabulary import ChannelKind, Condition

WRONG = {Condition.BROKEN, Condition.PAUSED}
DOUBTFUL = {Condition.SILENT, Condition.LIMITED, Condition.NEW}


def examine() -> Iterator[Finding]:
    """One line a channel that is switched on."""
    accounts = list(
        ChannelAccount.objects.filter(enabled=True).select_related("municipality").order_by("pk")
    )
    if not any(each.kind == ChannelKind.EMAIL for each in accounts):
        yield caution("Почтовый ящик не подключён", "Подключите его на странице «Каналы».")
    told = healths(accounts, clock.now())
    for account in accounts:
        yield _finding(account, told[account.pk])


def _finding(account: ChannelAccount, health: Health) -> Finding:
    text = f"Канал «{account.title}» ({account.get_kind_display()}): {health.sentence}"
    mend = " ".join(health.mends) or "Откройте страницу «Каналы» и нажмите «Проверить»."
    if health.condition in WRONG:
        return bad(text, mend)
    if health.condition in DOUBTFUL:
        return caution(text, mend)
    return good(text)
