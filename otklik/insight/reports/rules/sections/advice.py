"""Recommendations: who, what and why; every one rests on a number of the note."""

from __future__ import annotations

from otklik.insight.papers.rules import Section
from otklik.insight.reports.rules.figures import NO_REASON, OTHER_REASON, WeeklyNote
from otklik.insight.reports.rules.findings import grown, not_set, overdue_bodies
from otklik.insight.reports.rules.nouns import Noun, noun_of
from otklik.language.wording import (
    counted,
    date_words,
    earlier_words,
    join_list,
    number,
    share_words,
)

MANY_WITHOUT_TOPIC = 0.1
MANY_WITHOUT_PLACE = 0.2


def section(note: WeeklyNote) -> Section | None:
    if note.empty:
        return None
    noun = noun_of(note)
    lines = [
        *_overdue(note, noun),
        *_growth(note, noun),
        *_crowds(note, noun),
        *_due_soon(note, noun),
        *_unassigned(note, noun),
        *_returns(note),
        *_grades(note),
        *_records(note, noun),
    ]
    if not lines:
        return None
    return Section(key="advice", title="Рекомендации", lines=tuple(lines), numbered=len(lines) > 1)


def _overdue(note: WeeklyNote, noun: Noun) -> list[str]:
    forms = noun.with_adjective("просроченное", "просроченных")
    return [
        f"{line.label}: ответить на {counted(line.counts.overdue, forms)}"
        " и доложить о причинах задержки."
        for line in overdue_bodies(note)[:3]
    ]


def _growth(note: WeeklyNote, noun: Noun) -> list[str]:
    ago = earlier_words(note.since, note.until)
    return [
        f"{one.body or 'Центр управления'}: выяснить и устранить причину роста {noun.many}"
        f" по теме «{one.topic}» (поступило {number(one.now)}, {ago} — {number(one.before)})."
        for one in grown(note)[:3]
    ]


def _crowds(note: WeeklyNote, noun: Noun) -> list[str]:
    return [
        f"Центр управления: рассмотреть {noun.few} по теме «{spot.topic}» вместе и ответить"
        f" всем заявителям сразу ({spot.place}, {number(spot.count)})."
        for spot in note.spots[:2]
    ]


def _due_soon(note: WeeklyNote, noun: Noun) -> list[str]:
    total = note.total.due_soon
    if not total:
        return []
    last = date_words(note.due_until, year=False)
    busy = [line for line in note.bodies if line.key is not None and line.counts.due_soon]
    busy.sort(key=lambda line: (-line.counts.due_soon, line.label))
    names = join_list(f"{line.label} ({number(line.counts.due_soon)})" for line in busy[:3])
    if not names:
        tail = ""
    elif len(busy) > 3:
        tail = f"; больше всего — {names}"
    else:
        tail = f": {names}"
    return [
        f"Исполнители: подготовить ответы на {noun.count(total)}, срок которых истекает"
        f" до {last} включительно{tail}."
        if total != 1
        else f"Исполнители: подготовить ответ на {noun.one}, срок которого истекает"
        f" до {last} включительно{tail}."
    ]


def _unassigned(note: WeeklyNote, noun: Noun) -> list[str]:
    lost = not_set(note.bodies)
    if lost is None or not lost.counts.in_work:
        return []
    return [
        f"Центр управления: назначить исполнителей по {noun.after_by(lost.counts.in_work)},"
        " которые ещё никому не поручены."
        if lost.counts.in_work > 1
        else f"Центр управления: назначить исполнителя по {noun.after_by(1)}, которое ещё"
        " никому не поручено."
    ]


def _returns(note: WeeklyNote) -> list[str]:
    returns = note.returns
    if returns.count < 3 or not returns.reasons:
        return []
    told = [found for found in returns.reasons if found[0] not in (NO_REASON, OTHER_REASON)]
    label, count = told[0] if told else returns.reasons[0]
    if not told or returns.reasons[0][0] == NO_REASON:
        return [
            (
                "Согласующие: возвращая проект ответа, указывать причину; без неё нельзя понять,"
                " какие ошибки повторяются."
            )
        ]
    return [
        (
            "Исполнители: проверять проекты ответов до согласования; чаще всего их возвращают"
            f" по причине «{label}» ({number(count)} из\u00a0{number(returns.count)})."
        )
    ]


def _grades(note: WeeklyNote) -> list[str]:
    low = note.scores.low
    if not low:
        return []
    what = counted(low, ("ответ", "ответа", "ответов"))
    return [f"Центр управления: разобрать {what} с оценками 1 и 2 и связаться с заявителями."]


def _records(note: WeeklyNote, noun: Noun) -> list[str]:
    """What the centre itself should put right so that the next note says more."""
    total, found = note.total, []
    if not total.answered and total.in_work > 1:
        found.append(
            "Операторы центра: отметить ответы, которые уже даны во внешних системах;"
            " за этот период в системе не отмечено ни одного."
        )
    topic, place = not_set(note.topics), not_set(note.places)
    if topic is not None and topic.counts.received > MANY_WITHOUT_TOPIC * total.received:
        found.append(
            f"Операторы центра: определить тему в {noun.after_in(topic.counts.received)}"
            f" ({share_words(topic.counts.received, total.received)} поступивших)."
        )
    if place is not None and place.counts.received > MANY_WITHOUT_PLACE * total.received:
        found.append(
            f"Операторы центра: указать место в {noun.after_in(place.counts.received)}"
            f" ({share_words(place.counts.received, total.received)} поступивших):"
            " без него они не видны на карте."
        )
    return found
