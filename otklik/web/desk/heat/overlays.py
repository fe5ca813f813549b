"""What is drawn over the layer: any screen adds its own by `add`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from otklik.casework.problems.models import Problem
from otklik.casework.problems.queries import count_seen, problems_of
from otklik.casework.problems.vocabulary import OPEN_STATES
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.language.wording import counted

MOST = 200


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One thing on the map; `url` leads to its card."""

    title: str
    text: str
    lon: float
    lat: float
    url: str


@dataclass(frozen=True, kw_only=True)
class Overlay:
    """`read` gives what this person may see, the most important first."""

    slug: str
    label: str
    read: Callable[[Access], Sequence[Mark]]

    @property
    def field(self) -> str:
        return f"with_{self.slug}"


OVERLAYS: list[Overlay] = []


def add(overlay: Overlay) -> None:
    """Once a slug: a second of the same name takes the place of the first."""
    OVERLAYS[:] = [*(one for one in OVERLAYS if one.slug != overlay.slug), overlay]


def problem_marks(access: Access) -> list[Mark]:
    """Open problems at their own point, else at their settlement; two statements."""
    if not access.may(Permission.VIEW_APPEALS):
        return []
    found = problems_of(access).filter(state__in=OPEN_STATES).select_related("settlement")
    rows = list(found.order_by("-cases_count", "-pk")[:MOST])
    count_seen(access, rows)
    return [mark for one in rows if (mark := _mark(one)) is not None]


def _mark(one: Problem) -> Mark | None:
    own = one.lat is not None and one.lon is not None
    place = one if own else one.settlement
    if place is None or place.lat is None or place.lon is None:
        return None
    said = counted(one.cases_count, ("обращение", "обращения", "обращений"))
    return Mark(
        title=f"{one}: {one.title}",
        text=f"{one.get_state_display()}, {said}",
        lon=place.lon,
        lat=place.lat,
        url=reverse("desk:problem", args=[one.pk]),
    )


add(Overlay(slug="problems", label="Массовые проблемы", read=problem_marks))
