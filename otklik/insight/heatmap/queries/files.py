"""A layer as a file for another system: GeoJSON, CSV or XLSX with the same columns."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.insight.heatmap.queries.layers import Layer
from otklik.insight.heatmap.rules import Spot
from otklik.insight.heatmap.vocabulary import FileFormat
from otklik.insight.papers.writers.xlsx import Sheet, write_xlsx

FORMAT, VERSION = "otklik-heatmap", 1
COLUMNS: tuple[tuple[str, str, Callable[[Spot], Any]], ...] = (
    ("key", "Код места", lambda spot: spot.key),
    ("name", "Место", lambda spot: spot.name),
    ("lon", "Долгота", lambda spot: _rounded(spot.centre[0]) if spot.centre else None),
    ("lat", "Широта", lambda spot: _rounded(spot.centre[1]) if spot.centre else None),
    ("count", "Обращений", lambda spot: spot.count),
    ("open", "В работе", lambda spot: spot.open),
    ("overdue", "Просрочено", lambda spot: spot.overdue),
    ("before", "За прошлый период", lambda spot: spot.before),
    ("change", "Изменение", lambda spot: spot.change),
    ("population", "Жителей", lambda spot: spot.population),
    ("per_1000", "На 1000 жителей", lambda spot: spot.per_1000),
)
"""Name in GeoJSON and CSV, heading in XLSX, value; an empty value means «unknown»."""

DESCRIPTION = tuple((name, heading) for name, heading, _ in COLUMNS)
WIDTH = 18


def file_of(
    layer: Layer, wanted: AppealFilter, form: FileFormat, *, centre: str, made_at: datetime
) -> tuple[bytes, str]:
    """Bytes and the media type. Numbers are those of the page: they depend on who asks."""
    head = _head(layer, wanted, centre, made_at)
    if form == FileFormat.GEOJSON:
        return _geojson(layer, head), "application/geo+json"
    if form == FileFormat.CSV:
        return _csv(layer), "text/csv; charset=utf-8"
    return (
        _xlsx(layer, head),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )


def _head(
    layer: Layer, wanted: AppealFilter, centre: str, made_at: datetime
) -> Mapping[str, str | int]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "centre": centre,
        "made_at": made_at.isoformat(timespec="seconds"),
        "view": layer.view.value,
        "since": str(wanted.since or ""),
        "until": str(wanted.until or ""),
        "conditions": wanted.query(),
        "total": layer.total,
        "no_place": layer.nowhere,
    }


def _geojson(layer: Layer, head: Mapping[str, str | int]) -> bytes:
    features = [
        {
            "type": "Feature",
            "id": spot.key,
            "geometry": spot.geometry or _point(spot),
            "properties": {name: value(spot) for name, _, value in COLUMNS},
        }
        for spot in layer.spots
    ]
    found = {"type": "FeatureCollection", "about": head, "features": features}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _csv(layer: Layer) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([name for name, _, _ in COLUMNS])
    for spot in layer.spots:
        writer.writerow([_said(value(spot)) for _, _, value in COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def _xlsx(layer: Layer, head: Mapping[str, str | int]) -> bytes:
    rows = [[_said(value(spot)) for _, _, value in COLUMNS] for spot in layer.spots]
    return write_xlsx(
        [
            Sheet(
                name="Места",
                columns=[(heading, WIDTH) for _, heading, _ in COLUMNS],
                rows=rows,
            ),
            Sheet(
                name="О файле",
                columns=[("Поле", WIDTH), ("Значение", 3 * WIDTH)],
                rows=[[name, value] for name, value in head.items()],
            ),
        ]
    )


def _point(spot: Spot) -> dict[str, Any] | None:
    if spot.centre is None:
        return None
    return {"type": "Point", "coordinates": list(spot.centre)}


def _said(value: Any) -> str | int | float:
    return "" if value is None else value


def _rounded(value: float) -> float:
    return round(value, 6)
