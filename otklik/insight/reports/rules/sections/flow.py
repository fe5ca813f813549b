"""Received, answered, in work and overdue: in all and by channel."""

from __future__ import annotations

from otklik.insight.papers.rules import Column, Picture, Section, Table
from otklik.insight.reports.rules.figures import WeeklyNote
from otklik.insight.reports.rules.findings import compares
from otklik.insight.reports.rules.nouns import noun_of
from otklik.insight.reports.rules.tables import bars, difference, figure, table
from otklik.language.wording import NBSP, date_words, earlier_words, number, signed

MANY_CHANNELS = 3
INDENT = NBSP * 4


def section(note: WeeklyNote) -> Section | None:
    if note.empty:
        return None
    blocks: list[Table | Picture] = [_totals(note)]
    lines = [_peak(note)]
    used = [line for line in note.channels if _alive(line.counts)]
    if len(used) > 1:
        blocks.append(_channels(note))
    elif used:
        lines.append(f"Все {noun_of(note).few} — из одного канала: «{used[0].label}».")
    blocks += _pictures(note)
    return Section(
        key="flow",
        title="Поступление и рассмотрение",
        lines=tuple(line for line in lines if line),
        blocks=tuple(blocks),
    )


def _totals(note: WeeklyNote) -> Table:
    total, both = note.total, compares(note)
    dated = [
        ("Поступило", total.received, total.before),
        ("Дано ответов", total.answered, total.answered_before),
        (f"{INDENT}из них с нарушением срока", total.late, total.late_before),
        ("Поступило повторно", total.repeated, total.repeated_before),
    ]
    standing = [("В работе на конец периода", total.in_work)]
    if total.in_work:
        standing.append((f"{INDENT}из них просрочено", total.overdue))
    shown = [row for row in dated if not row[0].startswith(NBSP) or total.answered or row[2]]
    rows = [
        (name, number(now), *((number(before), signed(now - before)) if both else ()))
        for name, now, before in shown
    ]
    rows += [(name, number(now), *(("—", "—") if both else ())) for name, now in standing]
    titles = ["За период", *(["Период ранее", "Изменение"] if both else [])]
    columns = [Column(title="Показатель", width=0.49 if both else 0.75)]
    columns += [Column(title=title, width=0.17 if both else 0.25, right=True) for title in titles]
    return Table(caption="Основные показатели", columns=tuple(columns), rows=tuple(rows))


def _channels(note: WeeklyNote) -> Table:
    cells = [("Поступило", figure("received"))]
    if compares(note):
        cells += [("Изменение", difference)]
    cells += [
        ("Дано ответов", figure("answered")),
        ("В работе", figure("in_work")),
        ("Просрочено", figure("overdue")),
    ]
    rows = [(line.label, line.counts) for line in note.channels if _alive(line.counts)]
    return table("По каналам поступления", "Канал", cells, rows, note.total, 0.3)


def _alive(counts: object) -> bool:
    names = ("received", "before", "answered", "in_work")
    return any(getattr(counts, name) for name in names)


def _peak(note: WeeklyNote) -> str:
    """The busiest day, when days differ."""
    days = [(day, count) for day, count in note.days if count]
    if not days or len(note.days) < 3:
        return ""
    if len(days) == 1:
        many = note.total.received > 1
        only = date_words(days[0][0], year=False)
        return f"Все {noun_of(note).few} поступили в один день — {only}." if many else ""
    day, most = max(days, key=lambda pair: pair[1])
    mean = note.total.received / len(note.days)
    if most < 5 or most < 1.5 * mean:
        return ""
    return (
        f"Больше всего {noun_of(note).many} пришло {date_words(day, year=False)} — {number(most)}"
        f" при среднем {number(mean, 1)} в{NBSP}день."
    )


def _pictures(note: WeeklyNote) -> list[Picture]:
    noun = noun_of(note)
    found = []
    alive = [(day, count) for day, count in note.days if count]
    if len(alive) > 1:
        told = ", ".join(f"{day:%d.%m} — {count}" for day, count in note.days[:31])
        found.append(
            Picture(
                draw="columns",
                caption=f"Поступило {noun.many} по дням",
                alt=f"Столбцы по дням: {told}.",
                data={
                    "days": [day.isoformat() for day, _ in note.days],
                    "now": [count for _, count in note.days],
                },
            )
        )
    channels = [line for line in note.channels if line.counts.received]
    if len(channels) >= MANY_CHANNELS:
        both = compares(note)
        rows = [
            (line.label, line.counts.received, line.counts.before if both else None)
            for line in channels
        ]
        told = ", ".join(f"{line.label} — {line.counts.received}" for line in channels)
        ago = f" (светлым — {earlier_words(note.since, note.until)})" if both else ""
        found.append(
            bars(f"Поступило {noun.many} по каналам{ago}", f"Полосы по каналам: {told}.", rows)
        )
    return found
