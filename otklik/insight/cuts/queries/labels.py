"""Names of the keys of a dimension."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from otklik.casework.appeals.rules.naming import regime_choices
from otklik.casework.appeals.vocabulary import (
    ApplicantKind,
    Channel,
    Kind,
    Repetition,
    Result,
    Status,
)
from otklik.directory.organisation.models import Block, Body, Municipality
from otklik.directory.territory.models import Settlement
from otklik.directory.topics.models import Topic
from otklik.directory.topics.queries import theme_names
from otklik.insight.cuts.rules import Key, label_of
from otklik.insight.cuts.vocabulary import PERIODS, Dimension, Term

_NOT_SET = {
    Dimension.TOPIC: "тема не определена",
    Dimension.TOPIC_GROUP: "тема не определена",
    Dimension.THEME: "тематика не отмечена",
    Dimension.BODY: "исполнитель не назначен",
    Dimension.BLOCK: "вне блоков",
    Dimension.ADDRESSEE: "центр управления (адресат не указан)",
    Dimension.SETTLEMENT: "место не указано",
    Dimension.DISTRICT: "территориальный орган не указан",
    Dimension.CHANNEL: "канал не указан",
    Dimension.APPLICANT_KIND: "не указано",
    Dimension.KIND: "вид не определён",
    Dimension.RESULT: "результат не отмечен",
    Dimension.REPETITION: "впервые",
    Dimension.TERM: "ответа нет",
    Dimension.SCORE: "без оценки",
}
_BODY = (Body, ("short_name", "name"))
_MODELS: dict[Dimension, tuple[Any, tuple[str, ...]]] = {
    Dimension.TOPIC: (Topic, ("name",)),
    Dimension.BODY: _BODY,
    Dimension.BLOCK: (Block, ("name",)),
    Dimension.ADDRESSEE: _BODY,
    Dimension.SETTLEMENT: (Settlement, ("kind", "name")),
    Dimension.DISTRICT: _BODY,
}
"""With the columns a name is made of: boundaries and addresses are long to read."""
_WORDS: dict[Dimension, Any] = {
    Dimension.CHANNEL: Channel,
    Dimension.APPLICANT_KIND: ApplicantKind,
    Dimension.KIND: Kind,
    Dimension.STATUS: Status,
    Dimension.RESULT: Result,
    Dimension.REPETITION: Repetition,
    Dimension.TERM: Term,
}
_WEEKDAYS = (
    "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье",
)  # fmt: skip


def labels_of(
    dimension: Dimension, keys: Iterable[Key], municipality_id: int = 0
) -> dict[Key, str]:
    """A name for every key; at most one query. Themes bear the names of the municipality."""
    wanted = set(keys)
    found = _found(dimension, wanted, municipality_id)
    return {key: found.get(key) or _NOT_SET.get(dimension, str(key)) for key in wanted}


def _found(dimension: Dimension, wanted: set[Key], municipality_id: int) -> Mapping[Key, str]:
    if dimension in PERIODS:
        return {key: label_of(date.fromisoformat(str(key)), dimension) for key in wanted}
    if dimension in _WORDS:
        return {word.value: str(word.label) for word in _WORDS[dimension]}
    if dimension in _MODELS:
        ids = [key for key in wanted if isinstance(key, int)]
        model, columns = _MODELS[dimension]
        return {row.pk: str(row) for row in model.objects.filter(pk__in=ids).only(*columns)}
    named = _NAMED.get(dimension)
    return named(municipality_id) if named else {key: str(key) for key in wanted if key is not None}


def _regimes(municipality_id: int) -> dict[str, str]:
    settings = Municipality.objects.values_list("settings", flat=True)
    return dict(regime_choices(settings.filter(pk=municipality_id).first() or {}))


_NAMED: dict[Dimension, Callable[[int], Any]] = {
    Dimension.REGIME: _regimes,
    Dimension.THEME: theme_names,
    Dimension.WEEKDAY: lambda _: dict(enumerate(_WEEKDAYS, start=1)),
}
