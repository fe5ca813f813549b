"""Pure parts of the heat map."""

from otklik.insight.heatmap.rules.classes import Class, changes_of, classes_of, level_of
from otklik.insight.heatmap.rules.grid import (
    FEWEST_SHOWN,
    Grid,
    masked,
    per_thousand,
    public_grid,
)
from otklik.insight.heatmap.rules.indicators import INDICATORS
from otklik.insight.heatmap.rules.playing import (
    Frame,
    Playback,
    frame_starts,
    frames_of,
    step_for,
)
from otklik.insight.heatmap.rules.releases import (
    KEPT,
    PublicCell,
    Quarter,
    quarters_before,
    summed,
)
from otklik.insight.heatmap.rules.spots import FEW, Place, Spot, said_place

__all__ = [
    "FEW",
    "FEWEST_SHOWN",
    "INDICATORS",
    "KEPT",
    "Class",
    "Frame",
    "Grid",
    "Place",
    "Playback",
    "PublicCell",
    "Quarter",
    "Spot",
    "changes_of",
    "classes_of",
    "frame_starts",
    "frames_of",
    "level_of",
    "masked",
    "per_thousand",
    "public_grid",
    "quarters_before",
    "said_place",
    "step_for",
    "summed",
]
