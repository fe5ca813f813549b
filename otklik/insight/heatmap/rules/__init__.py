"""Pure geometry of the heat map."""

from otklik.insight.heatmap.rules.grid import (
    FEWEST_SHOWN,
    Box,
    Grid,
    masked,
    per_thousand,
    public_grid,
)

__all__ = ["FEWEST_SHOWN", "Box", "Grid", "masked", "per_thousand", "public_grid"]
