"""Names of living people in a text, told from streets, schools and squares named after people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from otklik.language.masking import famous, places, roles, words
from otklik.language.masking.apart import apart
from otklik.language.masking.extending import begins_at
from otklik.language.masking.introducing import is_signature, role_before
from otklik.language.masking.latin import latin_names
from otklik.language.masking.lists import read
from otklik.language.masking.persons import alone
from otklik.language.masking.second_reader import tagged
from otklik.language.masking.shapes_of_names import run_at
from otklik.language.masking.spans import PERSON, Span
from otklik.language.masking.tokens import Word, split
from otklik.language.masking.weighing import is_person, trimmed

_OFFICE = re.compile(r"(?:ция|ство|ние|тет|ент|дума|совет|район|округ|город)$")
# «Рамзия апа», «Фаиль абый»: how elders are addressed.
_ELDERS = read("of_elders")
_AND = frozenset(("и", "или", "с", "да"))


def names(text: str) -> Iterator[Span]:
    """People's names: surname, name and patronymic in any usual order, with initials, or alone
    where what stands around says that it is a person."""
    every = split(text)
    eaten: set[int] = set()
    found = list(_first_look(text, every, eaten))
    aside = list(apart(text, every))
    yield from aside
    found += _second_look(text, every, _inside(every, [*found, *aside]), eaten)
    yield from found
    yield from _namesakes(text, every, found)
    yield from latin_names(text, roles.CITIZEN)


def _first_look(text: str, every: Sequence[Word], eaten: set[int]) -> Iterator[Span]:
    """By the rules. Into `eaten` go the words of places."""
    at, place_end = 0, -1
    while at < len(every):
        word = every[at]
        if not (word.part.capital or word.initial or _of_person(word)):
            at += 1
            continue
        of_place = places.named_after(text, every, at) or places.goes_on(text, every, at, place_end)
        if of_place:
            eaten.update(range(at, at + of_place))
            at += of_place
            place_end = at
            continue
        size, shape = run_at(every, at)
        role = role_before(text, every, at)
        if size and not places.is_place(text, every, at, size, shape, role):
            yield _span(text, every, at, size, role)
        elif size:
            eaten.update(range(at, at + size))
        elif alone(text, every, at, role):
            yield _span(text, every, at, 1, role)
        at += size or 1


def _second_look(
    text: str, every: Sequence[Word], people: set[int], eaten: set[int]
) -> Iterator[Span]:
    """What the rules left undecided, read by the tagger and weighed."""
    for first, last in tagged(text, every, people, eaten):
        if all(at in people or at in eaten for at in range(first, last)):
            continue
        begin, end = trimmed(every, first, last)
        if is_person(text, every, begin, end):
            yield _span(text, every, begin, end - begin, role_before(text, every, begin))


def _of_person(word: Word) -> bool:
    part = word.part
    return part.name or part.surname or part.patronymic or part.strange


def _span(text: str, every: Sequence[Word], at: int, size: int, role: str) -> Span:
    begin = begins_at(text, every, at)
    if begin < at:
        role = role_before(text, every, begin)
    last = every[at + size - 1]
    end = last.end + (1 if last.initial and text[last.end : last.end + 1] == "." else 0)
    after = every[at + size] if at + size < len(every) else None
    if after is not None and after.joined and after.text in _ELDERS:
        end = after.end
    said = role or (roles.APPLICANT if is_signature(text, every, begin, end) else roles.CITIZEN)
    return Span(PERSON, every[begin].start, end, said)


def _namesakes(text: str, every: Sequence[Word], found: Sequence[Span]) -> Iterator[Span]:
    """A surname met before as part of a full name, and the neighbours of a person in a list."""
    inside = _inside(every, found)
    stems = {famous.stem(every[at].text) for at in inside if every[at].part.surname}
    for at, word in enumerate(every):
        if at in inside or not word.part.capital or len(word.text) < 3:
            continue
        if not word.part.surname:
            if _nameless(every, at, inside):
                inside.add(at)
                yield Span(PERSON, word.start, word.end, roles.CITIZEN)
            continue
        again = famous.stem(word.text) in stems and _may_be_again(text, every, at)
        if again or _listed(text, every, at, inside):
            inside.add(at)
            yield Span(PERSON, word.start, word.end, roles.CITIZEN)


def _nameless(every: Sequence[Word], at: int, inside: set[int]) -> bool:
    """«Кирюша и Лечи»: a word beside a person that is nothing else."""
    word = every[at]
    if word.text.isupper() or word.part.geo or word.part.adjective:
        return False
    if word.opens and not word.part.strange:
        return False
    likely = word.part.name or word.part.strange or words.is_subject(word.text)
    return likely and not _OFFICE.search(word.text) and _joined_by_and(every, at, inside)


def _inside(every: Sequence[Word], found: Sequence[Span]) -> set[int]:
    ends = {span.start: span.end for span in found}
    inside: set[int] = set()
    end = 0
    for at, word in enumerate(every):
        end = max(end, ends.get(word.start, 0))
        if word.end <= end:
            inside.add(at)
    return inside


def _may_be_again(text: str, every: Sequence[Word], at: int) -> bool:
    if places.named_after(text, every, at) or places.beside_number(text, every[at]):
        return False
    where = at > 0 and every[at - 1].text.casefold() in roles.LIVING
    return not (where and famous.is_famous(every[at].text))


def _listed(text: str, every: Sequence[Word], at: int, inside: set[int]) -> bool:
    """«Гусейнов, Савина, Перевалова»; «Левченко, Гончар и Дробот»."""
    word = every[at]
    if word.part.geo and word.part.ordinary and at - 1 not in inside:
        return False
    if _joined_by_and(every, at, inside):
        return True
    if not word.part.may("nomn"):
        return False
    for other, low, high in ((at - 1, at - 1, at), (at + 1, at, at + 1)):
        if other in inside and low >= 0 and high < len(every):
            gap = text[every[low].end : every[high].start]
            if gap in {", ", ",", "; "} and not places.beside_number(text, word):
                return True
    return False


def _joined_by_and(every: Sequence[Word], at: int, inside: set[int]) -> bool:
    """«Левченко и Дробот», «Хамзату и Лечи»: one of the two is known for a person."""
    for other, between in ((at - 2, at - 1), (at + 2, at + 1)):
        if other in inside and 0 <= between < len(every) and every[between].text in _AND:
            last = every[max(at, other)]
            if every[between].text == "с" and not every[at].part.may("ablt", "nomn"):
                continue
            if every[between].joined and last.joined and not last.opens:
                return not (roles.is_named(every[at].text) or roles.is_street(every[at].text))
    return False
