"""Which cases may tell of the same thing as a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import one_of, visible_to
from otklik.casework.likeness.models import BAND_COLUMNS, TextSignature
from otklik.directory.organisation.queries import reached
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.language.similarity import (
    Message,
    Place,
    Verdict,
    bands,
    likeness,
    same_incident,
    signature,
)

TEXT_DAYS, STREET_DAYS, SETTLEMENT_DAYS = 60, 21, 2
PER_BAND, PER_SIDE = 15, 30
"""So many at most of one band, and of one place before and after: a mass letter cannot flood."""
LIKE_TEXT = 0.7
MOST = 8


Ids = QuerySet[Any, int]


_NOT_WEIGHED = ("search", "settlement__boundary", "street__line")


@dataclass(frozen=True)
class Alike:
    """`verdict` on one incident; `same_text`: the words are (nearly) the same wherever it is."""

    appeal: Appeal
    verdict: Verdict
    same_text: bool


def candidates_of(appeal: Appeal, access: Access | None = None) -> list[int]:
    """Ids of cases by bands of the text, street and settlement around its time. One query.

    With an access only of cases it sees: cases hidden from a person must not crowd out his own.
    """
    seen, signed = Q(), Q()
    if access is not None:
        seen = reached(access, Permission.VIEW_APPEALS)
        signed = reached(access, Permission.VIEW_APPEALS, "appeal__")
    lists = [*_by_text(appeal, signed), *_by_place(appeal, seen)]
    if not lists:
        return []
    return sorted({*lists[0].union(*lists[1:], all=True)} - {appeal.pk})


def compared(access: Access, appeal_id: int) -> Appeal:
    """A case with what `alike` asks of it; NotFound when it is hidden or absent. One query."""
    near = visible_to(access).select_related("settlement", "street", "house").defer(*_NOT_WEIGHED)
    return one_of(near, appeal_id)


def alike(access: Access, appeal: Appeal, *, most: int = MOST) -> list[Alike]:
    """Visible cases that tell of the same incident or in the same words, the likeliest first.

    Two queries, when the settlement, street and house of `appeal` are loaded.
    """
    found = visible_to(access).filter(pk__in=candidates_of(appeal, access)).defer(*_NOT_WEIGHED)
    told, weighed = message_of(appeal), []
    for other in found.select_related("settlement", "street", "house", "topic"):
        verdict = same_incident(told, message_of(other))
        same_text = likeness(appeal.text, other.text) >= LIKE_TEXT
        if verdict.same or same_text:
            weighed.append(Alike(other, verdict, same_text))
    weighed.sort(key=lambda one: (-one.verdict.probability, -one.appeal.pk))
    return weighed[:most]


def message_of(appeal: Appeal) -> Message:
    """What the comparison needs of a case; reads its settlement, street and house."""
    return Message(
        text=appeal.text,
        at=appeal.received_at,
        place=Place(
            settlement=str(appeal.settlement_id or ""),
            street=str(appeal.street_id or ""),
            house=appeal.house.number if appeal.house else "",
            lat=appeal.lat,
            lon=appeal.lon,
        ),
        topic=str(appeal.topic_id or ""),
        street_name=appeal.street.name if appeal.street else "",
        settlement_name=appeal.settlement.name if appeal.settlement else "",
    )


def _by_text(appeal: Appeal, seen: Q) -> list[Ids]:
    """A list for each band; the database stops each at `PER_BAND`, however common the band is."""
    reach = timedelta(days=TEXT_DAYS)
    near = TextSignature.objects.filter(
        seen,
        municipality_id=appeal.municipality_id,
        received_at__range=(appeal.received_at - reach, appeal.received_at + reach),
    )
    told = zip(BAND_COLUMNS, bands(signature(appeal.text)), strict=False)
    return [
        near.filter(**{column: band})
        .order_by("-received_at")
        .values_list("pk", flat=True)[:PER_BAND]
        for column, band in told
    ]


def _by_place(appeal: Appeal, seen: Q) -> list[Ids]:
    """The nearest in time, of the street and (of the topic, if it is known) of the settlement."""
    near = Appeal.objects.filter(seen, municipality_id=appeal.municipality_id)
    lists: list[Ids] = []
    if appeal.street_id:
        lists += _around(near.filter(street_id=appeal.street_id), appeal, STREET_DAYS)
    if appeal.settlement_id:
        same = Q(settlement_id=appeal.settlement_id)
        same &= Q(topic_id=appeal.topic_id) if appeal.topic_id else Q()
        lists += _around(near.filter(same), appeal, SETTLEMENT_DAYS)
    return lists


def _around(found: QuerySet[Appeal], appeal: Appeal, days: int) -> list[Ids]:
    at, reach = appeal.received_at, timedelta(days=days)
    before = found.filter(received_at__range=(at - reach, at)).order_by("-received_at", "-pk")
    after = found.filter(received_at__gt=at, received_at__lte=at + reach).order_by("received_at")
    return [one.values_list("pk", flat=True)[:PER_SIDE] for one in (before, after)]
