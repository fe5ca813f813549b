"""What the head reads first."""

from __future__ import annotations

from otklik.insight.papers.rules import Section
from otklik.insight.reports.rules.figures import Counts, WeeklyNote
from otklik.insight.reports.rules.findings import compares, grown
from otklik.insight.reports.rules.nouns import Noun, noun_of
from otklik.language.wording import compared, counted, earlier_words, join_list, number, plural

TITLE = "Главное"
ANSWERS = ("ответ", "ответа", "ответов")


def section(note: WeeklyNote) -> Section:
    noun = noun_of(note)
    if note.empty:
        return Section(key="summary", title=TITLE, lines=(_nothing(note),))
    lines = [
        f"{received(note, noun)} {_by_law(note, noun)}".strip(),
        answered(note),
        standing(note.total, noun),
        _topics(note),
        _growth(note, noun),
    ]
    return Section(key="summary", title=TITLE, lines=tuple(line for line in lines if line))


def received(note: WeeklyNote, noun: Noun) -> str:
    """«Поступило 214 обращений — на 12 % больше, чем неделей ранее (191).»"""
    total, ago = note.total, earlier_words(note.since, note.until)
    if not total.received:
        tail = f"; {ago} — {number(total.before)}" if total.before else ""
        return f"Новых {noun.many} за этот период не поступало{tail}."
    words = f"Поступило {noun.count(total.received)}"
    if not compares(note):
        return f"{words}; {ago} {noun.many} не поступало, поэтому сравнения нет."
    return f"{words} — {compared(total.received, total.before, ago=ago)}."


def answered(note: WeeklyNote) -> str:
    total, ago = note.total, earlier_words(note.since, note.until)
    if not total.answered:
        before = f" ({ago} — {number(total.answered_before)})" if total.answered_before else ""
        return f"Ответов, отмеченных в системе, за этот период нет{before}."
    words = f"Дано {counted(total.answered, ANSWERS)}"
    if total.answered_before or total.before:
        words += f" — {compared(total.answered, total.answered_before, ago=ago)}"
    if not total.late:
        return f"{words}; все ответы даны в срок." if total.answered > 1 else f"{words}, в срок."
    in_time = total.answered - total.late
    return f"{words}; в срок — {number(in_time)}, с нарушением срока — {number(total.late)}."


def standing(total: Counts, noun: Noun) -> str:
    if not total.in_work:
        return f"На конец периода {noun.many} в работе нет."
    words = f"На конец периода в работе {noun.count(total.in_work)}"
    late = f"просрочено {number(total.overdue)}" if total.overdue else "просроченных нет"
    return f"{words}, {late}."


def _by_law(note: WeeklyNote, noun: Noun) -> str:
    law, total = note.law59.received, note.total.received
    if not law or law == total:
        return "Все — обращения по Федеральному закону № 59-ФЗ." if law else ""
    if note.total.received == 1:
        return ""
    return (
        f"Из поступивших по Федеральному закону № 59-ФЗ — {number(law)},"
        f" остальные {number(total - law)} — сообщения."
    )


def _topics(note: WeeklyNote) -> str:
    top = [line for line in note.topics if line.key is not None and line.counts.received][:3]
    if not top:
        return ""
    names = join_list(f"«{line.label}» ({number(line.counts.received)})" for line in top)
    head = "Чаще всего пишут по теме" if len(top) == 1 else "Чаще всего пишут по темам:"
    return f"{head} {names}."


def _growth(note: WeeklyNote, noun: Noun) -> str:
    found = grown(note)[:3]
    if not found:
        return ""
    names = join_list(
        f"«{one.topic}» (с {number(one.before)} до {number(one.now)})" for one in found
    )
    head = plural(len(found), ("Заметно выросла тема", "Заметно выросли темы", ""))
    return f"{head} {names}."


def _nothing(note: WeeklyNote) -> str:
    return (
        "За этот период обращений и сообщений не поступало, ответов не давалось,"
        " в работе ничего нет."
    )
