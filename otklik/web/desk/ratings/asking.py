"""What pages of ratings ask besides the filter of analysis: whose rating, of which system."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.ratings.formulas.tally import Settings
from otklik.insight.ratings.queries import settings_of
from otklik.insight.ratings.vocabulary import RowSet, Subject, System
from otklik.web.desk.frame import DeskRequest
from otklik.web.desk.insight.asking import Asked, FilterForm, asked

COMPARED_DAYS = 92
"""Longer periods are compared with the one before only when asked: it doubles the counting."""


class RatingForm(FilterForm):
    """A rating is of bodies over all their cases: only the period, the channel, the topic."""

    unasked = ("body", "overdue")


def subject_of(request: DeskRequest) -> Subject:
    given = request.GET.get("subject", "")
    return Subject(given) if given in Subject.values else Subject.BODY


def asked_rating(request: DeskRequest) -> tuple[Asked, Subject]:
    """The period and conditions with whose rating it is; nobody's cases alone are rated."""
    subject = subject_of(request)
    more = {"subject": subject.value} if subject != Subject.BODY else {}
    asking = asked(request, more)
    return replace(asking, wanted=replace(asking.wanted, body=None, overdue=False)), subject


def weights_of(request: DeskRequest, wanted: AppealFilter) -> Settings:
    """The weights in force for the system asked for; the municipality is read already."""
    place = request.municipality
    return settings_of(place.pk, System.of(wanted.channel), place.settings)


def subject_tabs(asking: Asked, subject: Subject) -> list[dict[str, Any]]:
    pairs = asking.wanted.pairs()
    return [
        {
            "label": one.label,
            "url": f"?{urlencode({**pairs, 'subject': one.value})}",
            "active": one == subject,
        }
        for one in Subject
    ]


def system_tabs(asking: Asked) -> list[dict[str, Any]]:
    return [
        {
            "label": one.label,
            "url": f"?{urlencode(_with_channel(asking, one.channel))}",
            "active": asking.wanted.channel == one.channel,
        }
        for one in System
    ]


def _with_channel(asking: Asked, channel: str) -> dict[str, str]:
    return {**asking.more, **replace(asking.wanted, channel=channel).pairs()}


def rows_linker(wanted: AppealFilter, subject: Subject, subject_id: int) -> Callable[[str], str]:
    """Questions behind figures of one subject, as many as each says, by the set of rows.

    What the links of a subject share is put together once.
    """
    page, period = _cases_page(wanted)
    start = f"{page}?subject={subject.value}&who={subject_id}&rows="
    return lambda rows: f"{start}{rows or RowSet.ALL.value}{period}"


@lru_cache(maxsize=32)
def _cases_page(wanted: AppealFilter) -> tuple[str, str]:
    """What thousands of links of one rating share."""
    pairs = urlencode(wanted.pairs())
    return reverse("desk:rating_cases"), f"&{pairs}" if pairs else ""


def first_crumb(request: DeskRequest) -> tuple[str, str]:
    """The way back to the live rating, for those who may open it."""
    may = request.access.may(Permission.ANALYTICS)
    return "Рейтинг", reverse("desk:rating") if may else reverse("desk:rating_snapshots")
