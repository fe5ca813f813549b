"""The all-Russian classifier that ships with the product."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import transaction

from otklik.directory.topics.models import Edition, Topic

SLUG = "russia-2025-10-31"
TITLE = "Типовой общероссийский тематический классификатор обращений граждан"
ISSUED_ON = date(2025, 10, 31)
_DATA = Path(__file__).resolve().parent.parent / "data"


@transaction.atomic
def install_builtin_edition() -> Edition:
    """Load the shipped edition where it is missing; a second call changes nothing.

    Only entries of the municipal part are offered for choice (`in_use`); the rest is for search.
    """
    edition, _ = Edition.objects.get_or_create(
        municipality=None, slug=SLUG, defaults={"title": TITLE, "issued_on": ISSUED_ON}
    )
    Edition.objects.select_for_update().get(pk=edition.pk)
    known = dict(Topic.objects.filter(edition=edition).values_list("code", "pk"))
    groups = {row["code"]: row["group"] for row in _rows("classifier_municipal.tsv")}
    names = {row["code"]: row["name"] for row in _rows("classifier_municipal.tsv")}
    names |= {row["code"]: row["name"] for row in _rows("classifier.tsv")}
    by_depth: dict[int, list[str]] = {}
    for code in names:
        if code not in known:
            by_depth.setdefault(code.count("."), []).append(code)
    for _, codes in sorted(by_depth.items()):
        topics = [
            Topic(
                edition=edition,
                parent_id=known.get(code.rpartition(".")[0]),
                code=code,
                name=names[code][:500],
                group=groups.get(code, ""),
                in_use=code in groups,
            )
            for code in codes
        ]
        known |= {topic.code: topic.pk for topic in Topic.objects.bulk_create(topics)}
    return edition


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
