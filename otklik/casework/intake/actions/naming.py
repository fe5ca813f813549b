"""Names in exports → topics, bodies and settlements of the centre; unknown ones are added."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from otklik.base.tables import header_key
from otklik.casework.intake.rules import ImportedRow
from otklik.casework.intake.vocabulary import Source
from otklik.directory.organisation.actions.imported import add_found_bodies
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.territory.models import Settlement
from otklik.directory.topics.actions.imported import add_found_topics
from otklik.directory.topics.models import Topic, TopicAlias


@dataclass
class Names:
    """What is known by name in one municipality; loaded once for a run, grows with it."""

    access: Access
    source: Source
    topics: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)
    settlements: dict[str, int] = field(default_factory=dict)
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
        )

    def topic(self, name: str) -> int | None:
        return self.topics.get(header_key(name)) if name else None

    def body(self, name: str) -> int | None:
        return self.bodies.get(header_key(name)) if name else None

    def settlement(self, name: str) -> int | None:
        """By the bare name: «с. Ольховка» and «Ольховка» are the same place."""
        key = header_key(name)
        return self.settlements.get(key) or self.settlements.get(key.rpartition(". ")[2])

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
