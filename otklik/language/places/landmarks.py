"""Landmarks: «напротив школы № 2», «у магазина „Магнит“», «за ДК»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from otklik.language.places.gazetteer import Gazetteer
from otklik.language.places.kinds import NEAR
from otklik.language.places.names import Hit
from otklik.language.places.tokens import Word

_NEAR = NEAR | {"остановка", "остановке", "остановки", "рядом", "районе", "около", "мимо"}
_PLACES = re.compile(
    r"(?:школ|магазин|аптек|больниц|поликлиник|церкв|храм|рын|вокзал|стадион|парк|сквер|клуб"
    r"|библиотек|почт|садик|гимнази|лице|кладбищ|администраци|котельн|остановк|мост|завод|кафе"
    r"|пятероч|магнит)[а-я]{0,4}|дк|фап|црб|тц|трц|азс"
)
_MAX = 4


@dataclass(frozen=True, slots=True)
class Sight:
    """A landmark by indices of words. No `ids`: unknown to the gazetteer, `name` is as written."""

    ids: tuple[int, ...]
    start: int
    end: int
    name: str = ""


def landmarks(words: Sequence[Word], gazetteer: Gazetteer) -> list[Sight]:
    found: list[Sight] = []
    for at in range(len(words)):
        if found and at < found[-1].end:
            continue
        hits = [h for h in gazetteer.landmark_names.at(words, at) if _is_sight(words, at, h)]
        if hits:
            ids = tuple(dict.fromkeys(h.entry.id for h in hits))
            found.append(Sight(ids, at, at + hits[0].size))
    return found


def _is_sight(words: Sequence[Word], at: int, hit: Hit) -> bool:
    """One everyday word needs «у», «за», a quote or capitals of its own."""
    if not hit.entry.common:
        return True
    before = words[at - 1].low if at and words[at].joined else ""
    return before in _NEAR or any(sign in words[at].gap for sign in '«"„“')


def unknown_sights(words: Sequence[Word], taken: set[int]) -> list[Sight]:
    """What a text names after «напротив», «возле», «у» and the gazetteer lacks."""
    found: list[Sight] = []
    for at in range(1, len(words)):
        if at in taken or words[at - 1].low not in NEAR or not words[at].joined:
            continue
        if not _PLACES.fullmatch(words[at].low) or words[at - 1].low in {"на", "в", "с", "к", "по"}:
            continue
        end = at + 1
        while end < len(words) and end - at < _MAX and end not in taken and _goes_on(words[end]):
            end += 1
        if end == at + 1 and len(words[at].low) > 3:
            continue
        found.append(Sight((), at, end, " ".join(w.low for w in words[at:end])))
    return found


def _goes_on(word: Word) -> bool:
    named = word.capital and word.low[:1].isalpha() and any(s in word.gap for s in '«"„“ ')
    numbered = word.low.isdigit() and word.gap.strip() in {"", "№"}
    return (named and word.gap.strip() in {"", "«", '"', "„", "“"}) or numbered
