"""Facts about the rule table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class RuleSaved(Event):
    subject: ClassVar[str] = "routing_rule"

    rule: str
    body: str
    automatic: bool

    def sentence(self) -> str:
        how = "назначает само" if self.automatic else "предлагает"
        return f"Правило «{self.rule}» {how}: {self.body}"


@dataclass(frozen=True, kw_only=True)
class RuleRetired(Event):
    subject: ClassVar[str] = "routing_rule"

    rule: str

    def sentence(self) -> str:
        return f"Правило «{self.rule}» больше не действует"
