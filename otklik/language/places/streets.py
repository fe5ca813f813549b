"""Streets that a text names, with a kind or without, known to the gazetteer or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from otklik.language.places.gazetteer import Gazetteer
from otklik.language.places.kinds import (
    ends_at,
    gender,
    street_kind,
)
from otklik.language.places.mention import Mention
from otklik.language.places.names import Hit
from otklik.language.places.numbers import houses_at
from otklik.language.places.standalone import alone
from otklik.language.places.tokens import (
    Word,
)
from otklik.language.places.unlisted import unlisted_after, unlisted_before

_MOST = 100


def mentions(words: Sequence[Word], gazetteer: Gazetteer, taken: set[int]) -> list[Mention]:
    """In order, without overlaps; words in `taken` belong to something else."""
    found: list[Mention] = []
    at = 0
    while at < len(words) and len(found) < _MOST:
        mention = None if at in taken else _begins(words, at, gazetteer, found)
        if mention and not taken & set(range(mention.start, mention.end)):
            found.append(mention)
            at = max(mention.end, at + 1)
        else:
            at += 1
    return found


def _begins(
    words: Sequence[Word], at: int, gazetteer: Gazetteer, found: Sequence[Mention]
) -> Mention | None:
    kind = street_kind(words[at].low)
    mention = _after_kind(words, at, kind, gazetteer) if kind else None
    mention = mention or _before_kind(words, at, gazetteer) or alone(words, at, gazetteer, found)
    if mention is None:
        return None
    if mention.houses is None:
        mention = replace(mention, houses=houses_at(words, mention.end))
    end = mention.houses.end if mention.houses else mention.end
    return replace(mention, end=end)


def _after_kind(words: Sequence[Word], at: int, kind: str, gazetteer: Gazetteer) -> Mention | None:
    """«ул. Ленина», «улице Малиновой»."""
    name = at + 1
    if name >= len(words) or not words[name].joined or ends_at(words, name):
        return None
    before = _before_kind(words, at - 1, gazetteer) if at else None
    hits = _of_kind(gazetteer.street_names.at(words, name), kind, gazetteer)
    if not hits and before is None:
        hits = _of_kind(gazetteer.street_names.at(words, name, fuzzy=True), kind, gazetteer)
    if hits:
        return Mention(hits, kind, at, name + hits[0].size)
    return unlisted_after(words, at, kind)


def _of_kind(hits: Sequence[Hit], kind: str, gazetteer: Gazetteer) -> tuple[Hit, ...]:
    """«пер. Садовый» is not «улица Садовая»; another kind will do where this one is absent."""
    same = [h for h in hits if gazetteer.street_kinds[h.entry.id] == kind]
    if same:
        return tuple(sorted(same, key=lambda hit: not hit.entry.whole))
    if kind in {"микрорайон", "квартал", "линия"}:
        return ()
    return tuple(
        h
        for h in hits
        if not h.entry.adjective or gender(gazetteer.street_kinds[h.entry.id]) == gender(kind)
    )


def _before_kind(words: Sequence[Word], at: int, gazetteer: Gazetteer) -> Mention | None:
    """«Садовый переулок», «Кирова ул.», «на Малиновой улице»."""
    if at < 0 or at + 1 >= len(words):
        return None
    for fuzzy in (False, True):
        if fuzzy and not words[at].capital:
            continue
        hits = gazetteer.street_names.at(words, at, fuzzy=fuzzy)
        end = at + hits[0].size if hits else 0
        kind = street_kind(words[end].low) if hits and end < len(words) else ""
        if kind and words[end].joined and not _names_another(words, end, gazetteer):
            fitting = _of_kind(hits, kind, gazetteer)
            if fitting:
                return Mention(fitting, kind, at, end + 1)
    return unlisted_before(words, at)


def _names_another(words: Sequence[Word], kind_at: int, gazetteer: Gazetteer) -> bool:
    """«Ленина ул. Мира» is two streets."""
    after = kind_at + 1
    if after >= len(words) or not words[after].joined:
        return False
    if words[after].low.isdigit() and not words[after].ordinal:
        return False
    return bool(gazetteer.street_names.at(words, after)) and words[after].capital
