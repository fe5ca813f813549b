"""What the page of the map asks: conditions, what to put together, what to say of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from otklik.base import clock
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.appeals.vocabulary import Status
from otklik.directory.territory.models import BaseMap
from otklik.directory.territory.queries import base_map, settlements
from otklik.directory.territory.rules import level_for, size_km
from otklik.insight.heatmap.queries import Layer, layer_of
from otklik.insight.heatmap.vocabulary import PEOPLED, Shade, View
from otklik.language.wording import number
from otklik.web.desk.frame import DeskRequest
from otklik.web.desk.heat.overlays import OVERLAYS
from otklik.web.desk.insight.asking import Asked, FilterForm, asked

GRAINS = ("large", "medium", "small")
LABELS = ("крупные", "средние", "мелкие")
RUSSIA = [19.0, 41.0, 180.0, 82.0]
MARGIN = 0.1


class MapForm(FilterForm):
    """The words of the filter, of the view, and of what is drawn over it."""

    status = forms.ChoiceField(label="Состояние", required=False)
    open = forms.BooleanField(label="В работе", required=False)
    view = forms.ChoiceField(label="Показать", choices=View.choices)
    shade = forms.ChoiceField(label="Заливка", choices=Shade.choices)
    grain = forms.ChoiceField(label="Ячейки", choices=tuple(zip(GRAINS, LABELS, strict=True)))

    def __init__(self, request: DeskRequest, levels: dict[str, str], *args: Any) -> None:
        super().__init__(request, *args)
        self._choices("status", Status.choices)
        grain = self.fields["grain"]
        assert isinstance(grain, forms.ChoiceField)
        grain.choices = list(levels.items())
        for overlay in OVERLAYS:
            self.fields[overlay.field] = forms.BooleanField(label=overlay.label, required=False)


@dataclass(frozen=True, kw_only=True)
class MapAsked:
    """`level` is the size of hexagons; `overlays` are slugs of what is drawn over the layer."""

    asked: Asked
    view: View
    shade: Shade
    grain: str
    level: int
    bounds: list[float]
    base: BaseMap | None
    overlays: tuple[str, ...]
    now: datetime

    @property
    def wanted(self) -> AppealFilter:
        return self.asked.wanted

    def form(self, request: DeskRequest) -> MapForm:
        south, north = self.bounds[1], self.bounds[3]
        coarsest = self.level - GRAINS.index(self.grain)
        levels = {
            grain: f"{label}, около {_far(size_km(coarsest + step, (south + north) / 2))}"
            for step, (grain, label) in enumerate(zip(GRAINS, LABELS, strict=True))
        }
        return MapForm(request, levels, {**self.wanted.pairs(), **self.asked.more})

    def layer(self, request: DeskRequest) -> Layer:
        return layer_of(request.access, self.wanted, view=self.view, level=self.level, now=self.now)


def map_asked(request: DeskRequest) -> MapAsked:
    """What this address asks; what cannot be shown together is set right."""
    given = request.GET
    view = _one_of(View, given.get("view", ""), View.PLACES)
    shade = _one_of(Shade, given.get("shade", ""), Shade.COUNT)
    if shade == Shade.PER_1000 and view not in PEOPLED:
        shade = Shade.COUNT
    grain = given.get("grain", "") if given.get("grain", "") in GRAINS else GRAINS[1]
    shown = tuple(one.slug for one in OVERLAYS if given.get(one.field))
    more = {"view": view.value, "shade": shade.value, "grain": grain}
    more |= {one.field: "1" for one in OVERLAYS if one.slug in shown}
    drawn = base_map(request.municipality.pk)
    bounds = _bounds(request, drawn.bounds if drawn else [])
    return MapAsked(
        asked=asked(request, more),
        view=view,
        shade=shade,
        grain=grain,
        level=level_for(bounds[0], bounds[2]) + GRAINS.index(grain),
        bounds=bounds,
        base=drawn,
        overlays=shown,
        now=clock.now(),
    )


def _bounds(request: DeskRequest, bounds: list[float]) -> list[float]:
    """Of the base map, else of the settlements, else of the country."""
    if len(bounds) == 4:
        return [float(edge) for edge in bounds]
    known = [
        (place.lon, place.lat)
        for place in settlements(request.municipality.pk)
        if place.lon is not None and place.lat is not None
    ]
    if not known:
        return RUSSIA
    lons, lats = [lon for lon, _ in known], [lat for _, lat in known]
    return [
        min(lons) - MARGIN,
        min(lats) - MARGIN,
        max(lons) + MARGIN,
        max(lats) + MARGIN,
    ]


def _one_of(choices: Any, given: str, usual: Any) -> Any:
    return choices(given) if given in choices.values else usual


def _far(kilometres: float) -> str:
    if kilometres < 1:
        return f"{number(round(kilometres, 2) * 1000)}\u00a0м"
    return f"{number(kilometres, 1)}\u00a0км"
