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
    dative: tuple[str, str]
    locative: tuple[str, str]

    @property
    def forms(self) -> Forms:
        return self.one, self.few, self.many

    def with_adjective(self, one: str, many: str) -> Forms:
        """(«просроченное», «просроченных») → forms for 1, 2 and 5."""
        return f"{one} {self.one}", f"{many} {self.few}", f"{many} {self.many}"

    def count(self, value: int) -> str:
        return counted(value, self.forms)

    def after_by(self, value: int) -> str:
        """«по 7 обращениям», «по 21 обращению»: the number with the dative."""
        return counted(value, (self.dative[0], self.dative[1], self.dative[1]))

    def after_in(self, value: int) -> str:
        """«в 7 обращениях», «в 21 обращении»: the number with the locative."""
        return counted(value, (self.locative[0], self.locative[1], self.locative[1]))


APPEAL = Noun(
    "обращение",
    "обращения",
    "обращений",
    ("обращению", "обращениям"),
    ("обращении", "обращениях"),
)
MESSAGE = Noun(
    "сообщение",
    "сообщения",
    "сообщений",
    ("сообщению", "сообщениям"),
    ("сообщении", "сообщениях"),
)


def noun_of(note: WeeklyNote) -> Noun:
    """Сообщение and обращение are kept apart: one written word decides the law."""
    under_law = note.law59
    any_under_law = under_law.received or under_law.before or under_law.in_work
    return APPEAL if any_under_law or note.empty else MESSAGE
