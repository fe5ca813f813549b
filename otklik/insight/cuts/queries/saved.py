"""Saved cuts one may open, and what they ask for on the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from otklik.base.errors import NotFound
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.cuts.models import CutPin, SavedCut
from otklik.insight.cuts.queries.cutting import cut
from otklik.insight.cuts.rules import Cut, Request, View, read_also, rolled
from otklik.insight.cuts.vocabulary import (
    Against,
    Audience,
    Counted,
    Dimension,
    Measure,
    Picture,
    Rolling,
    Share,
)

MOST_PINNED = 4
"""Cuts one board shows: each costs up to four statements."""


@dataclass(frozen=True, kw_only=True)
class Pinned:
    """A cut on one's board, counted with one's own right."""

    saved: SavedCut
    view: View
    cut: Cut


def readable(access: Access) -> QuerySet[SavedCut]:
    """One's own cuts and those opened to one, by name; `pinned` says which are on the board."""
    access = access.require_any(Permission.ANALYTICS)
    roles = {label for held in access.roles.values() for label, _ in held}
    open_to_me = (
        Q(account_id=access.account_id)
        | Q(audience=Audience.ALL)
        | Q(audience=Audience.ROLE, role__label__in=roles)
        | Q(audience=Audience.PERSONS, readers__contains=[access.account_id or 0])
    )
    pins = CutPin.objects.filter(cut=OuterRef("pk"), account_id=access.account_id or 0)
    found = SavedCut.objects.filter(open_to_me, municipality_id=access.municipality_id)
    return found.select_related("role", "mailing").annotate(pinned=Exists(pins))


def saved_cuts(access: Access) -> Sequence[SavedCut]:
    """One's own cuts by name."""
    return list(readable(access).filter(account_id=access.account_id))


def saved_cut(access: Access, cut_id: int) -> SavedCut:
    """A cut one may open; NotFound for one that is not open to this person."""
    saved = readable(access).filter(pk=cut_id).first()
    if saved is None:
        raise NotFound("Такого сохранённого разреза у вас нет.", "Обновите список.")
    return saved


def saved_request(access: Access, cut_id: int) -> tuple[Request, Measure]:
    """What a saved cut asks for; NotFound for one that is not open to this person."""
    saved = saved_cut(access, cut_id)
    return view_of(saved, None).request, Measure(saved.measure)


def view_of(saved: SavedCut, today: date | None) -> View:
    """The cut as it opens on a day; without a day its dates stay as they were kept."""
    asked = Request(
        rows=Dimension(saved.rows),
        columns=Dimension(saved.columns) if saved.columns else None,
        filter=AppealFilter.parse(saved.filter),
        also=read_also(saved.filter),
        counted=Counted(saved.counted),
        against=Against(saved.against),
        measures=tuple(Measure(one) for one in saved.measures if one in Measure.values)
        or (Measure(saved.measure),),
    )
    span = rolled(Rolling(saved.rolling), today) if today else None
    if span is not None:
        asked = replace(asked, filter=replace(asked.filter, since=span[0], until=span[1]))
    return View(request=asked, share=Share(saved.share), picture=Picture(saved.picture))


def pinned_cuts(access: Access, *, now: datetime) -> Sequence[Pinned]:
    """Cuts this person pinned to his board, at most MOST_PINNED, each counted with his right.

    Raises Forbidden without the right to analysis.
    """
    zone = Municipality.objects.get(pk=access.municipality_id).tz
    found = []
    for saved in readable(access).filter(pins__account_id=access.account_id or 0)[:MOST_PINNED]:
        view = view_of(saved, now.astimezone(zone).date())
        counted = cut(access, view.request, now=now)
        found.append(Pinned(saved=saved, view=view, cut=counted))
    return found
