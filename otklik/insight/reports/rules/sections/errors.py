"""Errors in preparing answers and missed terms (dedovichi:13.8)."""

from __future__ import annotations

from otklik.insight.papers.rules import Column, Section, Table
from otklik.insight.reports.rules.figures import NO_REASON, Counts, WeeklyNote
from otklik.insight.reports.rules.nouns import noun_of
from otklik.insight.reports.rules.tables import figure, shortened, table
from otklik.language.wording import capital, compared, counted, earlier_words, number

DRAFTS = ("проект ответа", "проекта ответов", "проектов ответов")
BODIES = ("исполнитель", "исполнителя", "исполнителей")


def section(note: WeeklyNote) -> Section | None:
    blocks = []
    if any(label != NO_REASON for label, _ in note.returns.reasons):
        blocks.append(_reasons(note))
    if note.total.late or note.total.overdue:
        blocks.append(_missed(note))
    lines = [_returned(note), _late(note)]
    said = tuple(line for line in lines if line)
    if not said and not blocks:
        return None
    return Section(
        key="errors",
        title="Ошибки в ответах и нарушения сроков",
        lines=said,
        blocks=tuple(blocks),
    )


def _returned(note: WeeklyNote) -> str:
    returns = note.returns
    if not returns.count:
        return ""
    tail = ""
    if returns.before:
        ago = earlier_words(note.since, note.until)
        tail = f" — {compared(returns.count, returns.before, ago=ago)}"
    return f"На доработку возвращено {counted(returns.count, DRAFTS)}{tail}."


def _late(note: WeeklyNote) -> str:
    total, noun = note.total, noun_of(note)
    if not total.late and not total.overdue:
        return ""
    late = "С нарушением срока ответов не давалось"
    if total.late:
        verb = "дан" if total.late % 10 == 1 and total.late % 100 != 11 else "дано"
        answers = counted(total.late, ("ответ", "ответа", "ответов"))
        late = f"С нарушением срока {verb} {answers} из {number(total.answered)}"
    if not total.overdue:
        return f"{late}; просроченных {noun.many} в работе нет."
    overdue = counted(total.overdue, noun.with_adjective("просроченное", "просроченных"))
    return f"{late}; в работе остаётся {overdue}."


def _reasons(note: WeeklyNote) -> Table:
    return Table(
        caption="За что возвращали проекты ответов",
        columns=(
            Column(title="Причина", width=0.75),
            Column(title="Возвратов", width=0.25, right=True),
        ),
        rows=tuple((capital(label), number(count)) for label, count in note.returns.reasons),
    )


def _missed(note: WeeklyNote) -> Table:
    found = [line for line in note.bodies if line.counts.late or line.counts.overdue]
    found.sort(
        key=lambda line: (line.key is None, -line.counts.overdue - line.counts.late, line.label)
    )
    rows = shortened(found, BODIES)
    total = sum((counts for _, counts in rows), Counts())
    cells = [
        ("Ответов позже срока", figure("late")),
        ("Просрочено сейчас", figure("overdue")),
    ]
    return table("Нарушения сроков по исполнителям", "Исполнитель", cells, rows, total, 0.56)
