"""Counters of publications, read from the service and kept with their moment."""

from __future__ import annotations

from collections.abc import Sequence

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.actions import pacing
from otklik.exchange.channels.actions.cards import card_of
from otklik.exchange.channels.connectors.base import ConnectorError
from otklik.exchange.channels.models import PostFigures
from otklik.exchange.channels.queries import account_of
from otklik.exchange.channels.rules.pacing import SHORT
from otklik.exchange.channels.vocabulary import Ability

AT_ONCE = 100


def read_figures(
    *, access: Access, account_id: int, external_ids: Sequence[str]
) -> list[PostFigures]:
    """Ask for the counters of at most 100 publications now; those unknown there are left out.

    Raises Forbidden; NotFound; Refused when the channel tells no figures or cannot be reached.
    """
    access = access.require(Permission.SET_UP)
    account = account_of(access, account_id)
    serving, card = card_of(account, account.kind)
    if not serving.capabilities.can(Ability.STATISTICS):
        raise Refused(
            f"Канал «{account.get_kind_display()}» не отдаёт статистику публикаций.",
            "Впишите показатели вручную.",
        )
    if pacing.turn(serving, pacing.print_of(serving, card)) > SHORT:
        raise Refused("Служба сейчас просит подождать.", "Повторите через несколько минут.")
    try:
        told = serving.stats(card, list(external_ids)[:AT_ONCE])
    except ConnectorError as error:
        raise Refused(str(error), "Повторите позже или проверьте канал.") from error
    now = clock.now()
    rows = [
        PostFigures(
            account=account,
            external_id=each.external_id,
            moment=now,
            views=each.views,
            likes=each.likes,
            reposts=each.reposts,
            comments=each.comments,
            reach=each.reach,
        )
        for each in told
    ]
    return PostFigures.objects.bulk_create(rows)
