"""An index of names by the forms of their words; searched in microseconds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from otklik.language.places.forms import Slot
from otklik.language.places.tokens import Word, cuts, one_slip

_SHORTEST_FUZZY = 4
_ENDING = re.compile(
    r"(?<=[а-я]{3})(?:ого|его|ому|ему|ыми|ими|ами|ями|ая|яя|ое|ее|ой|ей|ый|ий|ым|им|ую|юю|ых|их|ом|ем"
    r"|ам|ям|ах|ях|ою|ею|ы|и|а|я|о|е|у|ю|ь|й)$"
)
_FILLERS = frozenset(("номер", "им", "имени"))


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to write a name. `whole` is false for a shortening, «Павлова» for «Академика
    Павлова»; `common` for an everyday word; `adjective` for one that qualifies other words."""

    id: int
    slots: tuple[Slot, ...]
    whole: bool = True
    common: bool = False
    adjective: bool = False
    dated: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """`size`: how many words it takes; `exact` is false where a slip was forgiven."""

    entry: Entry
    size: int
    exact: bool = True


class Names:
    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_form: dict[str, list[Entry]] = defaultdict(list)
        self._stems: dict[str, set[str]] = defaultdict(set)
        self._cuts: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            for form in entry.slots[0]:
                self._by_form[form].append(entry)
                stem = _ENDING.sub("", form)
                if (
                    len(form) >= _SHORTEST_FUZZY
                    and form.isalpha()
                    and form not in self._stems[stem]
                ):
                    self._stems[stem].add(form)
                    for cut in cuts(stem):
                        self._cuts[cut].add(stem)

    def at(self, words: Sequence[Word], at: int, *, fuzzy: bool = False) -> list[Hit]:
        """The longest names that begin at a word; with a slip forgiven only if asked and nothing
        fits exactly."""
        low = words[at].low
        if low in self._by_form:
            hits = self._longest(words, at, (low,), slips=False)
            if hits:
                return hits
        joined = _joined(words, at)
        if joined and joined in self._by_form:
            return [Hit(e, 2) for e in self._by_form[joined] if len(e.slots) == 1]
        if not fuzzy:
            return []
        return self._longest(words, at, [*self._near(low), low], slips=True)

    def _longest(
        self, words: Sequence[Word], at: int, firsts: Iterable[str], *, slips: bool
    ) -> list[Hit]:
        found: dict[int, Hit] = {}
        for form in firsts:
            for entry in self._by_form.get(form, ()):
                size = _size(entry, words, at, slips=slips)
                known = found.get(entry.id)
                if size and (
                    known is None or (entry.whole, size) > (known.entry.whole, known.size)
                ):
                    found[entry.id] = Hit(entry, size, exact=not slips)
        longest = max((len(hit.entry.slots) for hit in found.values()), default=0)
        return [hit for hit in found.values() if len(hit.entry.slots) == longest]

    def _near(self, low: str) -> list[str]:
        if len(low) < _SHORTEST_FUZZY or not low.isalpha():
            return []
        stem = _ENDING.sub("", low)
        tail = low[len(stem) :]
        stems = {s for cut in cuts(stem) for s in self._cuts.get(cut, ()) if _alike(stem, s)}
        return [f for s in stems for f in self._stems[s] if f[len(s) :] == tail]


def _alike(given: str, known: str) -> bool:
    """Short stems are told apart by one letter too often."""
    if given == known:
        return True
    return min(len(given), len(known)) >= _SHORTEST_FUZZY - 1 and one_slip(given, known)


def _joined(words: Sequence[Word], at: int) -> str:
    if at + 1 < len(words) and words[at + 1].gap == "-":
        return words[at].low + words[at + 1].low
    return ""


def _size(entry: Entry, words: Sequence[Word], at: int, *, slips: bool) -> int:
    """How many words the name takes from here on; 0 if it does not fit."""
    next_ = at + 1
    for slot in entry.slots[1:]:
        if next_ < len(words) and words[next_].low in _FILLERS and words[next_].low not in slot:
            next_ += 1
        if next_ >= len(words) or not _follows(words[next_]):
            return 0
        low = words[next_].low
        if low not in slot and not (slips and _near_slot(low, slot)):
            return 0
        next_ += 1
    return next_ - at


def _follows(word: Word) -> bool:
    return word.joined or word.gap.strip(" \u00a0") in {"№", "«", '"', "»", "(", "№\u00a0"}


def _near_slot(low: str, slot: Slot) -> bool:
    return len(low) >= 5 and any(len(f) >= 5 and one_slip(low, f) for f in slot)
