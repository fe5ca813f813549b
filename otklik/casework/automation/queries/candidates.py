"""Cases that may fit a condition, found by the indexes of the table: never fewer than fit it, save
for words that the search takes for one with what they are glued to («дорога/яма», «яма5»)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Q, QuerySet

from otklik.casework.appeals.models import Appeal
from otklik.casework.automation.rules import Leaf, Node, Not, Topics, leaves_of
from otklik.casework.automation.rules.conditions import TEXTUAL
from otklik.casework.automation.vocabulary import Fact, Mode
from otklik.language.lemmas import spellings, tokens

_COLUMNS = {
    Fact.CHANNEL: "channel",
    Fact.AUTHOR: "applicant__kind",
    Fact.GROUP: "topic__group",
    Fact.SETTLEMENT: "settlement_id",
    Fact.STREET: "street_id",
    Fact.TERRITORY: "settlement__territorial_body_id",
    Fact.BODY: "executor_body_id",
}


def candidates(
    municipality_id: int, condition: Node, topics: Topics, *, since: datetime, until: datetime
) -> QuerySet[Appeal]:
    """Cases received from `since` till before `until` that may fit; the rest surely does not."""
    found = Appeal.objects.filter(
        municipality_id=municipality_id, received_at__gte=since, received_at__lt=until
    )
    wanted = _wanted(condition, topics, _passed_over(condition))
    return found if wanted is None else found.filter(wanted)


def common_words(words: Iterable[str]) -> list[str]:
    """Words that the search passes over («на», «где»): a rule can do nothing with them."""
    return _empty({token for word in words for token in tokens(word)})


def _passed_over(condition: Node) -> frozenset[str]:
    """Words of the condition one of whose forms the search knows nothing of («лучше»)."""
    told = {
        token
        for leaf in leaves_of(condition)
        if leaf.fact in TEXTUAL
        for value in leaf.values
        for token in tokens(str(value))
    }
    empty = set(_empty({form for word in told for form in spellings(word)}))
    return frozenset(word for word in told if empty & spellings(word))


def _empty(words: Collection[str]) -> list[str]:
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM unnest(%s::text[]) AS word"
            " WHERE to_tsvector('russian', word) = ''::tsvector",
            [sorted(words)],
        )
        return [word for (word,) in cursor.fetchall()]


def _wanted(node: Node, topics: Topics, passed: frozenset[str]) -> Q | None:
    """A condition on rows that everything fitting the node meets; None: nothing to go by."""
    if isinstance(node, Not):
        return None
    if isinstance(node, Leaf):
        return _leaf(node, topics, passed)
    parts = [_wanted(inner, topics, passed) for inner in node.of]
    known = [part for part in parts if part is not None]
    if not known or (node.mode == Mode.ANY and len(known) < len(parts)):
        return None
    joined = known[0]
    for part in known[1:]:
        joined = joined & part if node.mode == Mode.ALL else joined | part
    return joined


def _leaf(leaf: Leaf, topics: Topics, passed: frozenset[str]) -> Q | None:
    if leaf.fact in _COLUMNS:
        return Q(**{f"{_COLUMNS[leaf.fact]}__in": leaf.values})
    if leaf.fact == Fact.TOPIC:
        below = [pk for pk, line in topics.lineage.items() if line & set(leaf.values)]
        return Q(topic_id__in=below)
    if leaf.fact in TEXTUAL:
        return _textual([tokens(str(value)) for value in leaf.values], passed)
    return None


def _textual(phrases: Sequence[Sequence[str]], passed: frozenset[str]) -> Q | None:
    """Any of the phrases: all words of one, each in any form."""
    told = []
    for words in phrases:
        known = [_any_form(word) for word in words if word not in passed]
        if not known:
            return None
        told.append(f"({' & '.join(known)})")
    return Q(search=SearchQuery(" | ".join(told), config="russian", search_type="raw"))


def _any_form(word: str) -> str:
    # `tokens` lets through letters, figures, «-» and «/» only: nothing that would end a quote.
    return "(" + " | ".join(f"'{form}'" for form in sorted(spellings(word))) + ")"
