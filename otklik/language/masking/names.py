"""Names of living people in a text, told from streets, schools and squares named after people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from otklik.language.masking import words as kinds
from otklik.language.masking.spans import Span
from otklik.language.masking.words import Part

_TOKEN = re.compile(r"[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*")
_NEAR = re.compile(r"[ \t\u00a0]{0,3}\n?[ \t\u00a0]{0,3}")
_AFTER_INITIAL = re.compile(r"\.[ \t\u00a0]{0,2}")
_NUMBER_AFTER = re.compile(
    r"[\s,]{0,3}(?:д(?:ом)?\.?[\s№]{0,2})?\d{1,3}(?:[\s,./-]|[а-я]\b|$)", re.IGNORECASE
)
_NEAREST = 3
# Part letters: S surname, N name, P patronymic, I initial with its full stop.
_SHAPES = ("SNP", "NPS", "NSP", "SII", "IIS", "NP", "SN", "NS", "SI", "IS")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int
    part: Part
    dotted: bool
    joined: bool
    """Nothing but spaces between it and the word before."""

    @property
    def initial(self) -> bool:
        return self.dotted and len(self.text) == 1 and self.text.isupper()


def names(text: str) -> Iterator[Span]:
    """People's names: surname, name and patronymic in any usual order, with initials, or after a
    word that introduces a person."""
    words = _words(text)
    at = 0
    while at < len(words):
        if words[at].part is kinds.NOTHING and not words[at].initial:
            at += 1
            continue
        eaten = _place(words, at)
        if eaten:
            at += eaten
            continue
        size = _person(words, at)
        if size and not _is_address(text, words[at : at + size]):
            yield Span("имя", words[at].start, _end(text, words[at + size - 1]))
            at += size
            continue
        at += 1


def _words(text: str) -> list[_Word]:
    matches = list(_TOKEN.finditer(text))
    looked_at = _worth_a_look(matches)
    found: list[_Word] = []
    last = -1
    for index, match in enumerate(matches):
        word, start, end = match.group(0), match.start(), match.end()
        dotted = text[end : end + 1] == "."
        joined = last >= 0 and (
            text[last:start] == " " or _touches(text[last:start], bool(found) and found[-1].initial)
        )
        part = kinds.part(word) if index in looked_at else kinds.NOTHING
        found.append(_Word(word, start, end, part, dotted, joined))
        last = end
    return found


def _touches(gap: str, after_initial: bool) -> bool:
    return (_AFTER_INITIAL if after_initial else _NEAR).fullmatch(gap) is not None


def _worth_a_look(matches: Sequence[re.Match[str]]) -> set[int]:
    """Capitalised words, and words in small letters beside what ends like a patronymic: looking
    every word up in the dictionary would take most of the time."""
    chosen: set[int] = set()
    for index, match in enumerate(matches):
        word = match.group(0)
        if len(word) > 1 and (word[0].isupper() or kinds.is_title(word)):
            chosen.add(index)
        elif len(word) > 4 and kinds.is_patronymic(word):
            chosen.update(range(max(0, index - 2), min(index + 2, len(matches))))
    return chosen


def _person(words: Sequence[_Word], at: int) -> int:
    """How many words from `at` are one person's name."""
    for shape in _SHAPES:
        run = words[at : at + len(shape)]
        if _takes(run, shape):
            return len(shape) if _certain(run, shape) else 0
    return _introduced(words, at)


def _takes(run: Sequence[_Word], shape: str) -> bool:
    return (
        len(run) == len(shape)
        and all(word.joined for word in run[1:])
        and all(_fits(word, letter) for word, letter in zip(run, shape, strict=True))
    )


def _fits(word: _Word, letter: str) -> bool:
    if letter == "I":
        return word.initial
    part = word.part
    if letter == "P":
        return part.patronymic
    if not part.capital and letter == "S":
        return part.surname and part.known
    return part.surname if letter == "S" else part.name


def _certain(run: Sequence[_Word], shape: str) -> bool:
    """Small letters are trusted only next to a patronymic; «я вера» is no one."""
    if "P" in shape:
        return True
    return all(word.part.capital or word.initial for word in run)


def _introduced(words: Sequence[_Word], at: int) -> int:
    """«Меня зовут Мария», «сосед Петров», «гр. Иванова»."""
    if not at or not words[at].part.capital:
        return 0
    before, word = words[at - 1].text.casefold(), words[at]
    by_name = before in kinds.INTRODUCING and (word.part.name or word.part.surname)
    by_role = kinds.is_role(before) and word.part.surname and words[at].joined
    return 1 if by_name or by_role else 0


def _place(words: Sequence[_Word], at: int) -> int:
    """How many words from `at` are a name that the place spoken of just before bears."""
    marker = _marker(words, at)
    if not marker:
        return 0
    size = 0
    while at + size < len(words) and kinds.is_title(words[at + size].text):
        size += 1
    first = at + size
    while first < len(words) and words[first].initial:
        first += 1
    if first > at + size:
        return first + 1 - at
    person = _person(words, first) if first < len(words) else 0
    run = words[first : first + person]
    if any(word.part.nominative_person for word in run):
        return size
    if person and _person(words, first + 1) > person - 1:
        # «ул. Ленина Иванова Мария Петровна»: the name's owner begins after the street.
        return size + 1
    return size + (person or 1)


def _marker(words: Sequence[_Word], at: int) -> bool:
    """A word of places stands right before: «ул.», «площадь имени», «школа», «д.»."""
    if not at or words[at].start - words[at - 1].end > _NEAREST:
        return False
    before = words[at - 1]
    if not words[at].text[:1].isupper():
        return kinds.is_street(before.text) and kinds.is_title(words[at].text)
    short = before.dotted and kinds.is_short_settlement(before.text)
    return short or kinds.is_street(before.text) or kinds.is_named(before.text)


def _is_address(text: str, run: Sequence[_Word]) -> bool:
    """«Карла Маркса, 5» and «Павлова улица»: the name stands for a street."""
    tail = text[run[-1].end : run[-1].end + 24]
    named = [word for word in run if not word.initial]
    if any(word.part.patronymic for word in run) or len(run) - len(named) > 1:
        return False
    if len(named) < len(run) and (run[-1].initial or run[-1].part.nominative):
        return False
    following = _TOKEN.search(tail)
    street_after = following is not None and kinds.is_street(following.group(0))
    genitive = all(word.part.genitive for word in named) and not run[-1].part.nominative_person
    return genitive and (street_after or _NUMBER_AFTER.match(tail) is not None)


def _end(text: str, last: _Word) -> int:
    return last.end + (1 if last.initial and text[last.end : last.end + 1] == "." else 0)
