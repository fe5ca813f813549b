"""Kept ratings: who may open them, what they show to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from otklik.base.errors import NotFound
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.ratings.formulas import EDITIONS, Edition
from otklik.insight.ratings.formulas.tally import Rated, Settings, Tally
from otklik.insight.ratings.models import CountedCases, Snapshot
from otklik.insight.ratings.queries.counting import sees_whole
from otklik.insight.ratings.rules.marks import Counted, unpacked
from otklik.insight.ratings.vocabulary import PartName, SnapshotState, Subject, System

WORKING = (Permission.VIEW_APPEALS, Permission.DRAFT, Permission.APPROVE, Permission.ANALYTICS)
"""Rights that make a person a participant: the published rating is for them."""

GONE = "Такого снимка рейтинга нет.", "Вернитесь к списку снимков."


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A snapshot as this person may see it.

    Whoever sees the whole sees all rows. To others a published snapshot shows all rows and opens
    the cases of their own bodies; a preliminary one shows their own counts only and no totals,
    because shares pulled towards others would tell of them.
    """

    snapshot: Snapshot
    rows: Sequence[Rated]
    tallies: Sequence[Tally]
    settings: Settings
    edition: Edition
    whole: bool
    own: frozenset[int]

    @property
    def formula(self) -> str:
        return self.edition.text(self.settings)

    @property
    def parts(self) -> list[PartName]:
        return [part for part in PartName if self.settings.weights[part] > 0]

    @property
    def bare(self) -> bool:
        """Only counts are shown."""
        return not self.whole and not self.snapshot.is_published

    def opens(self, subject_id: int) -> bool:
        """Whether this person may open the cases counted for the subject."""
        return self.whole or (self.snapshot.subject == Subject.BODY and subject_id in self.own)

    def row(self, subject_id: int) -> Rated | None:
        return next((one for one in self.rows if one.subject_id == subject_id), None)

    def tally(self, subject_id: int) -> Tally | None:
        return next((one for one in self.tallies if one.subject_id == subject_id), None)


def snapshots_of(access: Access) -> QuerySet[Snapshot]:
    """Snapshots this person may open, the newest period first."""
    found = Q(pk__in=[])
    if any(access.may(right) for right in WORKING):
        found = Q(state=SnapshotState.PUBLISHED)
    for system in System:
        if sees_whole(access, system.channel):
            found |= Q(system=system)
        elif own_bodies(access, system.channel):
            found |= Q(system=system, subject=Subject.BODY)
    return Snapshot.objects.filter(found, municipality_id=access.municipality_id)


def snapshot(access: Access, pk: int) -> Kept:
    """A snapshot with its rows as kept; NotFound when this person may not open it. One query."""
    found = snapshots_of(access).filter(pk=pk).first()
    if found is None:
        raise NotFound(*GONE)
    return kept(access, found)


def kept(access: Access, found: Snapshot) -> Kept:
    """The rows of a snapshot by the edition it was counted by. No queries."""
    channel = System(found.system).channel
    whole = sees_whole(access, channel)
    own = own_bodies(access, channel)
    edition = EDITIONS[found.formula]
    settings = Settings(**found.settings)
    tallies = [Tally(**one) for one in found.tallies]
    rows = edition.rate(tallies, settings)
    if not whole and not found.is_published:
        rows = []
        tallies = [one for one in tallies if one.subject_id in own]
    return Kept(
        snapshot=found,
        rows=rows,
        tallies=tallies,
        settings=settings,
        edition=edition,
        whole=whole,
        own=own,
    )


def own_bodies(access: Access, channel: str) -> frozenset[int]:
    """Bodies this person works for: not those of rights over the whole municipality."""
    reaches = [access.reach(right) for right in WORKING]
    if channel:
        reaches = [one.at(channel) for one in reaches]
    return frozenset[int]().union(*(one.body_ids for one in reaches))


def counted_of(found: Kept, subject_id: int, rows: str) -> list[Counted]:
    """The questions counted for a subject and standing behind a figure, as they were counted.

    NotFound when this person may not open them.
    """
    if not found.opens(subject_id) or found.tally(subject_id) is None:
        raise NotFound(*GONE)
    return [one for one in all_counted(found.snapshot, subject_id) if one.stands_in(rows)]


def all_counted(found: Snapshot, subject_id: int) -> list[Counted]:
    columns = (
        CountedCases.objects.filter(snapshot=found, subject_id=subject_id)
        .values("question_ids", "appeal_ids", "marks", "used", "passed")
        .first()
    )
    return unpacked({**columns}) if columns else []


def latest_edition(found: Snapshot) -> bool:
    """Whether no later edition of the period stands."""
    return not editions_of(found).filter(edition__gt=found.edition).exists()


def editions_of(found: Snapshot) -> QuerySet[Snapshot]:
    """All editions of the period, the first one first."""
    return Snapshot.objects.filter(
        municipality_id=found.municipality_id,
        subject=found.subject,
        system=found.system,
        since=found.since,
        until=found.until,
    ).order_by("edition")
