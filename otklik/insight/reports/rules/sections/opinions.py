"""What applicants say of the answers: grades, requests to look again, repeated cases."""

from __future__ import annotations

from otklik.insight.papers.rules import Section
from otklik.insight.reports.rules.figures import WeeklyNote
from otklik.insight.reports.rules.nouns import noun_of
from otklik.language.wording import (
    compared,
    counted,
    earlier_words,
    join_list,
    number,
    plural,
    share_words,
)

GRADES = ("оценка", "оценки", "оценок")
FEW_GRADES = 5


def section(note: WeeklyNote) -> Section | None:
    lines = [_grades(note), _back(note), _repeats(note), _repeat_topics(note)]
    said = tuple(line for line in lines if line)
    repeats = f"овторные {noun_of(note).few}"
    title = f"Оценки заявителей и п{repeats}"
    if not note.scores.given:
        title = f"П{repeats}"
    elif not note.total.repeated:
        title = "Оценки заявителей"
    return Section(key="opinions", title=title, lines=said) if said else None


def _grades(note: WeeklyNote) -> str:
    scores = note.scores
    if scores.mean is None:
        return ""
    verb = plural(scores.given, ("Получена", "Получены", "Получено"))
    words = f"{verb} {counted(scores.given, GRADES)} ответов, средняя — {number(scores.mean, 1)}"
    words += " из 5"
    if scores.mean_before is not None and scores.given_before >= FEW_GRADES:
        ago = earlier_words(note.since, note.until)
        words += f" ({ago} — {number(scores.mean_before, 1)})"
    if scores.low:
        words += f"; оценок 1\u00a0и\u00a02\u00a0—\u00a0{number(scores.low)}"
    few = " Оценок мало, судить по средней рано." if scores.given < FEW_GRADES else ""
    return f"{words}.{few}"


def _back(note: WeeklyNote) -> str:
    count = note.scores.wants_back
    if not count:
        return ""
    people = counted(count, ("заявитель", "заявителя", "заявителей"))
    asked = plural(count, ("попросил", "попросили", "попросили"))
    return f"Вернуться к вопросу после ответа {asked} {people}."


def _repeats(note: WeeklyNote) -> str:
    total = note.total
    if not total.repeated:
        return ""
    noun = noun_of(note)
    words = counted(total.repeated, noun.with_adjective("повторное", "повторных"))
    share = share_words(total.repeated, total.received)
    ago = earlier_words(note.since, note.until)
    tail = (
        f" — {compared(total.repeated, total.repeated_before, ago=ago)}"
        if total.repeated_before
        else ""
    )
    return f"Поступило {words} ({share} поступивших){tail}."


def _repeat_topics(note: WeeklyNote) -> str:
    found = [line for line in note.topics if line.key is not None and line.counts.repeated > 1]
    top = sorted(found, key=lambda line: (-line.counts.repeated, line.label))[:3]
    names = join_list(f"«{line.label}» ({number(line.counts.repeated)})" for line in top)
    return f"Чаще всего повторно пишут о следующем: {names}." if names else ""
