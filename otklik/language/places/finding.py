"""All the places a text speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from otklik.language.places.building import (
    Page,
    of_kilometre,
    of_landmark,
    of_settlement,
    of_street,
    with_landmark,
)
from otklik.language.places.gazetteer import Gazetteer
from otklik.language.places.kinds import CROSSING, NEAR, street_kind
from otklik.language.places.landmarks import Sight, landmarks, unknown_sights
from otklik.language.places.letters import readable
from otklik.language.places.mention import Mention
from otklik.language.places.model import Address
from otklik.language.places.numbers import HOUSE_WORDS, Houses, houses_at, houses_ending
from otklik.language.places.resolution import Choice, Surroundings, choose, distance
from otklik.language.places.roads import kilometres
from otklik.language.places.settlements import Seen, marked_settlements, plain_settlements
from otklik.language.places.streets import mentions
from otklik.language.places.tokens import Word, words_of

MAX_CHARS = 20_000
_NOTHING = Gazetteer([])
_NEAREST_HOUSE = 3
_ABSORBED = 4


@dataclass(frozen=True, slots=True)
class _Read:
    """What stands in a text, by indices of words."""

    words: list[Word]
    streets: list[Mention]
    seen: list[Seen]
    sights: list[Sight]
    loose: list[Houses]


def find_addresses(
    text: str, gazetteer: Gazetteer | None = None, *, hint: int | None = None
) -> list[Address]:
    """Places in order of the text, one for each house; without a gazetteer they stay unresolved.

    `hint`: the applicant's settlement. Only the first 20,000 characters are read. Never fails.
    """
    known = gazetteer or _NOTHING
    page = Page(text[:MAX_CHARS], [], known)
    read = _read(readable(page.text), known)
    page = replace(page, words=read.words)
    choices = _chosen(read, known, hint)
    found = [a for m, c in choices for a in of_street(page, m, c, _partner(m, choices, read))]
    found += [
        of_settlement(page, seen, houses, hint)
        for seen, houses in _lone_settlements(read, choices, known)
    ]
    found = _with_sights(page, read, found)
    roads = [of_kilometre(item, page.text) for item in kilometres(page.text)]
    found = [a for a in found if not any(_inside(a, road) for road in roads)] + roads
    return sorted(found, key=lambda address: address.span)


def _inside(address: Address, road: Address) -> bool:
    return road.span[0] <= address.span[0] and address.span[1] <= road.span[1]


def _read(text: str, gazetteer: Gazetteer) -> _Read:
    words = words_of(text)
    marked = marked_settlements(words, gazetteer)
    sights = [s for s in landmarks(words, gazetteer) if not _overlaps(s, marked)]
    taken = _taken(sights) | _taken(marked)
    streets = mentions(words, gazetteer, taken)
    loose = _house_groups(words)
    streets = [_with_houses(m, words, loose, streets) for m in streets]
    taken |= _taken(streets)
    plain = plain_settlements(words, gazetteer, streets, taken)
    sights += unknown_sights(words, taken | _taken(plain))
    seen = sorted([*marked, *plain], key=lambda item: item.start)
    return _Read(words, streets, seen, sights, loose)


def _overlaps(one: Sight, others: Sequence[Seen]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _taken(items: Iterable[Seen | Mention | Sight]) -> set[int]:
    return {index for item in items for index in range(item.start, item.end)}


def _house_groups(words: Sequence[Word]) -> list[Houses]:
    """Numbers announced by «дом», wherever they stand."""
    found: list[Houses] = []
    for at, word in enumerate(words):
        if word.low not in HOUSE_WORDS or (found and at < found[-1].end):
            continue
        group = houses_at(words, at, said_only=True) or houses_ending(words, at)
        if group:
            found.append(group)
    return found


def _with_houses(
    mention: Mention, words: Sequence[Word], loose: Sequence[Houses], streets: Sequence[Mention]
) -> Mention:
    """«в доме 12 на Садовой», «Чкалова, между домами 9 и 11»."""
    if mention.houses:
        return mention
    before = [g for g in loose if _leads_to(g, mention, words)]
    if before:
        return replace(mention, houses=before[-1], start=before[-1].start)
    following = min((m.start for m in streets if m.start >= mention.end), default=len(words))
    for group in loose:
        gap = group.start - mention.end
        if 0 <= gap <= _NEAREST_HOUSE and group.end <= following:
            between = words[mention.end : group.start + 1]
            if not any(word.opens for word in between) and not _leads_on(group, following, words):
                return replace(mention, houses=group, end=group.end)
    return mention


def _leads_on(group: Houses, following: int, words: Sequence[Word]) -> bool:
    """The house belongs to the next street: «от Кирова до дома 5 по Садовой»."""
    return following < len(words) and 0 <= following - group.end <= 1


def _leads_to(group: Houses, mention: Mention, words: Sequence[Word]) -> bool:
    between = words[group.end : mention.start]
    if group.end > mention.start or len(between) > 2:
        return False
    if not all(w.low in NEAR or street_kind(w.low) for w in between):
        return False
    gaps = words[group.end : mention.start + 1]
    return not any(word.opens or "," in word.gap for word in gaps[: len(gaps)] if not between)


def _chosen(read: _Read, gazetteer: Gazetteer, hint: int | None) -> list[tuple[Mention, Choice]]:
    """Each street twice: certain ones help those that could be anywhere."""
    around = Surroundings(read.seen, hint=hint)
    first = [(m, choose(m, around, gazetteer)) for m in read.streets]
    certain = frozenset(c.street.settlement_id for _, c in first if c.street)
    if not any(c.candidates for _, c in first) or not certain:
        return first
    around = replace(around, others=certain)
    return [(m, choose(m, around, gazetteer) if c.candidates else c) for m, c in first]


def _partner(
    mention: Mention, choices: Sequence[tuple[Mention, Choice]], read: _Read
) -> tuple[Mention, Choice] | None:
    """The other street of a crossing: both without a house, side by side."""
    if mention.houses:
        return None
    for other, choice in choices:
        if other is mention or other.houses:
            continue
        first, second = sorted((mention, other), key=lambda item: item.start)
        if 0 <= second.start - first.end <= 1 and _is_crossing(first, second, read.words):
            return other, choice
    return None


def _is_crossing(first: Mention, second: Mention, words: Sequence[Word]) -> bool:
    """«угол Ленина и Мира», «Ленина/Мира»; not «с Ленина на Мира»."""
    if any(word.low in CROSSING for word in words[max(first.start - 2, 0) : first.start]):
        return True
    return second.start == first.end and words[second.start].gap.strip() == "/"


def _lone_settlements(
    read: _Read, choices: Sequence[tuple[Mention, Choice]], gazetteer: Gazetteer
) -> list[tuple[Seen, Houses | None]]:
    """Settlements that are no part of a street's address."""
    found = []
    claimed = {m.houses for m, _ in choices if m.houses}
    for index, seen in enumerate(read.seen):
        if any(_belongs(seen, mention, choice) for mention, choice in choices):
            continue
        after = read.seen[index + 1] if index + 1 < len(read.seen) else None
        if _is_town_of(seen, after, read, gazetteer):
            continue
        houses = houses_at(read.words, seen.end, said_only=True)
        found.append((seen, houses if houses not in claimed else None))
    return found


def _belongs(seen: Seen, mention: Mention, choice: Choice) -> bool:
    near = distance(seen, mention) <= _ABSORBED
    if choice.seen is seen:
        return near
    return bool(near and choice.street and choice.street.settlement_id in seen.ids)


def _is_town_of(seen: Seen, after: Seen | None, read: _Read, gazetteer: Gazetteer) -> bool:
    """«г. Старозёрск, мкр Северный»: the town says where the district is."""
    town = any(gazetteer.settlement_kinds[pk] == "город" for pk in seen.ids)
    if not town:
        return False
    starts = [m.start for m in read.streets] + ([after.start] if after else [])
    return any(0 <= start - seen.end <= 1 for start in starts)


def _with_sights(page: Page, read: _Read, found: list[Address]) -> list[Address]:
    """A landmark beside a street says where on the street; alone it is a place by itself."""
    result = list(found)
    for sight in read.sights:
        start, end = page.words[sight.start].start, page.words[sight.end - 1].end
        beside = [
            i
            for i, address in enumerate(result)
            if address.street
            and not address.landmark
            and max(start - address.span[1], address.span[0] - end) < 25
        ]
        if beside:
            result[beside[0]] = with_landmark(page, result[beside[0]], sight)
        elif sight.ids or not found:
            result.append(of_landmark(page, sight, read.seen))
    return result
