"""Who belongs together: a group of cases, each alike with most of the others. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set

LEAST, MOST_LEAST = 3, 50
"""How many cases make a problem: as shipped, and the greatest a centre may set (at least 2)."""


def fits(alike: int, compared: int) -> bool:
    """Whether a case goes with a problem: alike with at least a third of its cases at hand, so
    that one odd message does not drag a street's other troubles along."""
    return alike > 0 and alike * 3 >= compared


def group_of(
    centre: int, likeness: Mapping[int, Set[int]], apart: Collection[frozenset[int]] = ()
) -> list[int]:
    """The cases of one incident with `centre`, it first, then by how many they are alike with.

    `likeness`: for each case those it is alike with. A case stays while it is alike with at least
    half of the group. `apart`: sets whose cases a person has said are not of one incident.
    """
    around = sorted(likeness.get(centre, set()), key=lambda one: (-len(likeness[one]), one))
    group = [centre]
    for one in around:
        if not any(one in said and said & set(group) for said in apart):
            group.append(one)
    while len(group) > 1:
        weakest = min(group[1:], key=lambda one: (_ties(one, group, likeness), -one))
        if _ties(weakest, group, likeness) * 2 >= len(group) - 1:
            break
        group.remove(weakest)
    return group


def _ties(one: int, group: list[int], likeness: Mapping[int, Set[int]]) -> int:
    return len(likeness.get(one, set()) & set(group))
