"""A cut by settlements as a layer of a map."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from otklik.insight.cuts.rules import Printed
from otklik.insight.cuts.rules.printed import WORDS, PrintedRow, Value


def write_geojson(table: Printed, places: Mapping[str, Any], made_at: datetime) -> bytes:
    """RFC 7946: a feature a settlement with its numbers; one without a place has no geometry.

    Hidden numbers and scarce means stand as words, so that null stays «nothing to be taken of».
    """
    layer = {
        "type": "FeatureCollection",
        "name": table.name,
        "made_at": made_at.isoformat(timespec="seconds"),
        "about": [*table.about, *table.method],
        "features": [_feature(table, row, places.get(row.key)) for row in table.rows],
    }
    return json.dumps(layer, ensure_ascii=False, separators=(",", ":")).encode()


def _feature(table: Printed, row: PrintedRow, geometry: Any) -> dict[str, Any]:
    numbers = {
        column.label: _value(value) for column, value in zip(table.columns, row.values, strict=True)
    }
    return {
        "type": "Feature",
        "geometry": geometry,
        "properties": {"name": row.label, **numbers},
    }


def _value(value: Value) -> Value:
    return WORDS[value] if isinstance(value, str) else value
