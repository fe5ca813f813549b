"""No interface of «Активный гражданин» is open to municipalities: exchange by file."""

from __future__ import annotations

from otklik.exchange.channels.connectors.by_file import ByFile
from otklik.exchange.channels.connectors.registry import register
from otklik.exchange.channels.vocabulary import ChannelKind


@register
class ActiveCitizen(ByFile):
    kind = ChannelKind.ACTIVE_CITIZEN
