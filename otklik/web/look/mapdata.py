"""What the map component draws under its data: the municipality's own plain base."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse

from otklik.directory.territory.queries import base_file

KINDS = {
    "outline": "boundary",
    "forest": "green",
    "water": "water",
    "river": "water",
    "built": "place",
    "railway": "road",
    "roads": "road",
    "streets": "road",
}
RUSSIA = [60.0, 57.0]


def base_of(layers: dict[str, Any]) -> dict[str, Any]:
    """One FeatureCollection of all layers, each feature with the kind that the style knows."""
    features = [
        {**feature, "properties": {**feature.get("properties", {}), "kind": KINDS[name]}}
        for name, layer in layers.items()
        if name in KINDS
        for feature in layer.get("features", [])
    ]
    return {"type": "FeatureCollection", "features": features}


def picture_of(layers: dict[str, Any], bounds: list[float]) -> dict[str, Any]:
    """Data of an empty map; `bounds` are [west, south, east, north] in degrees, or nothing."""
    if len(bounds) != 4:
        return {"center": RUSSIA, "zoom": 3, "base": base_of(layers), **_tiles()}
    west, south, east, north = bounds
    return {
        "center": [(west + east) / 2, (south + north) / 2],
        "zoom": 9,
        "bounds": [[west, south], [east, north]],
        "base": base_of(layers),
        **_tiles(),
    }


def _tiles() -> dict[str, Any]:
    """The detailed base map, where the installation has its file."""
    file = base_file()
    if file is None:
        return {}
    # The tag makes browsers forget the pieces of a file that was replaced.
    url = f"{reverse('basemap')}?v={file.tag}"
    said = re.sub(r"<[^>]*>", "", file.attribution)
    return {
        "tiles": {"url": url, "raster": file.raster, "layers": list(file.layers)},
        "attribution": said,
    }
