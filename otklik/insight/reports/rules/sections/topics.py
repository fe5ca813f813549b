"""What people write about, and what grew."""

from __future__ import annotations

from otklik.insight.papers.rules import Picture, Section, Table
from otklik.insight.reports.rules.figures import Line, WeeklyNote
from otklik.insight.reports.rules.findings import compares, fallen, grown, not_set
from otklik.insight.reports.rules.nouns import noun_of
from otklik.insight.reports.rules.tables import (
    MOST_ROWS,
    bars,
    difference,
    figure,
    share_of,
    shortened,
    table,
)
from otklik.language.wording import compared, earlier_words, join_list, number, share_words

PICTURED = 8
TOPICS = ("тема", "темы", "тем")


def section(note: WeeklyNote) -> Section | None:
    known = [line for line in note.topics if line.key is not None and line.counts.received]
    if not known:
        return None
    lines = [_concentration(note, known), *_growth(note), _fall(note), _unknown(note)]
    return Section(
        key="topics",
        title="Темы",
        lines=tuple(line for line in lines if line),
        blocks=(*_picture(note, known), _table(note)),
    )


def _concentration(note: WeeklyNote, known: list[Line]) -> str:
    if len(known) <= MOST_ROWS + 1:
        return ""
    top = sum(line.counts.received for line in known[:3])
    share = share_words(top, note.total.received)
    return f"На три самые частые темы приходится {share} поступивших."


def _growth(note: WeeklyNote) -> list[str]:
    ago = earlier_words(note.since, note.until)
    said = []
    for one in grown(note)[:4]:
        place = f"; больше всего — {one.place} ({number(one.at_place)})" if one.place else ""
        words = compared(one.now, one.before, ago=ago)
        said.append(f"Тема «{one.topic}»: {number(one.now)}, {words}{place}.")
    return said


def _fall(note: WeeklyNote) -> str:
    found = fallen(note)[:3]
    names = join_list(
        f"«{line.label}» (с {number(line.counts.before)} до {number(line.counts.received)})"
        for line in found
    )
    return (
        f"Заметно реже стали писать по темам: {names}."
        if len(found) > 1
        else (f"Заметно реже стали писать по теме {names}." if found else "")
    )


def _unknown(note: WeeklyNote) -> str:
    lost = not_set(note.topics)
    if lost is None or not lost.counts.received:
        return ""
    share = share_words(lost.counts.received, note.total.received)
    return f"Тема ещё не определена в {noun_of(note).after_in(lost.counts.received)} ({share})."


def _table(note: WeeklyNote) -> Table:
    cells = [("Поступило", figure("received")), ("Доля", share_of(note.total.received))]
    if compares(note):
        cells += [("Период ранее", figure("before")), ("Изменение", difference)]
    used = [line for line in note.topics if line.counts.received or line.counts.before]
    width = 0.48 if compares(note) else 0.7
    rows = shortened(used, TOPICS)
    return table("Темы по числу поступивших", "Тема", cells, rows, note.total, width)


def _picture(note: WeeklyNote, known: list[Line]) -> list[Picture]:
    shown = known[:PICTURED]
    if len(shown) < 3:
        return []
    both = compares(note)
    rows = [
        (line.label, line.counts.received, line.counts.before if both else None) for line in shown
    ]
    told = ", ".join(f"{line.label} — {line.counts.received}" for line in shown)
    ago = f" (светлым — {earlier_words(note.since, note.until)})" if both else ""
    return [bars(f"Самые частые темы{ago}", f"Полосы по темам: {told}.", rows)]
