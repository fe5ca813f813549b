"""Names in exports → topics, bodies and settlements of the centre; unknown ones are added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from otklik.base.tables import header_key
from otklik.casework.appeals.actions import PlaceGiven
from otklik.casework.intake.rules import ImportedRow
from otklik.casework.intake.vocabulary import Source
from otklik.directory.organisation.actions.imported import add_found_bodies
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.territory.models import House, Settlement
from otklik.directory.territory.queries import gazetteer
from otklik.directory.topics.actions.imported import add_found_topics
from otklik.directory.topics.models import Topic, TopicAlias
from otklik.language.places import Gazetteer, find_place

_SEARCHED = 1000
"""Characters; people say where it is at the beginning."""


@dataclass
class Names:
    """What is known by name in one municipality; loaded once for a run, grows with it."""

    access: Access
    source: Source
    places: Gazetteer
    topics: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)
    settlements: dict[str, int] = field(default_factory=dict)
    houses: dict[tuple[int, str], int] = field(default_factory=dict)
    new_topics: set[str] = field(default_factory=set)
    new_bodies: set[str] = field(default_factory=set)

    @classmethod
    def load(cls, access: Access, source: Source) -> Names:
        municipality = access.municipality_id
        settlements = Settlement.objects.filter(municipality_id=municipality)
        return cls(
            access=access,
            source=source,
            topics=_topics(municipality, source),
            bodies=_bodies(municipality),
            settlements={header_key(s.name): s.pk for s in settlements},
            places=gazetteer(municipality),
            houses=_houses(municipality),
        )

    def topic(self, name: str) -> int | None:
        return self.topics.get(header_key(name)) if name else None

    def body(self, name: str) -> int | None:
        return self.bodies.get(header_key(name)) if name else None

    def settlement(self, name: str) -> int | None:
        """By the bare name: «с. Ольховка» and «Ольховка» are the same place."""
        key = header_key(name)
        return self.settlements.get(key) or self.settlements.get(key.rpartition(". ")[2])

    def place(self, row: ImportedRow) -> PlaceGiven:
        """Where: the row's own columns first, else what its address or text says."""
        settlement = self.settlement(row.settlement) if row.settlement else None
        given = PlaceGiven(text=row.place, settlement_id=settlement, lat=row.lat, lon=row.lon)
        found = find_place(row.place, self.places, hint=settlement) if row.place else None
        found = found or find_place(row.text[:_SEARCHED], self.places, hint=settlement)
        if found is None or (settlement and found.settlement_id != settlement):
            return given
        house = self.houses.get((found.street_id or 0, found.house or ""))
        return replace(
            given,
            settlement_id=found.settlement_id,
            street_id=found.street_id,
            house_id=house,
            lat=given.lat if given.lat is not None else found.lat,
            lon=given.lon if given.lon is not None else found.lon,
        )

    def learn(self, rows: Iterable[ImportedRow], *, dry_run: bool) -> None:
        """Add topics and bodies that are still unknown; a dry run only counts them."""
        topics: dict[str, tuple[str, str]] = {}
        bodies: dict[str, str] = {}
        for row in rows:
            if row.topic and self.topic(row.topic) is None:
                topics.setdefault(header_key(row.topic), (row.topic, row.topic_group))
            if row.body and self.body(row.body) is None:
                bodies.setdefault(header_key(row.body), row.body)
        self.new_topics.update(topics)
        self.new_bodies.update(bodies)
        if dry_run:
            return
        if topics:
            made = add_found_topics(
                access=self.access,
                groups=dict(topics.values()),
                source=self.source,
                source_label=self.source.label,
            )
            self.topics.update((header_key(name), pk) for name, pk in made.items())
        if bodies:
            added = add_found_bodies(
                access=self.access, names=list(bodies.values()), source=self.source.label
            )
            self.bodies.update((header_key(name), pk) for name, pk in added.items())


def _topics(municipality_id: int, source: Source) -> dict[str, int]:
    """All-Russian names first, then the centre's own lists, then what people mapped by hand."""
    found: dict[str, int] = {}
    ambiguous: set[str] = set()
    common = Topic.objects.filter(edition__municipality__isnull=True, in_use=True)
    for name, pk in common.values_list("name", "pk"):
        key = header_key(name)
        if key in found:
            ambiguous.add(key)
        found[key] = pk
    for key in ambiguous:
        del found[key]
    own = Topic.objects.filter(edition__municipality_id=municipality_id).order_by("pk")
    found.update((header_key(name), pk) for name, pk in own.values_list("name", "pk"))
    aliases = TopicAlias.objects.filter(municipality_id=municipality_id, source=source)
    found.update((header_key(name), pk) for name, pk in aliases.values_list("name", "topic_id"))
    return found


def _bodies(municipality_id: int) -> dict[str, int]:
    found: dict[str, int] = {}
    rows = Body.objects.filter(municipality_id=municipality_id).order_by("-is_active", "pk")
    for name, short, others, pk in rows.values_list("name", "short_name", "external_names", "pk"):
        for known in (name, short, *others):
            if known:
                found.setdefault(header_key(str(known)), pk)
    return found


def _houses(municipality_id: int) -> dict[tuple[int, str], int]:
    rows = House.objects.filter(street__settlement__municipality_id=municipality_id)
    return {
        (street, number): pk for street, number, pk in rows.values_list("street_id", "number", "pk")
    }
