"""Topics that exports name and no classifier of the centre has."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.topics.events import TopicsFound
from otklik.directory.topics.models import Edition, Topic
from otklik.records.journal.actions import record


@transaction.atomic
def add_found_topics(
    *, access: Access, groups: Mapping[str, str], source: str, source_label: str
) -> dict[str, int]:
    """Add topics (name → group) to the centre's own list for this source; returns ids by name."""
    access = access.require(Permission.IMPORT)
    edition, _ = Edition.objects.get_or_create(
        municipality_id=access.municipality_id,
        slug=f"import-{source}",
        defaults={"title": f"Темы из выгрузок: {source_label}"},
    )
    # The row lock keeps two imports from taking the same codes.
    Edition.objects.select_for_update().get(pk=edition.pk)
    here = Topic.objects.filter(edition=edition)
    known = dict(here.filter(name__in=groups).values_list("name", "pk"))
    new = [name for name in groups if name not in known]
    start = here.count()
    made = Topic.objects.bulk_create(
        [
            Topic(edition=edition, code=f"{number:04d}", name=name, group=groups[name])
            for number, name in enumerate(new, start=start + 1)
        ]
    )
    if new:
        event = TopicsFound(subject_id=edition.pk, names=tuple(new), source=source_label)
        record(event, actor=access.actor, municipality_id=access.municipality_id)
    return known | {topic.name: topic.pk for topic in made}
