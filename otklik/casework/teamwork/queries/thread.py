"""What the card shows of the common work; the caller has checked the case."""

from __future__ import annotations

from django.db.models import QuerySet

from otklik.casework.teamwork.models import Entry, HandBack, Handling


def thread_of(case_id: int) -> QuerySet[Entry]:
    """Notes, talks and letters of executors, oldest first."""
    return Entry.objects.filter(appeal_id=case_id).select_related("body")


def handlings_of(case_id: int) -> dict[int, Handling]:
    """By assignment."""
    found = Handling.objects.filter(assignment__question__appeal_id=case_id)
    return {each.assignment_id: each for each in found}


def hand_backs_of(case_id: int) -> QuerySet[HandBack]:
    """Oldest first."""
    return HandBack.objects.filter(assignment__question__appeal_id=case_id).select_related(
        "assignment__body", "assignment__question", "proposed", "given_to"
    )
