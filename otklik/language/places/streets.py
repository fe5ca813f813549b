"""Streets that a text names, with a kind or without, known to the gazetteer or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from otklik.language.places.gazetteer import Gazetteer
from otklik.language.places.kinds import (
    ends_at,
    gender,
    is_dotted,
    is_short,
    settlement_kind,
    street_kind,
)
from otklik.language.places.mention import Mention
from otklik.language.places.names import Hit
from otklik.language.places.numbers import HOUSE_WORDS, houses_at
from otklik.language.places.standalone import alone
from otklik.language.places.tokens import (
    Word,
    is_adjective,
    is_first_name,
)

_MOST = 100
_LONGEST_NAME = 4


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
    return _unknown_after(words, at, kind, gazetteer)


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


def _unknown_after(
    words: Sequence[Word], at: int, kind: str, gazetteer: Gazetteer
) -> Mention | None:
    if kind in {"микрорайон", "квартал"} or (
        is_short(words[at].low) and not is_dotted_or_lone(words, at)
    ):
        return None
    end = at + 1
    if words[end].low.isdigit() and not words[end].ordinal:
        return None
    while end < len(words) and end - at <= _LONGEST_NAME and _is_name_word(words, end, at + 1):
        end += 1
    if end == at + 1:
        end = _small_name(words, at)
    last = words[end - 1].low
    if end == at + 1 or not last.isalpha() or (is_first_name(last) and end - at > 2):
        return None
    return Mention((), kind, at, end, name=" ".join(w.low for w in words[at + 1 : end]))


def is_dotted_or_lone(words: Sequence[Word], at: int) -> bool:
    """«ул.» or «ул», but never a bare «ш» or «пр»."""
    return is_dotted(list(words), at) or words[at].low in {"ул", "пер"}


def _is_name_word(words: Sequence[Word], at: int, first: int) -> bool:
    word = words[at]
    if not word.joined or word.low in HOUSE_WORDS:
        return False
    if street_kind(word.low):
        return at > first and word.capital and len(word.low) > 3
    if at > first and (word.gap.strip() or settlement_kind(word.low)):
        return (
            word.capital
            and not word.upper
            and word.gap.strip() in {"-", "."}
            and len(words[at - 1].low) <= 4
        )
    return word.capital or word.ordinal


def _small_name(words: Sequence[Word], at: int) -> int:
    """«ул. малиновая 5»: small letters need an adjective and a house number after it."""
    name = at + 1
    low = words[name].low
    if not adjective_like(low) or houses_at(words, name + 1) is None:
        return name
    return name + 1


def adjective_like(low: str) -> bool:
    return len(low) > 4 and is_adjective(low)


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
    return _unknown_before(words, at)


def _names_another(words: Sequence[Word], kind_at: int, gazetteer: Gazetteer) -> bool:
    """«Ленина ул. Мира» is two streets."""
    after = kind_at + 1
    if after >= len(words) or not words[after].joined:
        return False
    if words[after].low.isdigit() and not words[after].ordinal:
        return False
    return bool(gazetteer.street_names.at(words, after)) and words[after].capital


def _unknown_before(words: Sequence[Word], at: int) -> Mention | None:
    first = at
    if words[at].low.isdigit() and at + 2 < len(words) and words[at + 1].gap == " ":
        at += 1  # «2-й Выгонный переулок»
    word, kind_word = words[at], words[at + 1]
    kind = street_kind(kind_word.low)
    if not kind or is_short(kind_word.low) or kind in {"линия", "квартал", "микрорайон"}:
        return None
    if not word.capital or (word.opens and first == at) or not is_adjective(word.low):
        return None
    if not kind_word.joined or not at:
        return None
    return Mention((), kind, first, at + 2, name=" ".join(w.low for w in words[first : at + 1]))
