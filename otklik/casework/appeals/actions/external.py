"""News about a case from the system it came from; the centre's own work is never overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict
from otklik.casework.appeals.actions.locking import locked, save
from otklik.casework.appeals.actions.theme import mark_themes
from otklik.casework.appeals.events import ExternalUpdated
from otklik.casework.appeals.models import Appeal, Assignment, Question
from otklik.casework.appeals.vocabulary import AssignmentRole, Result, Status
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record, record_many

_UNTOUCHED = (Status.RECEIVED, Status.REGISTERED, Status.ASSIGNED)
_FIELDS = (
    "status",
    "answered_at",
    "score",
    "topic",
    "theme",
    "executor_body",
    "body_ids",
    "external_status",
    "external_hash",
    "version",
)


@dataclass(frozen=True, kw_only=True)
class ExternalNews:
    """What the other system says now; None and empty say nothing.

    `was_topic_id` is the topic it named before: a case that still has it was not changed here.
    """

    appeal_id: int
    external_hash: str
    external_status: str = ""
    closed_as: Status | None = None
    answered_at: datetime | None = None
    score: int | None = None
    topic_id: int | None = None
    was_topic_id: int | None = None
    body_id: int | None = None


@transaction.atomic
def update_external(
    *, access: Access, news: Sequence[ExternalNews], source: str, moment: datetime
) -> dict[int, str]:
    """Take over what is new; returns a Russian list of changed fields by appeal, maybe empty.

    A topic, an executor, a score or a state set here stays: only what is still empty, or a case
    that nobody here has begun to answer, takes the other system's word. Reactions are not woken:
    the caller records one event for the whole batch.
    """
    access = access.require(Permission.IMPORT)
    told = {item.appeal_id: item for item in news}
    appeals = list(
        Appeal.objects.select_for_update()
        .filter(municipality_id=access.municipality_id, pk__in=told)
        .order_by("pk")
        .defer("search", "text")
    )
    changes: dict[int, str] = {}
    for appeal in appeals:
        changes[appeal.pk] = ", ".join(_apply(appeal, told[appeal.pk], source, moment))
        appeal.version += 1
    mark_themes(access.municipality_id, appeals)
    Appeal.objects.bulk_update(appeals, _FIELDS, batch_size=500)
    record_many(
        [
            ExternalUpdated(subject_id=pk, case_id=pk, fields=fields)
            for pk, fields in changes.items()
            if fields
        ],
        actor=access.actor,
        municipality_id=access.municipality_id,
        wake=False,
    )
    return changes


@transaction.atomic
def close_as_there(
    *, access: Access, appeal_id: int, status: Status, answered_at: datetime | None, source: str
) -> Appeal:
    """Close a case that the other system closed, whatever was begun here; a person has decided.

    Raises Forbidden; Conflict when the case is closed already.
    """
    access = access.require_any(Permission.SEND)
    appeal = locked(access, appeal_id)
    access = access.require(Permission.SEND, channel=appeal.channel)
    if not appeal.is_open:
        raise Conflict("Обращение уже закрыто.", "Обновите страницу.")
    _close(appeal, status, answered_at or clock.now())
    save(appeal, "status", "answered_at")
    record(
        ExternalUpdated(
            subject_id=appeal.pk, case_id=appeal.pk, fields=f"закрыто, как там: {source}"
        ),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    return appeal


def _apply(appeal: Appeal, item: ExternalNews, source: str, moment: datetime) -> list[str]:
    changed = []
    appeal.external_hash = item.external_hash
    if item.external_status and item.external_status != appeal.external_status:
        appeal.external_status = item.external_status[:100]
        changed.append(f"состояние «{appeal.external_status}»")
    if item.score is not None and appeal.score is None:
        appeal.score = item.score
        changed.append("оценка")
    if item.topic_id and item.topic_id != appeal.topic_id in (None, item.was_topic_id):
        appeal.topic_id = item.topic_id
        Question.objects.filter(appeal=appeal, number=1).update(topic_id=item.topic_id)
        changed.append("тема")
    if item.body_id and appeal.executor_body_id is None and appeal.status in _UNTOUCHED:
        _assign(appeal, item.body_id, source, moment)
        changed.append("исполнитель")
    if item.closed_as and appeal.status in _UNTOUCHED:
        _close(appeal, item.closed_as, item.answered_at)
        changed.append("ответ дан" if item.closed_as == Status.ANSWERED else "закрыто")
    elif item.answered_at and appeal.status == Status.ANSWERED and appeal.answered_at is None:
        _close(appeal, Status.ANSWERED, item.answered_at)
        changed.append("дата ответа")
    return changed


def _assign(appeal: Appeal, body_id: int, source: str, moment: datetime) -> None:
    appeal.executor_body_id, appeal.body_ids = body_id, [body_id]
    if appeal.status == Status.REGISTERED:
        appeal.status = Status.ASSIGNED
    Assignment.objects.bulk_create(
        Assignment(
            question=question,
            body_id=body_id,
            role=AssignmentRole.MAIN,
            assigned_at=moment,
            assigned_by=source[:300],
        )
        for question in Question.objects.filter(appeal=appeal)
    )


def _close(appeal: Appeal, status: Status, answered_at: datetime | None) -> None:
    appeal.status, appeal.answered_at = status, answered_at
    results = {Status.ANSWERED: Result.EXPLAINED, Status.FORWARDED: Result.TRANSFERRED}
    questions = Question.objects.filter(appeal=appeal)
    questions.filter(result="").update(result=results.get(status, Result.LEFT))
    questions.update(answered_at=answered_at)
    open_ones = Assignment.objects.filter(question__appeal=appeal, done_at__isnull=True)
    open_ones.update(done_at=answered_at)
