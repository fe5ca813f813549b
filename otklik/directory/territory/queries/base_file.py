"""The detailed base map of the installation: one PMTiles file, read by ranges."""

from __future__ import annotations

import gzip
import json
import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from otklik.base.errors import Refused

MAGIC, VERSION, HEADER = b"PMTiles", 3, 127
VECTOR, RASTERS = 1, (2, 3, 4, 5)
NONE, GZIP = 1, 2
LONGEST = 8 * 1024 * 1024
MEND = "Сделайте выписку заново по инструкции docs/how-to/base-map.ru.md."


@dataclass(frozen=True, kw_only=True)
class BaseFile:
    """`layers` are names of vector layers, none for pictures; bounds: west, south, east, north."""

    path: Path
    size: int
    tag: str
    raster: bool
    layers: tuple[str, ...]
    bounds: tuple[float, float, float, float]
    zooms: tuple[int, int]
    attribution: str


def base_file() -> BaseFile | None:
    """The file of the installation; None when there is none or it cannot be shown."""
    try:
        return examined(settings.BASE_MAP)
    except (Refused, OSError):
        return None


def examined(path: Path) -> BaseFile | None:
    """Raises Refused, with the mend, for a file that browsers could not show."""
    if not path.is_file():
        return None
    known = path.stat()
    return _examined(path, known.st_size, known.st_mtime_ns)


@lru_cache(maxsize=4)
def _examined(path: Path, size: int, changed: int) -> BaseFile:
    with path.open("rb") as file:
        head = file.read(HEADER)
        if len(head) < HEADER or head[:7] != MAGIC:
            raise Refused(f"Файл {path} — не PMTiles.", MEND)
        if head[7] != VERSION:
            raise Refused(f"Файл {path}: версия PMTiles {head[7]}, а нужна {VERSION}.", MEND)
        inner, tiles, kind, near, far = head[97], head[98], head[99], head[100], head[101]
        if inner not in (NONE, GZIP) or tiles not in (0, NONE, GZIP):
            raise Refused(f"Файл {path} сжат способом, которого не знают браузеры.", MEND)
        if kind != VECTOR and kind not in RASTERS:
            raise Refused(f"Файл {path}: неизвестный вид плиток.", MEND)
        offset, length = struct.unpack_from("<QQ", head, 24)
        about = _about(file, offset, length, inner) if 0 < length < LONGEST else {}
    edges = struct.unpack_from("<iiii", head, 102)
    west, south, east, north = (edge / 1e7 for edge in edges)
    return BaseFile(
        path=path,
        size=size,
        tag=f"{changed:x}-{size:x}",
        raster=kind in RASTERS,
        layers=tuple(str(one.get("id", "")) for one in about.get("vector_layers", [])),
        bounds=(west, south, east, north),
        zooms=(near, far),
        attribution=str(about.get("attribution", "")),
    )


def _about(file: Any, offset: int, length: int, inner: int) -> dict[str, Any]:
    file.seek(offset)
    raw = file.read(length)
    try:
        found = json.loads(gzip.decompress(raw) if inner == GZIP else raw)
    except (OSError, ValueError) as error:
        raise Refused("Описание внутри файла PMTiles не читается.", MEND) from error
    return found if isinstance(found, dict) else {}
