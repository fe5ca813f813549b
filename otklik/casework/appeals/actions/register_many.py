"""Registration of many cases that already lived elsewhere: the door of imports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from otklik.base.bulk import copy_new
from otklik.casework.appeals.actions.register import (
    build,
    check,
    questions_of,
    registered,
)
from otklik.casework.appeals.actions.registration import NewAppeal, take_numbers
from otklik.casework.appeals.actions.theme import mark_themes
from otklik.casework.appeals.events import AppealAnswered, AppealEvent, ExecutorAssigned
from otklik.casework.appeals.models import Appeal, Assignment, Question
from otklik.casework.appeals.vocabulary import AssignmentRole, Repetition, Result, Status
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record_many

_RESULTS = {
    Status.ANSWERED: Result.EXPLAINED,
    Status.FORWARDED: Result.TRANSFERRED,
    Status.LEFT: Result.LEFT,
    Status.WITHDRAWN: Result.LEFT,
}


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A case with what the other system already did to it; `due_at` as planned by the caller."""

    new: NewAppeal
    registered_at: datetime
    status: Status = Status.REGISTERED
    body_id: int | None = None
    body: str = ""
    answered_at: datetime | None = None
    due_at: datetime | None = None
    score: int | None = None
    repeats_id: int | None = None
    external_status: str = ""
    external_hash: str = ""


@transaction.atomic
def register_many(*, access: Access, arrivals: Sequence[Arrival], assigned_by: str) -> list[Appeal]:
    """Register cases in bulk, in order; the caller has left out those already here.

    Numbers are of the year of registration. Reactions to single registrations are not woken: the
    caller records one event for the whole batch.
    """
    access = access.require(Permission.IMPORT)
    for channel in {arrival.new.channel for arrival in arrivals}:
        access.require(Permission.IMPORT, channel=channel)
    for arrival in arrivals:
        check(arrival.new)
    numbers = _numbers(access.municipality_id, arrivals)
    appeals = [
        _appeal(arrival, access.municipality_id, number)
        for arrival, number in zip(arrivals, numbers, strict=True)
    ]
    mark_themes(access.municipality_id, appeals)
    copy_new(connection, [appeal.applicant for appeal in appeals])
    for appeal in appeals:
        appeal.applicant_id = appeal.applicant.pk
    copy_new(connection, appeals)
    questions = [
        _with_result(question, arrival)
        for appeal, arrival in zip(appeals, arrivals, strict=True)
        for question in questions_of(appeal, arrival.new)
    ]
    copy_new(connection, questions)
    _assign(arrivals, questions, appeals, assigned_by)
    options = Municipality.objects.values_list("settings", flat=True).get(pk=access.municipality_id)
    events = [
        event
        for appeal, arrival in zip(appeals, arrivals, strict=True)
        for event in _events(appeal, arrival, options)
    ]
    record_many(events, actor=access.actor, municipality_id=access.municipality_id, wake=False)
    return appeals


def _numbers(municipality_id: int, arrivals: Sequence[Arrival]) -> list[str]:
    zone = ZoneInfo(
        Municipality.objects.values_list("time_zone", flat=True).get(pk=municipality_id)
    )
    places: dict[tuple[str, int], list[int]] = defaultdict(list)
    for index, arrival in enumerate(arrivals):
        year = arrival.registered_at.astimezone(zone).year
        places[(arrival.new.regime, year)].append(index)
    numbers = [""] * len(arrivals)
    for (regime, year), indexes in places.items():
        taken = take_numbers(municipality_id, regime, year, len(indexes))
        for index, number in zip(indexes, taken, strict=True):
            numbers[index] = number
    return numbers


def _appeal(arrival: Arrival, municipality_id: int, number: str) -> Appeal:
    appeal = build(arrival.new, municipality_id, number)
    appeal.registered_at = arrival.registered_at
    appeal.status = arrival.status
    appeal.executor_body_id = arrival.body_id
    appeal.body_ids = [arrival.body_id] if arrival.body_id else []
    appeal.answered_at = arrival.answered_at
    appeal.due_at = arrival.due_at
    appeal.score = arrival.score
    appeal.repeats_id = arrival.repeats_id
    appeal.repetition = Repetition.REPEAT if arrival.repeats_id else ""
    appeal.external_status = arrival.external_status[:100]
    appeal.external_hash = arrival.external_hash
    return appeal


def _with_result(question: Question, arrival: Arrival) -> Question:
    question.result = _RESULTS.get(arrival.status, "")
    question.answered_at = arrival.answered_at
    return question


def _assign(
    arrivals: Sequence[Arrival],
    questions: Sequence[Question],
    appeals: Sequence[Appeal],
    assigned_by: str,
) -> None:
    given = {
        appeal.pk: (arrival, arrival.body_id)
        for appeal, arrival in zip(appeals, arrivals, strict=True)
        if arrival.body_id
    }
    made = []
    for question in questions:
        if question.appeal_id not in given:
            continue
        arrival, body_id = given[question.appeal_id]
        made.append(
            Assignment(
                question=question,
                body_id=body_id,
                role=AssignmentRole.MAIN,
                assigned_at=arrival.registered_at,
                assigned_by=assigned_by[:300],
                done_at=arrival.answered_at,
            )
        )
    copy_new(connection, made)


def _events(appeal: Appeal, arrival: Arrival, options: Mapping[str, Any]) -> list[AppealEvent]:
    events: list[AppealEvent] = [registered(appeal, len(arrival.new.questions) or 1, options)]
    if arrival.body_id:
        events.append(
            ExecutorAssigned(
                subject_id=appeal.pk,
                case_id=appeal.pk,
                question=1,
                body_id=arrival.body_id,
                body=arrival.body,
                role=AssignmentRole.MAIN,
                role_label=AssignmentRole.MAIN.label,
            )
        )
    if arrival.answered_at:
        events.append(
            AppealAnswered(subject_id=appeal.pk, case_id=appeal.pk, answered_at=arrival.answered_at)
        )
    return events
