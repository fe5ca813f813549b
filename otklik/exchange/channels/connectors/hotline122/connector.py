"""No interface of the telephone line 122 is open to municipalities: exchange by file."""

from __future__ import annotations

from otklik.exchange.channels.connectors.by_file import ByFile
from otklik.exchange.channels.connectors.registry import register
from otklik.exchange.channels.vocabulary import ChannelKind


@register
class Hotline(ByFile):
    kind = ChannelKind.HOTLINE122
