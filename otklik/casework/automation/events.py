"""Facts about rules that act by themselves and about fast-track mechanisms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from otklik.base.events import Event


@dataclass(frozen=True, kw_only=True)
class AutoRuleEvent(Event):
    subject: ClassVar[str] = "auto_rule"

    rule: str


@dataclass(frozen=True, kw_only=True)
class AutoRuleSaved(AutoRuleEvent):
    version: int
    description: str

    def sentence(self) -> str:
        how = "изменено" if self.version > 1 else "создано"
        return f"Автоправило «{self.rule}» {how} (редакция {self.version}): {self.description}"


@dataclass(frozen=True, kw_only=True)
class AutoRuleSwitched(AutoRuleEvent):
    on: bool

    def sentence(self) -> str:
        return f"Автоправило «{self.rule}» {'включено' if self.on else 'выключено'}"


@dataclass(frozen=True, kw_only=True)
class AutoRuleFired(AutoRuleEvent):
    """On a case: what was done and what stood in the way."""

    version: int
    done: tuple[str, ...]
    skipped: tuple[str, ...] = ()

    def sentence(self) -> str:
        did = "; ".join(self.done) or "ничего не изменило"
        not_done = f" (не применено: {'; '.join(self.skipped)})" if self.skipped else ""
        return f"Автоправило «{self.rule}» {did}{not_done}"


@dataclass(frozen=True, kw_only=True)
class AutoRuleErred(AutoRuleEvent):
    """A person says that the rule was wrong on a case."""

    note: str = ""

    def sentence(self) -> str:
        why = f": {self.note}" if self.note else ""
        return f"Автоправило «{self.rule}» ошиблось{why}"


@dataclass(frozen=True, kw_only=True)
class AnswerLimitSet(Event):
    """How far ready answers go by themselves; `subject_id` is the municipality."""

    subject: ClassVar[str] = "automation"

    limit_label: str

    def sentence(self) -> str:
        return f"Готовый ответ автоправила: самое большее — {self.limit_label}"


@dataclass(frozen=True, kw_only=True)
class MirrorMoved(Event):
    """A line of the register of rules for other systems."""

    subject: ClassVar[str] = "mirror"

    title_: str
    platform_label: str
    state_label: str

    def sentence(self) -> str:
        return f"Правило «{self.title_}» для системы «{self.platform_label}»: {self.state_label}"


@dataclass(frozen=True, kw_only=True)
class MechanismMoved(Event):
    """A fast-track mechanism: proposed, agreed to, approved, switched on and off."""

    subject: ClassVar[str] = "mechanism"

    mechanism: str
    what: str

    def sentence(self) -> str:
        return f"Механизм ускоренного решения «{self.mechanism}»: {self.what}"
