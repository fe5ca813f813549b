"""Map and chart: a box for the script, its data as JSON, and a table that says the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    tools: bool = False,
    legend: Iterable[Mapping[str, Any]] = (),
    legend_title: str = "",
) -> SafeString:
    """Map with the content as its table alternative. size: "" | tall | short.

    data: {center: [lon, lat], zoom, bounds?: [[w, s], [e, n]], base?: GeoJSON or MapLibre style,
    features?: FeatureCollection of points with properties {id, title, url?, text?, tone?, weight?},
    areas?: FeatureCollection of polygons with {key, title, level: 0…5 or −2…2, url?},
    labels?: FeatureCollection of points with {value, count}, overlays?: {slug: {label, marks}},
    tiles?: a PMTiles base, heat?, cluster?, sized?, diverging?: bool}.
    Degrees WGS 84, longitude first. tools: playback, lasso and choosing by keys, for which data
    has framesUrl and selectUrl. legend: {level, label}.
    """
    return part(
        "map",
        content=content,
        id=id,
        data=data,
        label=label,
        size=size,
        tools=tools,
        legend=list(legend),
        legend_title=legend_title,
        diverging=data.get("diverging", False),
    )


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
