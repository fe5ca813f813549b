"""What all networks and messengers ask of their account."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from otklik.exchange.channels.connectors.base import ChannelSettings

Opening = Literal["cases", "inbox"]


class SocialSettings(ChannelSettings):
    """`by_webhook`: the service sends events itself, visits only look after it. `comments`: a
    public comment becomes a case at once, or waits in the intake queue for a person."""

    by_webhook: bool = Field(default=False, title="Служба присылает события сама (вебхук)")
    comments: Opening = Field(default="cases", title="Комментарий под публикацией")
