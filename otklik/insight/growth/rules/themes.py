"""Words people had hardly used before and use now: the first sight of a new theme. Pure.

Nothing personal comes through: a word must stand in the letters of several people, be no name,
surname, patronymic, place or organisation by any of its readings, and never begin with a capital
inside a sentence, in any letter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log
from pathlib import Path

from scipy.special import betainc

from otklik.language.lemmas import LONGEST_WORD, analyser

LEAST = 5
"""So many people must have used a word."""
TIMES = 4
"""Its part among letters must have grown at least so much."""
ALPHA = 0.01
MOST = 12
MOST_WORDS = 400
"""A letter is read up to this word."""
COVERED = 0.75
_WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*|[.!?…\n]")
_CONTENT = ("NOUN", "ADJF", "ADJS", "INFN", "VERB", "PRTF", "PRTS")
_PERSONAL = ("Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Init", "Abbr")
_EMPTY = frozenset((Path(__file__).parent / "empty_words.txt").read_text(encoding="utf-8").split())


@dataclass(frozen=True)
class Letter:
    """One text; `person` tells people apart and is nothing else."""

    person: int
    text: str


@dataclass(frozen=True)
class Theme:
    """A word or a pair of words as people mostly wrote it; `share`s are of letters that hold it."""

    words: str
    now: int
    people: int
    then: int
    share: float
    share_then: float


Term = tuple[str, ...]


@dataclass
class _Spoken:
    """Numbers of the letters with every word and pair, who wrote it, and in which forms."""

    letters: dict[Term, set[int]] = field(default_factory=dict)
    people: dict[Term, set[int]] = field(default_factory=dict)
    forms: dict[Term, Counter[str]] = field(default_factory=dict)
    proper: set[str] = field(default_factory=set)

    def read(self, number: int, letter: Letter, hidden: Collection[str]) -> None:
        for term, written in _terms(letter.text, hidden, self.proper):
            self.letters.setdefault(term, set()).add(number)
            self.people.setdefault(term, set()).add(letter.person)
            self.forms.setdefault(term, Counter())[written] += 1

    def count(self, term: Term) -> int:
        return len(self.letters.get(term, ()))


def new_themes(
    now: Sequence[Letter], then: Sequence[Letter], hidden: Collection[str] = ()
) -> list[Theme]:
    """The clearest first; `hidden` are words never to be shown (names of streets and places)."""
    if len(now) < 2 * LEAST or len(then) < 2 * LEAST:
        return []
    fresh, old = _spoken(now, hidden), _spoken(then, hidden)
    proper = fresh.proper | old.proper
    frequent = [
        term
        for term, people in fresh.people.items()
        if len(people) >= LEAST and proper.isdisjoint(term)
    ]
    bar = ALPHA / max(len(frequent), 1)
    part = len(now) / (len(now) + len(then))
    found: list[tuple[float, Term]] = []
    for term in frequent:
        a, b = fresh.count(term), old.count(term)
        if a * len(then) < TIMES * max(b, 0.5) * len(now):
            continue
        # The exact conditional test: of all letters with the word, so many are of now.
        chance = float(betainc(a, b + 1, part))
        if chance < bar:
            found.append((log(max(chance, 1e-300)), term))
    found.sort()
    chosen = _once([term for _, term in found], fresh.letters)
    return [_theme(term, fresh, old, len(now), len(then)) for term in chosen[:MOST]]


def _once(terms: Sequence[Term], letters: dict[Term, set[int]]) -> list[Term]:
    """Words that stand in nearly the same letters are told once: by a pair, else by a noun."""
    chosen: list[Term] = []
    for term in sorted(terms, key=lambda one: (-len(one), not _is_noun(one[0]))):
        own = letters[term]
        if not any(len(own & letters[one]) >= COVERED * len(own) for one in chosen):
            chosen.append(term)
    return [term for term in terms if term in chosen]


def _theme(term: Term, fresh: _Spoken, old: _Spoken, many: int, many_then: int) -> Theme:
    now, then = fresh.count(term), old.count(term)
    words = fresh.forms[term].most_common(1)[0][0]
    return Theme(words, now, len(fresh.people[term]), then, now / many, then / many_then)


def _spoken(letters: Sequence[Letter], hidden: Collection[str]) -> _Spoken:
    masked = frozenset(word.lower().replace("ё", "е") for word in hidden)
    found = _Spoken()
    for number, letter in enumerate(letters):
        found.read(number, letter, masked)
    return found


def _terms(text: str, hidden: Collection[str], proper: set[str]) -> Iterator[tuple[Term, str]]:
    """Common words of the text and neighbours among them, each with the form it was written in.

    A full stop parts neighbours; words with a capital inside a sentence go into `proper`.
    """
    before, form, begins = "", "", True
    for place, token in enumerate(_WORD.findall(text)):
        if place > MOST_WORDS:
            return
        if not token[0].isalpha():
            before, begins = "", True
            continue
        low = token.lower()
        word = "" if low.replace("ё", "е") in hidden else common(low)
        if token[0].isupper() and not begins and not token.isupper():
            proper.add(word)
            word = ""
        begins = False
        if word in hidden or word in _EMPTY:
            word = ""
        if word:
            yield (word,), low
            if before and before != word:
                yield (before, word), f"{form} {low}"
        before, form = word, low


@lru_cache(maxsize=100_000)
def common(word: str) -> str:
    """The dictionary form of a common word of meaning, «ё» as «е»; else an empty string."""
    if not 4 <= len(word) <= LONGEST_WORD:
        return ""
    readings = analyser().parse(word)
    if any(mark in reading.tag for reading in readings for mark in _PERSONAL):
        return ""
    first = readings[0]
    if first.tag.POS not in _CONTENT:
        return ""
    return str(first.normal_form).replace("ё", "е")


@lru_cache(maxsize=10_000)
def _is_noun(lemma: str) -> bool:
    return bool(analyser().parse(lemma)[0].tag.POS == "NOUN")
