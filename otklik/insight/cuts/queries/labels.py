"""Names of the keys of a dimension."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from otklik.casework.appeals.vocabulary import Channel
from otklik.directory.organisation.models import Body
from otklik.directory.territory.models import Settlement
from otklik.directory.topics.models import Topic
from otklik.directory.topics.queries import theme_names
from otklik.insight.cuts.rules import Key, label_of
from otklik.insight.cuts.vocabulary import PERIODS, Dimension

_NOT_SET = {
    Dimension.TOPIC: "тема не определена",
    Dimension.TOPIC_GROUP: "тема не определена",
    Dimension.THEME: "тематика не отмечена",
    Dimension.BODY: "исполнитель не назначен",
    Dimension.SETTLEMENT: "место не указано",
    Dimension.CHANNEL: "канал не указан",
}
_MODELS: dict[Dimension, Any] = {
    Dimension.TOPIC: Topic,
    Dimension.BODY: Body,
    Dimension.SETTLEMENT: Settlement,
}


def labels_of(
    dimension: Dimension, keys: Iterable[Key], municipality_id: int = 0
) -> dict[Key, str]:
    """A name for every key; at most one query. Themes bear the names of the municipality."""
    wanted = set(keys)
    found: dict[Key, str] = {}
    if dimension in PERIODS:
        found = {key: label_of(date.fromisoformat(str(key)), dimension) for key in wanted}
    elif dimension == Dimension.CHANNEL:
        found = {channel.value: channel.label for channel in Channel}
    elif dimension == Dimension.THEME:
        found.update(theme_names(municipality_id))
    elif dimension == Dimension.TOPIC_GROUP:
        found = {key: str(key) for key in wanted if key is not None}
    else:
        ids = [key for key in wanted if isinstance(key, int)]
        found = {row.pk: str(row) for row in _MODELS[dimension].objects.filter(pk__in=ids)}
    return {key: found.get(key) or _NOT_SET.get(dimension, str(key)) for key in wanted}
