"""A gazetteer as a JSON file: for the command line, for other programs, for the gold messages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from otklik.base.errors import OtklikError
from otklik.language.places.gazetteer import Gazetteer
from otklik.language.places.model import LandmarkName, SettlementName, StreetName

_SHAPE = (
    'Нужен файл JSON вида {"settlements": [{"id": 1, "name": "Ключи", "kind": "деревня", '
    '"lat": 54.5, "lon": 35.7}], "streets": [{"id": 10, "settlement": 1, "name": "Садовая", '
    '"kind": "улица", "houses": {"5": [54.5, 35.7]}}], "landmarks": []}.'
)


def load_gazetteer(path: Path) -> Gazetteer:
    """Raises OtklikError with a mend for a file of another shape."""
    try:
        given = json.loads(path.read_text(encoding="utf-8-sig"))
        return Gazetteer(
            [_settlement(row) for row in given["settlements"]],
            [_street(row) for row in given.get("streets", ())],
            [_landmark(row) for row in given.get("landmarks", ())],
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise OtklikError(f"Справочник «{path.name}» не читается: {error}.", _SHAPE) from error
    except OSError as error:
        raise OtklikError(f"Файл «{path.name}» не открывается.", "Проверьте путь.") from error


def _settlement(row: Mapping[str, Any]) -> SettlementName:
    return SettlementName(
        int(row["id"]),
        str(row["name"]),
        str(row.get("kind", "")),
        row.get("lat"),
        row.get("lon"),
        tuple(row.get("other_names", ())),
    )


def _street(row: Mapping[str, Any]) -> StreetName:
    houses = {str(n): (float(at[0]), float(at[1])) for n, at in row.get("houses", {}).items()}
    return StreetName(
        int(row["id"]),
        int(row["settlement"]),
        str(row["name"]),
        str(row.get("kind", "улица")),
        houses,
        tuple(row.get("other_names", ())),
    )


def _landmark(row: Mapping[str, Any]) -> LandmarkName:
    settlement = row.get("settlement")
    return LandmarkName(
        int(row["id"]),
        str(row["name"]),
        float(row["lat"]),
        float(row["lon"]),
        None if settlement is None else int(settlement),
        tuple(row.get("other_names", ())),
    )
