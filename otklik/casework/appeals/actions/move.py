"""Moving a case along the status table."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.casework.appeals.actions.locking import locked, save
from otklik.casework.appeals.events import (
    AnswerPublished,
    AppealAnswered,
    AppealReopened,
    RegimeConverted,
    StatusChanged,
)
from otklik.casework.appeals.models import Appeal, Assignment, Question
from otklik.casework.appeals.rules.naming import regime_name
from otklik.casework.appeals.rules.workflow import TRANSITIONS, target_of
from otklik.casework.appeals.vocabulary import Regime, Result, Status
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@transaction.atomic
def move(*, access: Access, appeal_id: int, verb: str, reason: str = "") -> Appeal:
    """One step of the status table. The caller has checked the right where a route decides it;
    here it is asked for the whole case's body. Conflict when the step does not fit."""
    appeal = locked(access, appeal_id)
    before = appeal.status
    appeal.status = target_of(verb, before, reason)
    save(appeal, "status")
    _record(
        access,
        appeal,
        StatusChanged(
            subject_id=appeal.pk,
            case_id=appeal.pk,
            before=before,
            after=appeal.status,
            after_label=Status(appeal.status).label,
            reason=reason,
        ),
    )
    return appeal


@transaction.atomic
def mark_answered(
    *,
    access: Access,
    appeal_id: int,
    result: Result = Result.EXPLAINED,
    measures_taken: bool = False,
    answered_at: datetime | None = None,
) -> Appeal:
    """The answer has left: the case is done. No closing without a result."""
    moment = answered_at or clock.now()
    appeal = locked(access, appeal_id)
    appeal.status = target_of("answer", appeal.status)
    appeal.answered_at = moment
    save(appeal, "status", "answered_at")
    Question.objects.filter(appeal=appeal, result="").update(
        result=result, measures_taken=measures_taken
    )
    Question.objects.filter(appeal=appeal, answered_at__isnull=True).update(answered_at=moment)
    Assignment.objects.filter(question__appeal=appeal, done_at__isnull=True).update(done_at=moment)
    _record(
        access,
        appeal,
        AppealAnswered(subject_id=appeal.pk, case_id=appeal.pk, answered_at=moment),
    )
    return appeal


@transaction.atomic
def close_without_answer(*, access: Access, appeal_id: int, verb: str, reason: str) -> Appeal:
    """Forward, leave without answer or stop at the applicant's wish; always with a reason.

    59-ФЗ, art. 8 part 3; art. 11; art. 5 p. 5.
    """
    transition = TRANSITIONS[verb]
    access = access.require(Permission(transition.permission))
    result = Result.TRANSFERRED if verb == "forward" else Result.LEFT
    return conclude(access=access, appeal_id=appeal_id, verb=verb, reason=reason, result=result)


@transaction.atomic
def conclude(*, access: Access, appeal_id: int, verb: str, reason: str, result: Result) -> Appeal:
    """End a case otherwise than by an answer; the caller has checked the right to decide so.

    Questions that already have a result keep it.
    """
    appeal = move(access=access, appeal_id=appeal_id, verb=verb, reason=reason)
    moment = clock.now()
    Question.objects.filter(appeal=appeal, result="").update(result=result, answered_at=moment)
    appeal.answered_at = moment
    appeal.save(update_fields=["answered_at"])
    return appeal


@transaction.atomic
def reopen(*, access: Access, appeal_id: int, reason: str) -> Appeal:
    """Take up again: by the citizen's score or by staff. Earlier answers stay."""
    appeal = locked(access, appeal_id)
    appeal.status = target_of("reopen", appeal.status, reason)
    appeal.answered_at = None
    appeal.reopened += 1
    save(appeal, "status", "answered_at", "reopened")
    Question.objects.filter(appeal=appeal).update(result="", answered_at=None)
    Assignment.objects.filter(question__appeal=appeal, withdrawn_at__isnull=True).update(
        done_at=None
    )
    _record(
        access,
        appeal,
        AppealReopened(
            subject_id=appeal.pk,
            case_id=appeal.pk,
            reason=reason,
            times=appeal.reopened,
        ),
    )
    return appeal


@transaction.atomic
def convert_regime(*, access: Access, appeal_id: int, regime: Regime, reason: str) -> Appeal:
    """Make a сообщение an обращение or back: never silent, always with a reason.

    (pereslavl 1.1.4, 1.1.5; novoduginsky 1.1)
    """
    access = access.require(Permission.CONVERT)
    if not reason.strip():
        raise Refused("Перевод без причины не принимается.", "Напишите, почему меняется порядок.")
    appeal = locked(access, appeal_id)
    access = access.under(Permission.CONVERT, channel=appeal.channel)
    before = appeal.regime
    appeal.regime = regime
    save(appeal, "regime")
    _record(
        access,
        appeal,
        RegimeConverted(
            subject_id=appeal.pk,
            case_id=appeal.pk,
            before=before,
            after=regime,
            after_label=regime_name(regime, appeal.municipality.settings),
            reason=reason,
        ),
    )
    return appeal


@transaction.atomic
def mark_published(*, access: Access, appeal_id: int, url: str = "") -> Appeal:
    """Staff have carried the answer into the outside system («опубликовано»)."""
    access = access.require(Permission.SEND)
    appeal = locked(access, appeal_id)
    appeal.published_at = clock.now()
    appeal.published_url = url[:300]
    save(appeal, "published_at", "published_url")
    _record(
        access,
        appeal,
        AnswerPublished(subject_id=appeal.pk, case_id=appeal.pk, url=url[:300]),
    )
    return appeal


def count_score(appeal_id: int, score: int) -> None:
    """Keep the newest score on the case (called by the room of scores in its transaction)."""
    Appeal.objects.filter(pk=appeal_id).update(score=score, version=F("version") + 1)


def _record(
    access: Access,
    appeal: Appeal,
    event: StatusChanged | AppealAnswered | AppealReopened | RegimeConverted | AnswerPublished,
) -> None:
    record(event, actor=access.actor, municipality_id=appeal.municipality_id)
