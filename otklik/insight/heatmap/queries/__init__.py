"""Reading the heat map."""

from otklik.insight.heatmap.queries.files import DESCRIPTION, file_of
from otklik.insight.heatmap.queries.layers import MOST_SPOTS, Layer, layer_of, places_for
from otklik.insight.heatmap.queries.letting_out import screen_by, screens, supplies
from otklik.insight.heatmap.queries.playback import playback_of
from otklik.insight.heatmap.queries.public import cells_to_release, public_cells, released
from otklik.insight.heatmap.queries.wall import Pulse, pulse_of

__all__ = [
    "DESCRIPTION",
    "MOST_SPOTS",
    "Layer",
    "Pulse",
    "cells_to_release",
    "file_of",
    "layer_of",
    "places_for",
    "playback_of",
    "public_cells",
    "pulse_of",
    "released",
    "screen_by",
    "screens",
    "supplies",
]
