"""No interface of ПОС («Госуслуги. Решаем вместе») is open to municipalities: exchange by file."""

from __future__ import annotations

from otklik.exchange.channels.connectors.by_file import ByFile
from otklik.exchange.channels.connectors.pos.settings import PosSettings
from otklik.exchange.channels.connectors.registry import register
from otklik.exchange.channels.vocabulary import ChannelKind


@register
class Pos(ByFile):
    kind = ChannelKind.POS
    settings_class = PosSettings
