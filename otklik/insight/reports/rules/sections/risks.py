"""What may become worse: growth, overdue clusters, crowds at one place, low grades."""

from __future__ import annotations

from otklik.insight.papers.rules import Section
from otklik.insight.reports.rules.figures import WeeklyNote
from otklik.insight.reports.rules.findings import grown, not_set, overdue_bodies
from otklik.insight.reports.rules.nouns import Noun, noun_of
from otklik.language.wording import counted, earlier_words, number

TITLE = "Риски"
LOW_MEAN = 3.0
ENOUGH_GRADES = 5
MANY_DUE = 10


def section(note: WeeklyNote) -> Section | None:
    if note.empty:
        return None
    noun = noun_of(note)
    lines = [
        *_growth(note),
        *_crowds(note, noun),
        *_overdue(note, noun),
        *_unattended(note, noun),
        *_load(note, noun),
        *_grades(note),
    ]
    if not lines:
        calm = "Рисков, требующих отдельного решения, за этот период не выявлено."
        return Section(key="risks", title=TITLE, lines=(calm,))
    return Section(key="risks", title=TITLE, lines=tuple(lines), numbered=len(lines) > 1)


def _growth(note: WeeklyNote) -> list[str]:
    ago = earlier_words(note.since, note.until)
    found = []
    for one in grown(note)[:4]:
        details = [f"поступило {number(one.now)}, {ago} — {number(one.before)}"]
        details += [f"больше всего — {one.place} ({number(one.at_place)})"] if one.place else []
        details += [f"исполнитель — {one.body}"] if one.body else []
        found.append(f"Рост по теме «{one.topic}»: {'; '.join(details)}.")
    return found


def _crowds(note: WeeklyNote, noun: Noun) -> list[str]:
    return [
        f"Массовые жалобы в одном месте: {spot.place} — {noun.count(spot.count)}"
        f" по теме «{spot.topic}»."
        for spot in note.spots[:4]
    ]


def _overdue(note: WeeklyNote, noun: Noun) -> list[str]:
    names = "; ".join(
        f"{line.label} — {number(line.counts.overdue)} из {number(line.counts.in_work)} в работе"
        for line in overdue_bodies(note)[:4]
    )
    return [f"Скопление просроченных {noun.many}: {names}."] if names else []


def _unattended(note: WeeklyNote, noun: Noun) -> list[str]:
    lost = not_set(note.bodies)
    if lost is None or not lost.counts.overdue:
        return []
    words = counted(lost.counts.overdue, noun.with_adjective("просроченное", "просроченных"))
    return [f"Исполнитель не назначен, а срок прошёл: {words}."]


def _load(note: WeeklyNote, noun: Noun) -> list[str]:
    """More terms end soon than the executors answer in such a period."""
    total = note.total
    usual = max(total.answered, total.answered_before)
    if total.due_soon < MANY_DUE or total.due_soon <= 1.5 * usual:
        return []
    done = "ответов за этот период нет"
    if total.answered:
        done = f"за этот период дано {counted(total.answered, ('ответ', 'ответа', 'ответов'))}"
    return [
        (
            "Много сроков сразу: в ближайшие 7 дней истекает срок по"
            f" {noun.after_by(total.due_soon)}, {done}."
        )
    ]


def _grades(note: WeeklyNote) -> list[str]:
    scores = note.scores
    if scores.mean is None or scores.given < ENOUGH_GRADES or scores.mean >= LOW_MEAN:
        return []
    return [
        (
            f"Низкие оценки ответов: средняя {number(scores.mean, 1)} из 5 по"
            f" {counted(scores.given, ('оценке', 'оценкам', 'оценкам'))}."
        )
    ]
