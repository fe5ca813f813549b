"""The only writers of the heat map."""

from otklik.insight.heatmap.actions.releasing import release_public
from otklik.insight.heatmap.actions.screens import allow_screen, digest_of, note_screen, stop_screen
from otklik.insight.heatmap.actions.supplying import Supplied, supply

__all__ = [
    "Supplied",
    "allow_screen",
    "digest_of",
    "note_screen",
    "release_public",
    "stop_screen",
    "supply",
]
