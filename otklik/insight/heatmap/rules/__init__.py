"""Pure geometry of the heat map."""

from otklik.insight.heatmap.rules.grid import Box, Grid, per_thousand

__all__ = ["Box", "Grid", "per_thousand"]
