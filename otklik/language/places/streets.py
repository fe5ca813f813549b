"""Streets that a text names, with a kind or without, known to the gazetteer or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from otklik.language.places.forms import adjective_gender
from otklik.language.places.gazetteer import Gazetteer
from otklik.language.places.kinds import (
    NEAR,
    gender,
    is_dotted,
    is_short,
    settlement_kind,
    street_kind,
)
from otklik.language.places.names import Hit
from otklik.language.places.numbers import HOUSE_WORDS, Houses, houses_at
from otklik.language.places.tokens import (
    Word,
    is_adjective,
    is_first_name,
    is_noun,
    qualifies,
)

_ALONG = frozenset(("по", "на", "вдоль"))
_FROM = frozenset(("с", "со", "от", "до", "через", "между"))
_CROSSING = frozenset(
    "перекресток перекрестке перекрестка перекрестком пересечение пересечении пересечения угол углу "
    "угла".split()  # noqa: SIM905
)
_AND = frozenset(("и", "с", "до", "на"))
_BEFORE_DATE = frozenset(("к", "до", "с", "от", "после", "на", "по"))
_NOMINATIVE = ("ая", "яя", "ый", "ий", "ое", "ее")
_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """A street named in a text, by indices of words. No `hits`: the gazetteer has none, `name`
    is as written."""

    hits: tuple[Hit, ...]
    kind: str
    start: int
    end: int
    name: str = ""
    houses: Houses | None = None


def mentions(words: Sequence[Word], gazetteer: Gazetteer, taken: set[int]) -> list[Mention]:
    """In order, without overlaps; words in `taken` belong to something else."""
    found: list[Mention] = []
    at = 0
    while at < len(words):
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
    mention = mention or _before_kind(words, at, gazetteer) or _alone(words, at, gazetteer, found)
    if mention is None:
        return None
    if mention.houses is None:
        mention = replace(mention, houses=houses_at(words, mention.end))
    end = mention.houses.end if mention.houses else mention.end
    return replace(mention, end=end)


def _after_kind(words: Sequence[Word], at: int, kind: str, gazetteer: Gazetteer) -> Mention | None:
    """«ул. Ленина», «улице Малиновой»."""
    name = at + 1
    if name >= len(words) or not words[name].joined:
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
    if not word.joined or word.low in HOUSE_WORDS or street_kind(word.low):
        return False
    if at > first and (word.gap.strip() or settlement_kind(word.low)):
        return word.capital and word.gap.strip() in {"-", "."} and len(words[at - 1].low) <= 4
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
    word, kind_word = words[at], words[at + 1]
    kind = street_kind(kind_word.low)
    if not kind or is_short(kind_word.low) or kind in {"линия", "квартал", "микрорайон"}:
        return None
    if (
        not word.capital
        or word.opens
        or not at
        or not kind_word.joined
        or not is_adjective(word.low)
    ):
        return None
    return Mention((), kind, at, at + 2, name=word.low)


def _alone(
    words: Sequence[Word], at: int, gazetteer: Gazetteer, found: Sequence[Mention]
) -> Mention | None:
    """A known name without «улица»."""
    hits = gazetteer.street_names.at(words, at)
    fuzzy = not hits and words[at].capital and len(words[at].low) > 4
    if fuzzy:
        hits = gazetteer.street_names.at(words, at, fuzzy=True)
    if not hits:
        return None
    end = at + hits[0].size
    houses = houses_at(words, end)
    mention = Mention(tuple(hits), "", at, end, houses=houses)
    if not _is_person(words, at, end, houses) and _stands_alone(mention, words, found):
        return mention
    return None


def _is_person(words: Sequence[Word], at: int, end: int, houses: Houses | None) -> bool:
    """«Елена Гагарина», «Кирова Анна Петровна», «Смирнова Г. И.»."""
    if houses is not None:
        return False
    after = words[end] if end < len(words) else None
    if after and after.capital and after.gap == " " and is_first_name(after.low):
        return True
    before = words[at - 1] if at else None
    if not before or not words[at].joined:
        return False
    return before.capital and is_first_name(before.low) and "." not in words[at].gap


def _stands_alone(mention: Mention, words: Sequence[Word], found: Sequence[Mention]) -> bool:
    hit, word = mention.hits[0], words[mention.start]
    if all(
        h.entry.slots[0] & {"1", "2", "3", "4"} and len(h.entry.slots) == 1 for h in mention.hits
    ):
        return False  # «1-я линия» is a street only with «линия»
    before = words[mention.start - 1] if mention.start else None
    near = before.low if before and word.joined else ""
    if hit.entry.dated and near in _BEFORE_DATE - {"на", "по"}:
        return False
    if mention.houses:
        return _with_house(mention, hit, word, near)
    if not hit.exact:
        return False
    if near.startswith("остановк") and word.capital:
        return True
    if _after_house(words, mention.start) and word.capital:
        return True
    if near in _CROSSING or _continues(mention, words, found):
        return word.capital or near in _CROSSING
    return _without_house(mention, hit, words, near)


def _with_house(mention: Mention, hit: Hit, word: Word, near: str) -> bool:
    houses = mention.houses
    if word.capital or word.ordinal:
        return hit.exact or (houses is not None and hit.size > 0)
    plain = hit.exact and hit.entry.whole
    if plain and not hit.entry.common and not hit.entry.adjective:
        return True
    strong = near in _ALONG or word.opens or not near
    return hit.exact and (strong or (houses is not None and houses.said))


def _after_house(words: Sequence[Word], at: int) -> bool:
    """«дома 33 Матросова»."""
    return at > 1 and words[at - 1].low[:1].isdigit() and words[at - 2].low in HOUSE_WORDS


def _continues(mention: Mention, words: Sequence[Word], found: Sequence[Mention]) -> bool:
    """«Ленина и Мира», «Комсомольская/Рабочая» after a street without a house."""
    if not found or found[-1].houses:
        return False
    last, first = found[-1], words[mention.start]
    between = words[last.end : mention.start]
    if not between:
        return first.gap.strip() in {"/", "-", "–", "—", ","} and not first.opens
    return len(between) == 1 and between[0].low in _AND and between[0].joined and first.joined


def _without_house(mention: Mention, hit: Hit, words: Sequence[Word], near: str) -> bool:
    word = words[mention.start]
    last = words[mention.end - 1].low
    after = words[mention.end] if mention.end < len(words) else None
    if hit.entry.dated and not word.capital and near not in {"на", "по"}:
        return False
    if hit.entry.dated and near in {"на", "по"} and not words[mention.end - 1].capital:
        return False
    if hit.entry.adjective and after and after.gap == " " and qualifies(last, after.low, near):
        return False
    if near in _ALONG:
        return _along(hit, word)
    if near in _FROM and word.capital:
        return not hit.entry.common
    if not word.capital and not word.ordinal:
        long = len(hit.entry.slots) > 1 and not hit.entry.common and not hit.entry.adjective
        return long and not hit.entry.dated and hit.entry.whole and not near
    return _named_plainly(mention, hit, words, near)


def _along(hit: Hit, word: Word) -> bool:
    """«на Ленина», «по ленина»: nothing but a street is said so."""
    if word.capital or word.ordinal:
        return True
    return len(hit.entry.slots) > 1 or (not hit.entry.common and not hit.entry.adjective)


def _named_plainly(mention: Mention, hit: Hit, words: Sequence[Word], near: str) -> bool:
    """The whole message is the name; two words of a name stand apart by a comma."""
    word = words[mention.start]
    after = words[mention.end] if mention.end < len(words) else None
    parted = after is None or not after.joined or after.low in NEAR
    if len(words) <= mention.end - mention.start + 1 and mention.start == 0:
        return True
    if after and after.capital and after.gap.strip() == "/":
        return True
    if hit.entry.adjective and near and not words[mention.end - 1].low.endswith(_NOMINATIVE):
        return True
    if len(hit.entry.slots) > 1 and hit.entry.whole:
        return parted or not is_noun(after.low if after else "")
    starts = mention.start == 0 or not word.joined or near in NEAR
    closed = after is None or after.gap[:1] in {",", ":", "."}
    return starts and closed and not hit.entry.common
