"""What the Open311 server of a centre gives away."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from otklik.exchange.channels.connectors.base import ChannelSettings

EXACT, NEAR = 6, 3
"""Digits after the point: about 10 cm, about 100 m."""


class Open311Settings(ChannelSettings):
    """`publish`: which cases the list shows; an обращение under 59-ФЗ is never among them."""

    publish: Literal["own", "all", "none"] = Field(
        default="own", title="Какие сообщения показывать"
    )
    texts: bool = Field(default=True, title="Показывать тексты (персональные данные скрываются)")
    groups: str = Field(
        default="", title="Группы тем через точку с запятой; пусто — все", max_length=2000
    )

    @property
    def chosen_groups(self) -> list[str]:
        return [name.strip() for name in self.groups.split(";") if name.strip()]
