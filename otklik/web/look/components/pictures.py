"""Map and chart: a box for the script, its data as JSON, and a table that says the same."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString

from otklik.web.look.library import part, register


@register.simple_block_tag(name="map")
def map_(
    content: SafeString,
    id: str,  # noqa: A002
    data: dict[str, Any],
    label: str,
    size: str = "",
) -> SafeString:
    """Map with the content as its table alternative. size: "" | tall | short.

    data: {center: [lon, lat], zoom, bounds?: [[w, s], [e, n]], base?: GeoJSON or MapLibre style,
    features?: FeatureCollection of points with properties {id, title, url?, text?, tone?, weight?},
    areas?: FeatureCollection of polygons with {title, level: 0…5, url?},
    heat?: bool, cluster?: bool}.
    Degrees WGS 84, longitude first.
    """
    return part("map", content=content, id=id, data=data, label=label, size=size)


@register.simple_block_tag
def chart(
    content: SafeString,
    id: str,  # noqa: A002
    option: dict[str, Any],
    label: str,
    size: str = "",
) -> SafeString:
    """ECharts picture with the content as its table alternative. size: "" | tall | short.

    option: an ECharts option without functions; a series item with `url` opens it on click.
    Numbers are formatted in Russian; colours come from the look unless the option sets them.
    """
    return part("chart", content=content, id=id, option=option, label=label, size=size)
