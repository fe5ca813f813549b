"""Checking what another person entered."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Forbidden, NotFound, Refused
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.formalising.actions.entering import classifying, question_of
from otklik.casework.formalising.events import EssenceConfirmed, EssenceReturned
from otklik.casework.formalising.models import Formalisation
from otklik.casework.formalising.rules import may_confirm, one_line
from otklik.casework.formalising.vocabulary import FormalState
from otklik.directory.organisation.rules import Access
from otklik.exchange.notifications.actions import tell
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.records.journal.actions import record


@transaction.atomic
def confirm(*, access: Access, appeal_id: int, question_number: int) -> Formalisation:
    """Say that what was entered is right. Confirming twice changes nothing."""
    part, access = _waiting(access, appeal_id, question_number)
    if part.state == FormalState.CONFIRMED:
        return part
    part.state = FormalState.CONFIRMED
    part.confirmed_label, part.confirmed_at = access.actor.label[:300], clock.now()
    part.remark = ""
    part.save(update_fields=["state", "confirmed_label", "confirmed_at", "remark"])
    record(
        EssenceConfirmed(subject_id=part.pk, case_id=appeal_id, question=question_number),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    return part


@transaction.atomic
def send_back(
    *, access: Access, appeal_id: int, question_number: int, remark: str
) -> Formalisation:
    """Return what was entered to whoever entered it, with a remark; he is told."""
    part, access = _waiting(access, appeal_id, question_number)
    remark = one_line(remark)[:500]
    if not remark:
        raise Refused("Не сказано, что исправить.", "Напишите замечание.")
    if part.entered_by_id is None:
        raise Refused("Некому вернуть: внёсшего уже нет.", "Исправьте и подтвердите сами.")
    part.state, part.remark = FormalState.PROPOSED, remark
    part.confirmed_label, part.confirmed_at = "", None
    part.given_to_id = part.entered_by_id
    part.given_by_id, part.given_at = access.account_id, clock.now()
    part.save()
    tell(
        municipality_id=access.municipality_id,
        account_ids=[part.entered_by_id],
        kind=NoticeKind.RETURNED,
        text=f"Формализация возвращена: {remark}",
        url=f"/desk/appeals/{appeal_id}/#formalising",
        case_id=appeal_id,
    )
    record(
        EssenceReturned(
            subject_id=part.pk, case_id=appeal_id, question=question_number, remark=remark
        ),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    return part


def _waiting(access: Access, appeal_id: int, number: int) -> tuple[Formalisation, Access]:
    appeal = locked(access, appeal_id)
    access = classifying(access, appeal)
    part = Formalisation.objects.filter(question=question_of(appeal, number)).first()
    if part is None or part.state == FormalState.PROPOSED:
        raise NotFound("Проверять пока нечего.", "Дождитесь, пока суть внесут, или внесите сами.")
    if not may_confirm(
        classifies=True,
        account_id=access.account_id,
        given_to=part.given_to_id,
        given_by=part.given_by_id,
    ):
        raise Forbidden(
            "Порученную вам работу проверяет другой человек.", "Дождитесь его проверки."
        )
    return part, access
