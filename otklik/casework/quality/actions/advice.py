"""Recommendations on what was found, and their way to being done (dedovichi:13.9)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.casework.quality.actions.findings import channel_of, locked
from otklik.casework.quality.events import AdviceFollowed, AdviceGiven
from otklik.casework.quality.models import Advice
from otklik.casework.quality.queries.registers import advice_to
from otklik.casework.quality.vocabulary import AdviceState
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

_ANSWERED = (AdviceState.DONE, AdviceState.DECLINED)


@transaction.atomic
def recommend(
    *,
    access: Access,
    finding_id: int,
    text: str,
    body_id: int | None = None,
    due_on: date | None = None,
) -> Advice:
    """Advise a body (by default that of the finding) what to change."""
    finding = locked(access, finding_id)
    access = access.under(Permission.QUALITY, body_id=finding.body_id, channel=channel_of(finding))
    if not text.strip():
        raise Refused("Рекомендация пуста.", "Напишите, что изменить.")
    body = finding.body
    if body_id is not None:
        body = Body.objects.filter(municipality_id=access.municipality_id, pk=body_id).first()
        if body is None:
            raise NotFound("Такого органа нет.", "Выберите орган из списка.")
    advice = Advice.objects.create(
        finding=finding,
        body=body,
        text=text.strip(),
        due_on=due_on,
        given_at=clock.now(),
        given_by=access.actor.label,
    )
    event = AdviceGiven(
        subject_id=advice.pk, case_id=finding.appeal_id, text=advice.text, body=str(body or "")
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return advice


@transaction.atomic
def follow(*, access: Access, advice_id: int, state: str, comment: str = "") -> Advice:
    """Move a recommendation on. Whoever controls the addressed body may do so too."""
    advice = (
        advice_to(access)
        .select_for_update(of=("self",))
        .select_related("finding", "finding__appeal")
        .filter(pk=advice_id)
        .first()
    )
    if advice is None:
        raise NotFound("Такой рекомендации нет или она вам не доступна.", "Обновите страницу.")
    channel = channel_of(advice.finding)
    if access.allows(Permission.CONTROL, body_id=advice.body_id, channel=channel):
        access = access.under(Permission.CONTROL, body_id=advice.body_id, channel=channel)
    else:
        access = access.require(Permission.QUALITY, body_id=advice.body_id, channel=channel)
    if state not in AdviceState.values:
        raise Refused("Не выбрано состояние.", "Выберите его из списка.")
    if state in _ANSWERED and not comment.strip():
        raise Refused("Не сказано, что сделано.", "Напишите одной фразой, чем закончилось.")
    advice.state = state
    advice.comment = comment.strip() or advice.comment
    advice.changed_at, advice.changed_by = clock.now(), access.actor.label
    advice.save()
    event = AdviceFollowed(
        subject_id=advice.pk,
        case_id=advice.finding.appeal_id,
        state=state,
        comment=comment.strip(),
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return advice
