"""A learnt tagger asked about the capitalised words that the rules leave undecided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from otklik.language.masking import famous, nobody, roles, tagger, words
from otklik.language.masking.places import quoted
from otklik.language.masking.tokens import Word

_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]")
_LONGEST = 60
_AROUND = 6
_MOST_LETTERS, _MOST_SENTENCES = 20_000, 300
"""Read by the tagger in one text: in a megabyte of surnames the rest is the rules' alone."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence as numbers of its words: from `first` up to `last`, without it."""

    first: int
    last: int


def tagged(
    text: str, every: Sequence[Word], people: Set[int], places: Set[int]
) -> list[tuple[int, int]]:
    """Runs of words, first and behind the last, that the tagger takes for a person's name, in the
    sentences with a word that is neither in `people` and `places` nor plainly nobody's name."""
    chosen = list(_chosen(text, every, people, places))
    if not chosen:
        return []
    cut = [_cut(text, every, stretch) for stretch in chosen]
    told = tagger.people([[text[start:end] for start, end in tokens] for tokens in cut])
    runs: list[tuple[int, int]] = []
    for stretch, tokens, of_person in zip(chosen, cut, told, strict=True):
        named = {start for (start, _), is_name in zip(tokens, of_person, strict=True) if is_name}
        runs += _runs(every, stretch, named)
    return runs


def _chosen(
    text: str, every: Sequence[Word], people: Set[int], places: Set[int]
) -> Iterator[Stretch]:
    letters, first, count = 0, 0, 0
    while first < len(every) and letters < _MOST_LETTERS and count < _MOST_SENTENCES:
        last = _end(every, first)
        if any(
            at not in people
            and at not in places
            and (undecided(text, every, at) or _beside(every, at, people))
            for at in range(first, last)
        ):
            letters += every[last - 1].end - every[first].start
            count += 1
            yield Stretch(first, last)
        first = last


def _end(every: Sequence[Word], first: int) -> int:
    last = first + 1
    while last < len(every) and not every[last].opens and last - first < _LONGEST:
        last += 1
    return last


def _beside(every: Sequence[Word], at: int, people: Set[int]) -> bool:
    """Half of a name may have been found: «Витька ⟦Хряпы⟧»."""
    word = every[at]
    if not word.part.capital or len(word.text) < 2 or word.text.isupper():
        return False
    if roles.is_nobody(word.text) or word.opens or nobody.is_thing(word.text):
        return False
    after = at + 1 in people and every[at + 1].joined
    return after or (at - 1 in people and word.joined)


def undecided(text: str, every: Sequence[Word], at: int) -> bool:
    """Whether a word may be a name of a living person for all that the rules know."""
    word = every[at]
    part = word.part
    if not part.capital or len(word.text) < 3 or word.text.isupper():
        return False
    if roles.is_nobody(word.text) or famous.is_famous(word.text) or nobody.is_no_one(every, at):
        return False
    person = part.name or part.surname or part.patronymic
    if part.geo and not person:
        return False
    if part.adjective:
        return adjective_alone(every, at)
    if not (person or part.strange) and (word.opens or not _may_be_surname(word.text)):
        return False
    return not quoted(text, [word])


def adjective_alone(every: Sequence[Word], at: int) -> bool:
    """«Свенцицкий молчит», «Луганского А.»; not «Ленинский район», «Ленинский и Октябрьский»."""
    word, after = every[at], every[at + 1] if at + 1 < len(every) else None
    if after is not None and after.initial:
        return True
    if word.opens or not word.text.endswith("ий"):
        return False
    if after is None or not after.joined:
        return words.speech(every[at - 1].text) not in {"NOUN", "CONJ"}
    return words.speech(after.text) not in {"NOUN", "ADJF", "CONJ"} and not after.part.capital


def _may_be_surname(word: str) -> bool:
    """Ordinary words that are borne as surnames more often than as the name of a place or a
    body: living beings, short forms, plurals like «Черных»."""
    return (
        words.is_someone(word)
        or words.speech(word) in {"ADJS", "PRTS"}
        or word.endswith(("ых", "их"))
    )


def _cut(text: str, every: Sequence[Word], stretch: Stretch) -> list[tuple[int, int]]:
    """Words and signs of a sentence and of what stands around it: the tagger learnt on whole
    texts, and reads the edge of one worse."""
    start = every[max(0, stretch.first - _AROUND)].start
    end = every[min(stretch.last + _AROUND, len(every)) - 1].end + 2
    return [match.span() for match in _TOKEN.finditer(text, start, end)]


def _runs(every: Sequence[Word], stretch: Stretch, named: Set[int]) -> Iterator[tuple[int, int]]:
    at = stretch.first
    while at < stretch.last:
        size = 0
        while at + size < stretch.last and every[at + size].start in named:
            if size and not every[at + size].joined:
                break
            size += 1
        if size:
            yield at, at + size
        at += size or 1
