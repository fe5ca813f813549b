"""What happened to the classifiers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class TopicsFound(Event):
    """An export named topics that no classifier of the centre has; they became its own list."""

    subject: ClassVar[str] = "edition"

    names: tuple[str, ...]
    source: str

    def sentence(self) -> str:
        return f"Добавлены темы из выгрузки ({self.source}): {'; '.join(self.names)}"


@dataclass(frozen=True, kw_only=True)
class ThemeKept(Event):
    """A socially significant theme was added or changed; `before` is its former name."""

    subject: ClassVar[str] = "social_theme"

    theme: str
    before: str = ""
    blocks: tuple[str, ...] = ()

    def sentence(self) -> str:
        on = f"; на ней сформированы блоки: {', '.join(self.blocks)}" if self.blocks else ""
        if not self.before:
            return f"Добавлена социально значимая тематика «{self.theme}»{on}"
        was = f" (прежде «{self.before}»)" if self.before != self.theme else ""
        return f"Социально значимая тематика «{self.theme}»{was}{on}"


@dataclass(frozen=True, kw_only=True)
class ThemeRetired(Event):
    subject: ClassVar[str] = "social_theme"

    theme: str
    back: bool = False

    def sentence(self) -> str:
        how = "снова действует" if self.back else "больше не действует"
        return f"Социально значимая тематика «{self.theme}» {how}"


@dataclass(frozen=True, kw_only=True)
class TopicThemesSaid(Event):
    """Topics were put under a theme: cases whose mark follows the topic are marked anew."""

    subject: ClassVar[str] = "social_theme"

    theme: str
    topics: tuple[str, ...] = ()

    def sentence(self) -> str:
        if not self.topics:
            return "Обращения отмечаются по тематикам их тем"
        return f"К тематике «{self.theme}» отнесены темы: {'; '.join(self.topics[:10])}"
