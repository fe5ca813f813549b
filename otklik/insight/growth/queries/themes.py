"""Letters of the period and of the weeks before it, for the words that are new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from otklik.casework.appeals.queries import matching
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.territory.models import Settlement, Street
from otklik.insight.growth.rules.themes import Letter, Theme, new_themes

READ_NOW, READ_A_WEEK, WEEKS = 1_200, 300, 8
"""So many letters are read at most, the newest of the period and of each week before."""
LONGEST = 2_000
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NewTheme:
    theme: Theme
    rows: AppealFilter


def themes_of(access: Access, wanted: AppealFilter) -> tuple[Sequence[NewTheme], int]:
    """New words of the letters this person may read, and how many letters were read now.

    Bounded work: `READ_NOW` letters of the period and `READ_A_WEEK` of each of eight weeks before
    it, eleven statements. Empty for one who counts but may not read letters.
    """
    if wanted.since is None or wanted.until is None or not access.may(Permission.VIEW_APPEALS):
        return [], 0
    now = _letters(access, wanted, READ_NOW)
    then: list[Letter] = []
    for week in range(1, WEEKS + 1):
        since = wanted.since - week * _WEEK
        before = replace(wanted, since=since, until=since + _WEEK - _DAY)
        then += _letters(access, before, READ_A_WEEK)
    found = new_themes(now, then, _names_of_places(access.municipality_id))
    return [NewTheme(one, replace(wanted, q=one.words)) for one in found], len(now)


def _letters(access: Access, wanted: AppealFilter, limit: int) -> list[Letter]:
    rows = matching(access, wanted).order_by("-received_at", "-pk")
    pairs = rows.values_list("applicant_id", "text")[:limit]
    return [Letter(person, text[:LONGEST]) for person, text in pairs]


def _names_of_places(municipality_id: int) -> set[str]:
    """Words of the names of settlements and streets: an address is nobody's theme."""
    settlements = Settlement.objects.filter(municipality_id=municipality_id)
    streets = Street.objects.filter(settlement__municipality_id=municipality_id)
    names = [
        *settlements.values_list("name", flat=True),
        *streets.values_list("name", flat=True).distinct()[:5_000],
    ]
    return {word for name in names for word in name.lower().replace("-", " ").split()}
