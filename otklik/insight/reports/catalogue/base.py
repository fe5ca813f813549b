"""What a kind of paper is; each module of this package offers one as `KIND`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from otklik.base.rhythm import Rhythm, Step
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.papers.rules import Document
from otklik.insight.papers.writers.xlsx import Sheet
from otklik.insight.reports.rules.plan import Plan

MONTHLY = Rhythm(step=Step.MONTH, day=3)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to count. `access` reaches no further than the kind: into its channels, or one body.

    `scope` says what of the municipality is counted («по каналу «ПОС»»), empty for all of it;
    `whole`: nothing of what the kind tells of is hidden from him;
    `at` is the moment of «in work» and «overdue»: now, or the end of a period that has passed.
    """

    access: Access
    town: Municipality
    since: date
    until: date
    now: datetime
    at: datetime
    recipient: str
    scope: str = ""
    whole: bool = True
    body: Body | None = None


@dataclass(frozen=True, kw_only=True)
class Composed:
    """The document without its number and date, and the sheets of its workbook.

    A `quiet` one tells nothing new: it is made when asked for, not by schedule.
    """

    document: Document
    sheets: Sequence[Sheet] = ()
    quiet: bool = False


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`compose` returns None when there is nothing to say.

    `name` stands in the catalogue, `title` before the number («Отчёт № 4/2026»). `rights` beside
    the right to reports are needed to make and to read it. A `public` paper is checked for
    personal data before it is signed; one that is `whole_only` is made by those who see
    everything.
    """

    slug: str
    name: str
    title: str
    about: str
    compose: Callable[[Wanted], Composed | None]
    plan: Plan
    order: int
    rights: tuple[Permission, ...] = (Permission.ANALYTICS,)
    channels: tuple[str, ...] = ()
    of_body: bool = False
    public: bool = False
    whole_only: bool = False
    recipient: str = ""
    clauses: tuple[str, ...] = field(default=())

    @property
    def step(self) -> Step:
        return self.plan.rhythm.step
