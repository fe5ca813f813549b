"""The map: quarters open to everybody, a month handed over to the ЦУР, a screen in a hall."""

from __future__ import annotations

from datetime import timedelta

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.config.demo.rooms.common import Scene
from otklik.config.demo.rooms.tasks import HEAD
from otklik.insight.heatmap.actions import allow_screen, release_public, supply
from otklik.insight.heatmap.vocabulary import FileFormat, View

DAYS = 30


def show_map(scene: Scene) -> None:
    """After the facts are built."""
    today = scene.evening.date()
    release_public(municipality_id=scene.place_id, today=today)
    with scene.at(scene.moment(1, 16)):
        head = scene.access(HEAD)
        supply(
            access=head,
            wanted=AppealFilter(since=today - timedelta(days=DAYS), until=today),
            view=View.PLACES,
            level=0,
            form=FileFormat.GEOJSON,
            receiver="ЦУР Северореченской области, «BI ЦУР» (Тепловая карта)",
            purpose="Обмен данными за месяц",
        )
        allow_screen(access=head, title="Зал заседаний администрации")
