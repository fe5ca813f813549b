"""A PMTiles file of one vector tile, written by the published formats and nothing of ours."""

from __future__ import annotations

import gzip
import json
import struct
from pathlib import Path

WORLD = [(0, 0), (4096, 0), (4096, 4096), (0, 4096)]


def write_pmtiles(path: Path, *, gzipped: bool = True, version: int = 3) -> Path:
    """The whole world as water at zoom 0, drawn larger at every other zoom."""
    tile = _packed(_tile("water", WORLD), gzipped)
    root = _packed(_directory(len(tile)), gzipped)
    about = {"vector_layers": [{"id": "water", "fields": {}}], "attribution": "© <b>Проба</b>"}
    said = _packed(json.dumps(about).encode(), gzipped)
    squeezed = 2 if gzipped else 1
    root_at = 127
    said_at = root_at + len(root)
    tile_at = said_at + len(said)
    head = b"PMTiles" + bytes([version])
    head += struct.pack(
        "<8Q", root_at, len(root), said_at, len(said), tile_at, 0, tile_at, len(tile)
    )
    head += struct.pack("<3Q", 1, 1, 1)
    head += bytes([1, squeezed, squeezed, 1, 0, 0])
    head += struct.pack("<4i", -1_800_000_000, -850_000_000, 1_800_000_000, 850_000_000)
    head += bytes([0]) + struct.pack("<2i", 390_000_000, 590_000_000)
    assert len(head) == 127
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + root + said + tile)
    return path


def _packed(raw: bytes, gzipped: bool) -> bytes:
    return gzip.compress(raw) if gzipped else raw


def _directory(length: int) -> bytes:
    """Entries, then columns: tile ids, runs, lengths, offsets plus one."""
    return b"".join(_varint(number) for number in (1, 0, 1, length, 1))


def _tile(name: str, ring: list[tuple[int, int]]) -> bytes:
    feature = _field(3, 3) + _bytes(4, b"".join(map(_varint, _polygon(ring))))
    layer = _field(15, 2) + _bytes(1, name.encode()) + _bytes(2, feature) + _field(5, 4096)
    return _bytes(3, layer)


def _polygon(ring: list[tuple[int, int]]) -> list[int]:
    """MoveTo once, LineTo the rest, ClosePath; steps in zigzag."""
    found, at = [(1 << 3) | 1], (0, 0)
    for place, point in enumerate(ring):
        if place == 1:
            found.append(((len(ring) - 1) << 3) | 2)
        found += [_zigzag(point[0] - at[0]), _zigzag(point[1] - at[1])]
        at = point
    return [*found, (1 << 3) | 7]


def _zigzag(number: int) -> int:
    return (number << 1) ^ (number >> 31)


def _field(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _bytes(number: int, value: bytes) -> bytes:
    return _varint((number << 3) | 2) + _varint(len(value)) + value


def _varint(number: int) -> bytes:
    found = bytearray()
    while True:
        found.append((number & 0x7F) | (0x80 if number > 0x7F else 0))
        number >>= 7
        if not number:
            return bytes(found)
