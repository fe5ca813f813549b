"""Who is rated: bodies, or what bodies are added up to, or settlements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from otklik.base.errors import NotFound
from otklik.directory.organisation.models import Block, BlockMember, Body
from otklik.insight.cuts.queries import labels_of
from otklik.insight.cuts.vocabulary import Dimension
from otklik.insight.ratings.queries.weights import groups_of_bodies
from otklik.insight.ratings.rules.families import FAMILIES, family_of
from otklik.insight.ratings.vocabulary import Subject

Item = TypeVar("Item")


@dataclass(frozen=True)
class Rateable:
    """One subject: its name, its peers and the bodies (settlements) it is added up of."""

    pk: int
    name: str
    group: str
    keys: frozenset[int]


def rateable(
    subject: Subject,
    municipality_id: int,
    keys: Iterable[int],
    groups: Mapping[int, str] | None = None,
) -> list[Rateable]:
    """The subjects that these bodies (settlements) count for. At most two queries.

    `groups` takes the place of the groups kept, to see what a change would do.
    """
    ids = sorted(set(keys))
    if subject == Subject.SETTLEMENT:
        names = labels_of(Dimension.SETTLEMENT, list(ids), municipality_id)
        return [Rateable(pk, names[pk], "", frozenset([pk])) for pk in ids]
    if subject == Subject.BLOCK:
        return _blocks(municipality_id, ids)
    bodies = Body.objects.filter(municipality_id=municipality_id, pk__in=ids)
    if subject == Subject.FAMILY:
        return _families(bodies)
    known = groups_of_bodies(municipality_id) if groups is None else groups
    return [
        Rateable(body.pk, str(body), known.get(body.pk, ""), frozenset([body.pk]))
        for body in bodies
    ]


def keys_of(subject: Subject, municipality_id: int, pk: int) -> frozenset[int]:
    """The bodies (settlements) a subject is added up of; NotFound for what is not there."""
    if subject in (Subject.BODY, Subject.SETTLEMENT):
        return frozenset([pk])
    bodies = Body.objects.filter(municipality_id=municipality_id)
    if subject == Subject.BLOCK:
        found = bodies.filter(block_memberships__block_id=pk)
    else:
        kinds = [one.kinds for one in FAMILIES if one.pk == pk]
        found = bodies.filter(kind__in=kinds[0] if kinds else [])
    ids = frozenset(found.values_list("pk", flat=True))
    if not ids:
        raise NotFound("Такого участника рейтинга нет.", "Вернитесь к рейтингу.")
    return ids


def gathered(
    subjects: Sequence[Rateable],
    by_key: Mapping[int, Item],
    join: Callable[[Rateable, list[Item]], Item],
) -> list[Item]:
    """What was counted by body, added up by subject; subjects without anything are left out."""
    found = ((one, [by_key[key] for key in sorted(one.keys) if key in by_key]) for one in subjects)
    return [join(one, items) for one, items in found if items]


def _blocks(municipality_id: int, ids: Sequence[int]) -> list[Rateable]:
    members = BlockMember.objects.filter(
        block__municipality_id=municipality_id, body_id__in=ids
    ).values_list("block_id", "body_id")
    bodies: dict[int, set[int]] = defaultdict(set)
    for block, body in members:
        if body is not None:
            bodies[block].add(body)
    blocks = Block.objects.filter(pk__in=bodies)
    return [Rateable(one.pk, one.name, "", frozenset(bodies[one.pk])) for one in blocks]


def _families(bodies: Iterable[Body]) -> list[Rateable]:
    found: dict[int, set[int]] = defaultdict(set)
    for body in bodies:
        found[family_of(body.kind).pk].add(body.pk)
    return [
        Rateable(one.pk, one.name, "", frozenset(found[one.pk]))
        for one in FAMILIES
        if one.pk in found
    ]
