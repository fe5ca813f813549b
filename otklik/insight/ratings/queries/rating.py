"""The rating of a period, every figure with its way to the cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from otklik.base.errors import Refused
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.queries import facts_of
from otklik.insight.cuts.vocabulary import Counted as What
from otklik.insight.facts.models import QuestionFact
from otklik.insight.ratings.formulas import IN_FORCE, Edition
from otklik.insight.ratings.formulas.tally import Rated, Settings, Tally, together
from otklik.insight.ratings.queries.counting import (
    column_of,
    countable,
    rows_condition,
    sees_whole,
)
from otklik.insight.ratings.queries.subjects import Rateable, gathered, keys_of, rateable
from otklik.insight.ratings.queries.tallies import counts_by
from otklik.insight.ratings.queries.weights import settings_of
from otklik.insight.ratings.vocabulary import PartName, RowSet, Subject, System

MEASURED = {rows.value: rows for rows in (RowSet.TIMED, RowSet.CHECKED)}
"""Row sets that the list of questions knows besides its own conditions."""


@dataclass(frozen=True, kw_only=True)
class Rating:
    """Subjects best first within their group, the formula as printed, the settings in force.

    `whole` is False where the reader sees only a part of the cases: places and common shares are
    then among what he sees.
    """

    rows: Sequence[Rated]
    tallies: Sequence[Tally]
    settings: Settings
    edition: Edition
    filter: AppealFilter
    subject: Subject = Subject.BODY
    whole: bool = True

    @property
    def system(self) -> System:
        return System.of(self.filter.channel)

    @property
    def formula(self) -> str:
        return self.edition.text(self.settings)

    @property
    def parts(self) -> list[PartName]:
        """Parts that weigh something, in the order of the formula."""
        return [part for part in PartName if self.settings.weights[part] > 0]

    @property
    def groups(self) -> dict[str, list[Rated]]:
        """Rows by group of peers, groups in order of name."""
        found: dict[str, list[Rated]] = {}
        for row in self.rows:
            found.setdefault(row.group, []).append(row)
        return found

    def tally(self, subject_id: int) -> Tally | None:
        return next((one for one in self.tallies if one.subject_id == subject_id), None)

    def row(self, subject_id: int) -> Rated | None:
        return next((one for one in self.rows if one.subject_id == subject_id), None)


def rating(
    access: Access,
    wanted: AppealFilter,
    *,
    now: datetime,
    subject: Subject = Subject.BODY,
    settings: Settings | None = None,
    groups: Mapping[int, str] | None = None,
) -> Rating:
    """Rate what this person may see by the questions received in the period.

    Narrow `wanted` to a channel for the rating of one system. `settings` and `groups` take the
    place of those kept, to see what a change would do. One reading of the packs and at most five
    small statements, whatever the number of cases. Raises Forbidden, and Refused without a closed
    period.
    """
    if wanted.since is None or wanted.until is None:
        raise Refused("Рейтинг строится за период.", "Укажите начало и конец периода.")
    place = access.municipality_id
    chosen = settings or settings_of(place, System.of(wanted.channel))
    by_key = {
        key: Tally(subject_id=key, name="", **counts)
        for key, counts in counts_by(access, wanted, subject, now).items()
    }
    subjects = rateable(subject, place, by_key, groups)
    tallies = gathered(subjects, by_key, _added)
    return Rating(
        rows=IN_FORCE.rate(tallies, chosen),
        tallies=tallies,
        settings=chosen,
        edition=IN_FORCE,
        filter=wanted,
        subject=subject,
        whole=sees_whole(access, wanted.channel),
    )


def _added(one: Rateable, tallies: list[Tally]) -> Tally:
    return together(tallies, subject_id=one.pk, name=one.name, group=one.group)


def rows_behind(
    access: Access,
    wanted: AppealFilter,
    *,
    subject: Subject,
    subject_id: int,
    rows: str,
    now: datetime,
) -> QuerySet[QuestionFact]:
    """The questions behind a figure of a rating, one row a question, unordered.

    As many as the figure says, by the same rights. Raises Forbidden and NotFound.
    """
    found = countable(access, wanted, subject, now).filter(rows_condition(rows, now))
    keys = keys_of(subject, access.municipality_id, subject_id)
    return found.filter(**{f"{column_of(subject)}__in": sorted(keys)})


def questions_of(
    access: Access, wanted: AppealFilter, *, now: datetime, measured: str = ""
) -> QuerySet[QuestionFact]:
    """Questions behind a number of the analysis, one row a question, unordered."""
    found = facts_of(access, wanted, What.QUESTIONS, now)
    return found.filter(rows_condition(measured, now)) if measured in MEASURED else found
