"""Settlements, districts, gardeners' societies that a text names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from otklik.language.places.gazetteer import Gazetteer
from otklik.language.places.kinds import NEAR, ends_at, is_short, settlement_kind, street_kind
from otklik.language.places.mention import Mention
from otklik.language.places.names import Hit
from otklik.language.places.tokens import Word, is_everyday, is_first_name, qualifies

_PLACE_WORDS = frozenset(
    "в во на из от до через между под возле около у к близ за".split()  # noqa: SIM905
)
_REGIONS = frozenset(
    "область области обл район района районе р-н р-на край края округ округа округе".split()  # noqa: SIM905
)
_JOINING = frozenset(("и", "или"))
_SIGNS = frozenset((",", ":", ".", ";", ")", "–", "—", "-"))


@dataclass(frozen=True, slots=True)
class Seen:
    """A settlement named in a text, by indices of words. No `ids`: unknown to the gazetteer."""

    ids: tuple[int, ...]
    start: int
    end: int
    marked: bool
    exact: bool = True
    name: str = ""


def marked_settlements(words: Sequence[Word], gazetteer: Gazetteer) -> list[Seen]:
    """Those announced by «с.», «деревня», «СНТ»."""
    found: list[Seen] = []
    for at, word in enumerate(words):
        kind = settlement_kind(word.low)
        if not kind or (found and at < found[-1].end):
            continue
        seen = _after_kind(words, at, kind, gazetteer) or _before_kind(words, at, kind, gazetteer)
        if seen:
            found.append(seen)
    return found


def _after_kind(words: Sequence[Word], at: int, kind: str, gazetteer: Gazetteer) -> Seen | None:
    name = at + 1
    if name >= len(words) or not words[name].joined or ends_at(words, name):
        return None
    dotted = words[name].gap.startswith(".")
    bare = is_short(words[at].low) and not dotted
    hits = gazetteer.settlement_names.at(words, name, fuzzy=not bare)
    hits = [h for h in hits if words[name].capital or dotted or not bare]
    hits = [h for h in hits if not _is_number(words[name]) or _of_kind([h], kind, gazetteer)]
    if hits and not (street_kind(words[at].low) and not _of_kind(hits, kind, gazetteer)):
        ids = tuple(h.entry.id for h in _of_kind(hits, kind, gazetteer) or hits)
        return Seen(ids, at, name + hits[0].size, marked=True, exact=hits[0].exact)
    if bare or kind in {"поселение", "микрорайон", "ГСК"}:
        return None
    return _unknown(words, at, gazetteer)


def _unknown(words: Sequence[Word], at: int, gazetteer: Gazetteer) -> Seen | None:
    end = at + 1
    while end < len(words) and end - at <= 3 and words[end].capital and words[end].joined:
        if end > at + 1 and words[end].gap.strip() not in {"", "-"}:
            break
        if words[end].upper and not words[at].upper:
            break
        if end > at + 1 and end + 1 < len(words) and words[end + 1].low in _REGIONS:
            break
        if street_kind(words[end].low) or (end > at + 1 and is_first_name(words[end].low)):
            break
        end += 1
    known_street = end > at + 1 and gazetteer.street_names.at(words, at + 1)
    if end == at + 1 or known_street or len(words[at + 1].low) < 3:
        return None
    name = " ".join(word.low for word in words[at + 1 : end])
    return Seen((), at, end, marked=True, name=name)


def _is_number(word: Word) -> bool:
    return word.low[:1].isdigit()


def _of_kind(hits: Sequence[Hit], kind: str, gazetteer: Gazetteer) -> list[Hit]:
    return [h for h in hits if gazetteer.settlement_kinds[h.entry.id] == kind]


def _before_kind(words: Sequence[Word], at: int, kind: str, gazetteer: Gazetteer) -> Seen | None:
    """«3-й микрорайон», «Северный мкр»."""
    if is_short(words[at].low) or not at or not words[at].joined:
        return None
    hits = [h for h in gazetteer.settlement_names.at(words, at - 1) if h.size == 1]
    same = _of_kind(hits, kind, gazetteer)
    if not same:
        return None
    return Seen(tuple(h.entry.id for h in same), at - 1, at + 1, marked=True)


def plain_settlements(
    words: Sequence[Word],
    gazetteer: Gazetteer,
    streets: Sequence[Mention],
    taken: set[int],
) -> list[Seen]:
    """Those named without a kind: «в Борисово», «Ключи, Садовая 3»."""
    found: list[Seen] = []
    for at in range(len(words)):
        if at in taken or (found and at < found[-1].end):
            continue
        hits = gazetteer.settlement_names.at(words, at)
        exact = bool(hits)
        if not hits and _may_be_slip(words, at, streets):
            hits = gazetteer.settlement_names.at(words, at, fuzzy=True)
        hits = [h for h in hits if not set(range(at, at + h.size)) & taken]
        if hits and _is_place(words, at, hits, gazetteer, streets, found):
            ids = tuple(dict.fromkeys(h.entry.id for h in hits))
            found.append(Seen(ids, at, at + hits[0].size, marked=False, exact=exact))
    return found


def _may_be_slip(words: Sequence[Word], at: int, streets: Sequence[Mention]) -> bool:
    """«Клучи, Садовая 7»: a capital and a street right after."""
    word = words[at]
    return word.capital and len(word.low) > 4 and any(s.start in {at + 1, at + 2} for s in streets)


def _is_place(
    words: Sequence[Word],
    at: int,
    hits: Sequence[Hit],
    gazetteer: Gazetteer,
    streets: Sequence[Mention],
    found: Sequence[Seen],
) -> bool:
    hit, word = hits[0], words[at]
    end = at + hit.size
    if street_kind(words[at - 1].low if at else "") and words[at].joined:
        return False
    beside = any(_beside(words, at, end, s, hits, gazetteer) for s in streets)
    if beside:
        return True
    if _is_own_word(words, at, hit):
        return True
    numbered = any(form.isdigit() for form in hit.entry.slots[0])
    if not word.capital or numbered or not hit.exact:
        return False
    if _is_somebody(words, at, end) or (hit.entry.adjective and _qualifies(words, at, end)):
        return False
    return _is_said_as_place(words, at, end, hit, found)


def _is_own_word(words: Sequence[Word], at: int, hit: Hit) -> bool:
    """«жители заозерска»: small letters will do for a word that means nothing else."""
    entry = hit.entry
    if entry.common or entry.adjective or not hit.exact or len(entry.slots) > 1:
        return False
    low = words[at].low
    return not words[at].capital and len(low) > 4 and low.isalpha() and not is_everyday(low)


def _beside(
    words: Sequence[Word],
    at: int,
    end: int,
    street: Mention,
    hits: Sequence[Hit],
    gazetteer: Gazetteer,
) -> bool:
    """A street of that very settlement stands next to the name."""
    if not (0 <= street.start - end <= 2 or 0 <= at - street.end <= 2):
        return False
    first = words[min(end, street.start) : max(at, street.start) + 1][-1:]
    if any(word.opens for word in first) and street.start >= end:
        return False
    own = {h.entry.id for h in hits}
    of = {gazetteer.streets[h.entry.id].settlement_id for h in street.hits}
    return bool(own & of)


def _is_somebody(words: Sequence[Word], at: int, end: int) -> bool:
    after = words[end] if end < len(words) else None
    return bool(after and after.capital and after.gap == " " and is_first_name(after.low))


def _qualifies(words: Sequence[Word], at: int, end: int) -> bool:
    after = words[end] if end < len(words) else None
    before = words[at - 1].low if at and words[at].joined else ""
    return bool(after and after.gap == " " and qualifies(words[end - 1].low, after.low, before))


def _is_said_as_place(
    words: Sequence[Word], at: int, end: int, hit: Hit, found: Sequence[Seen]
) -> bool:
    before = words[at - 1].low if at and words[at].joined else ""
    if before in _PLACE_WORDS or _listed(words, at, found):
        return True
    if hit.entry.common:
        return False
    if words[at].opens or at == 0:
        return _closed(words, end)
    return not (hit.entry.adjective and before in NEAR)


def _listed(words: Sequence[Word], at: int, found: Sequence[Seen]) -> bool:
    """«из Ключей и Заречья», «Лесогорский — Победа»."""
    if not found:
        return False
    last = found[-1].end
    if last == at:
        return words[at].gap.strip() in _SIGNS
    return last == at - 1 and words[last].low in _JOINING


def _closed(words: Sequence[Word], end: int) -> bool:
    """At the start of a sentence any word has a capital: a sign must part a place's name."""
    if end >= len(words):
        return True
    if words[end].gap == "-" and not words[end].capital:
        return False
    gap = words[end].gap.strip(' »"')
    return gap[:1] in {",", ":", ".", "–", "—", "-", "("} or settlement_kind(words[end].low) != ""
