"""What happened to ratings: weights, peers, snapshots, contested cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from otklik.base.events import Event
from otklik.insight.ratings.vocabulary import ContestState, Subject, System
from otklik.language.wording import period_figures


@dataclass(frozen=True, kw_only=True)
class RatingWeighed(Event):
    title: ClassVar[str] = "Изменены веса рейтинга"

    """`before` and `after`: weights by part, `minimum`, `prior`, `contest_days`."""

    subject: ClassVar[str] = "rating_scheme"

    system: str
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)

    def sentence(self) -> str:
        return f"Изменены веса рейтинга: {System(self.system).label}"


@dataclass(frozen=True, kw_only=True)
class PeersGrouped(Event):
    subject: ClassVar[str] = "rating_peers"
    title: ClassVar[str] = "Изменены группы равных"

    name_given: str
    body_ids: tuple[int, ...] = ()

    def sentence(self) -> str:
        if not self.body_ids:
            return f"Удалена группа равных «{self.name_given}»"
        return f"Изменена группа равных «{self.name_given}»: органов — {len(self.body_ids)}"


@dataclass(frozen=True, kw_only=True)
class _OfSnapshot(Event):
    subject: ClassVar[str] = "rating_snapshot"

    subject_kind: str
    system: str
    since: date
    until: date
    edition: int = 1

    @property
    def told(self) -> str:
        edition = f", редакция {self.edition}" if self.edition > 1 else ""
        kind, system = Subject(self.subject_kind).label, System(self.system).label
        return f"{kind}, {system}, {period_figures(self.since, self.until)}{edition}"


@dataclass(frozen=True, kw_only=True)
class SnapshotMade(_OfSnapshot):
    title: ClassVar[str] = "Составлен снимок рейтинга"

    excluded: int = 0

    def sentence(self) -> str:
        return f"Составлен снимок рейтинга: {self.told}"


@dataclass(frozen=True, kw_only=True)
class SnapshotPublished(_OfSnapshot):
    title: ClassVar[str] = "Рейтинг опубликован"

    def sentence(self) -> str:
        return f"Рейтинг опубликован для участников: {self.told}"


@dataclass(frozen=True, kw_only=True)
class CountingContested(Event):
    subject: ClassVar[str] = "rating_contest"
    title: ClassVar[str] = "Оспорен учёт в рейтинге"

    body: str
    figure: str
    reason: str

    def sentence(self) -> str:
        return f"{self.body}: оспорен учёт в рейтинге"


@dataclass(frozen=True, kw_only=True)
class ContestDecided(Event):
    subject: ClassVar[str] = "rating_contest"
    title: ClassVar[str] = "Решено об учёте в рейтинге"

    body: str
    state: str
    reason: str

    def sentence(self) -> str:
        return f"{self.body}: {ContestState(self.state).label} (рейтинг)"
