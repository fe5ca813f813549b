"""Reading the gazetteer and the base map; conditions on points."""

from otklik.directory.territory.queries.base_file import BaseFile, base_file, examined
from otklik.directory.territory.queries.gazetteer import base_map, gazetteer, settlements
from otklik.directory.territory.queries.points import hexagon_keys, on_map, plane

__all__ = [
    "BaseFile",
    "base_file",
    "base_map",
    "examined",
    "gazetteer",
    "hexagon_keys",
    "on_map",
    "plane",
    "settlements",
]
