"""What the note calls the cases: «обращения» where there are any under 59-ФЗ, else «сообщения»."""

from __future__ import annotations

from dataclasses import dataclass

from otklik.insight.reports.rules.figures import WeeklyNote
from otklik.language.wording import Forms, counted


@dataclass(frozen=True)
class Noun:
    one: str
    few: str
    many: str
    dative: str
    locative: str

    @property
    def forms(self) -> Forms:
        return self.one, self.few, self.many

    def with_adjective(self, one: str, many: str) -> Forms:
        """(«просроченное», «просроченных») → forms for 1, 2 and 5."""
        return f"{one} {self.one}", f"{many} {self.few}", f"{many} {self.many}"

    def count(self, value: int) -> str:
        return counted(value, self.forms)


APPEAL = Noun("обращение", "обращения", "обращений", "обращениям", "обращениях")
MESSAGE = Noun("сообщение", "сообщения", "сообщений", "сообщениям", "сообщениях")


def noun_of(note: WeeklyNote) -> Noun:
    """Сообщение and обращение are kept apart: one written word decides the law."""
    under_law = note.law59
    any_under_law = under_law.received or under_law.before or under_law.in_work
    return APPEAL if any_under_law or note.empty else MESSAGE
