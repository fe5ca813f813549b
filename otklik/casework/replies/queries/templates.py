"""Templates of answers, and what a case puts into them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Result
from otklik.casework.replies.models import ReplyTemplate
from otklik.casework.replies.rules.letter import greeting_of
from otklik.casework.replies.rules.placeholders import fill


@dataclass(frozen=True)
class Offered:
    """A template with the case filled in; `result` is the Russian word or empty (any)."""

    pk: int
    title: str
    text: str
    result: str = ""


def templates_of(municipality_id: int) -> QuerySet[ReplyTemplate]:
    """Templates of the centre, those in the archive last."""
    return (
        ReplyTemplate.objects.filter(municipality_id=municipality_id)
        .select_related("topic")
        .order_by("-is_active", "title")
    )


def values_of(appeal: Appeal, *, named: bool = True) -> dict[str, str]:
    """What a template may say of a case: see `rules.placeholders.VARIABLES`.

    `named`: whether the reader may see who wrote; else the name stays open.
    """
    zone = appeal.municipality.tz
    name = greeting_of(appeal.applicant.name) if named else ""
    return {
        "имя": name,
        "заявитель": name,
        "номер": appeal.number,
        "дата": f"{appeal.received_at.astimezone(zone):%d.%m.%Y}",
        "срок": f"{appeal.due_at.astimezone(zone):%d.%m.%Y}" if appeal.due_at else "",
        "тема": str(appeal.topic or ""),
        "адрес": appeal.place,
        "исполнитель": str(appeal.executor_body or ""),
        "центр": appeal.municipality.name,
        "телефон": appeal.municipality.phone,
        "сегодня": f"{clock.now().astimezone(zone):%d.%m.%Y}",
    }


def templates_for(appeal: Appeal, *, named: bool) -> list[Offered]:
    """Templates for this topic and channel, its own topic first, by result then title."""
    offered = ReplyTemplate.objects.filter(
        Q(topic__isnull=True) | Q(topic_id=appeal.topic_id),
        channel__in=["", appeal.channel],
        municipality_id=appeal.municipality_id,
        is_active=True,
    ).order_by(F("topic_id").asc(nulls_last=True), "result", "title")
    values = values_of(appeal, named=named)
    results = dict(Result.choices)
    return [
        Offered(each.pk, each.title, fill(each.text, values), str(results.get(each.result, "")))
        for each in offered[:50]
    ]
