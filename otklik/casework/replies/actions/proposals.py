"""Proposals and drafted acts: written by the executor, decided by the head.

ust-kubinsky 4.9.б (what), 4.9.г (to whom). Every text sent stays as a revision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Refused
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.models import Appeal
from otklik.casework.replies.actions.draft import require_draft
from otklik.casework.replies.events import (
    ActMoved,
    ProposalDecided,
    ProposalSaved,
    ProposalSubmitted,
)
from otklik.casework.replies.models import Proposal, ProposalMeasure, ProposalRevision
from otklik.casework.replies.queries.proposals import PROPOSAL, PROPOSAL_STEPS, proposal_card
from otklik.casework.replies.vocabulary import ActStage, ProposalKind, ProposalStatus
from otklik.directory.approvals.actions import decide, start
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.attachments.queries import files_of
from otklik.records.journal.actions import record

Decision = Literal["approve", "reject", "return"]
EDITABLE = (ProposalStatus.DRAFT, ProposalStatus.RETURNED)
HEADS = (Permission.APPROVE, Permission.SIGN)
OUTCOMES = {
    "approve": ProposalStatus.APPROVED,
    "reject": ProposalStatus.REJECTED,
    "return": ProposalStatus.RETURNED,
}


@dataclass(frozen=True, kw_only=True)
class MeasureGiven:
    body_id: int
    text: str
    due_on: date | None = None


@transaction.atomic
def save_proposal(
    *,
    access: Access,
    appeal_id: int,
    kind: str,
    title: str,
    text: str,
    measures: Sequence[MeasureGiven] = (),
    proposal_id: int | None = None,
) -> Proposal:
    """Keep a draft, a new one or that of `proposal_id`.

    Raises Refused for empty words, a measure without words, or a body that is not there; Conflict
    when it has been sent.
    """
    appeal = locked(access, appeal_id)
    access = require_draft(access, appeal)
    _check(title, text, kind)
    proposal = _editable(access, appeal, proposal_id) if proposal_id else _new(access, appeal, kind)
    proposal.kind, proposal.title, proposal.text = kind, title.strip()[:300], text.strip()
    proposal.author_id, proposal.author_label = access.account_id, access.actor.label
    proposal.save()
    proposal.measures.all().delete()
    ProposalMeasure.objects.bulk_create(_measures(access, proposal, measures))
    _record(access, proposal, ProposalSaved(**_key(proposal), kind=_kind(proposal),
                                            proposal=proposal.title))  # fmt: skip
    return proposal


@transaction.atomic
def submit_proposal(*, access: Access, proposal_id: int) -> Proposal:
    """Freeze the words as a revision and put them before the head.

    Raises Refused when a proposal names no measure of any body or an act has no file.
    """
    seen = proposal_card(access, proposal_id)
    appeal = locked(access, seen.appeal_id)
    access = require_draft(access, appeal)
    proposal = _editable(access, appeal, proposal_id)
    measures = list(proposal.measures.select_related("body"))
    _complete(proposal, measures)
    if proposal.status == ProposalStatus.RETURNED:
        proposal.revision += 1
    proposal.status = ProposalStatus.ON_DECISION
    proposal.submitted_at = clock.now()
    proposal.save()
    ProposalRevision.objects.create(
        proposal=proposal,
        number=proposal.revision,
        title=proposal.title,
        text=proposal.text,
        measures=[_measure_note(each) for each in measures],
        author_label=access.actor.label,
        created_at=proposal.submitted_at,
    )
    start(access=access, subject=PROPOSAL, subject_id=proposal.pk, usual=PROPOSAL_STEPS)
    _record(
        access,
        proposal,
        ProposalSubmitted(
            **_key(proposal),
            kind=_kind(proposal),
            proposal=proposal.title,
            revision=proposal.revision,
        ),
    )
    return proposal


@transaction.atomic
def decide_proposal(
    *, access: Access, proposal_id: int, decision: Decision, reason: str = ""
) -> Proposal:
    """Approve, reject or send back. A rejection and a return need a reason; it is kept.

    Raises Conflict when nothing waits, Forbidden without the right of the step.
    """
    seen = proposal_card(access, proposal_id)
    appeal = locked(access, seen.appeal_id)
    proposal = Proposal.objects.select_for_update().get(pk=proposal_id)
    if decision != "approve" and not reason.strip():
        raise Refused("Решение без обоснования не принимается.", "Напишите, почему так решено.")
    outcome, step = decide(
        access=access,
        subject=PROPOSAL,
        subject_id=proposal.pk,
        approve=decision == "approve",
        body_id=appeal.executor_body_id,
        channel=appeal.channel,
        remark=reason,
    )
    if outcome == "next":
        return proposal
    access = access.under(step.permission, body_id=appeal.executor_body_id, channel=appeal.channel)
    proposal.status = OUTCOMES[decision]
    proposal.decided_at, proposal.decided_label = clock.now(), step.decided_label
    proposal.decision_reason = reason.strip()
    if proposal.kind == ProposalKind.ACT and proposal.status == ProposalStatus.APPROVED:
        proposal.stage = ActStage.AGREEING
    proposal.save()
    _record(
        access,
        proposal,
        ProposalDecided(
            **_key(proposal),
            kind=_kind(proposal),
            proposal=proposal.title,
            outcome=str(ProposalStatus(proposal.status).label),
            reason=proposal.decision_reason,
        ),
    )
    return proposal


@transaction.atomic
def move_act(
    *, access: Access, proposal_id: int, stage: str, number: str = "", on: date | None = None
) -> Proposal:
    """Say where an approved draft of an act stands now. An adopted one has its number and date."""
    seen = proposal_card(access, proposal_id)
    appeal = locked(access, seen.appeal_id)
    if any(
        access.allows(right, body_id=appeal.executor_body_id, channel=appeal.channel)
        for right in HEADS
    ):
        access = access.under(*HEADS, body_id=appeal.executor_body_id, channel=appeal.channel)
    else:
        access = require_draft(access, appeal)
    proposal = Proposal.objects.select_for_update().get(pk=proposal_id)
    if proposal.kind != ProposalKind.ACT or proposal.status != ProposalStatus.APPROVED:
        raise Conflict("Ход отмечают у одобренного проекта акта.", "Дождитесь решения.")
    if stage not in ActStage.values:
        raise Refused("Не выбран ход акта.", "Выберите вариант из списка.")
    if stage in (ActStage.ADOPTED, ActStage.PUBLISHED) and not (
        (number.strip() or proposal.act_number) and (on or proposal.act_date)
    ):
        raise Refused("У принятого акта есть номер и дата.", "Впишите номер и дату акта.")
    proposal.stage = stage
    proposal.act_number = number.strip()[:50] or proposal.act_number
    proposal.act_date = on or proposal.act_date
    proposal.save(update_fields=["stage", "act_number", "act_date"])
    _record(
        access,
        proposal,
        ActMoved(
            **_key(proposal),
            proposal=proposal.title,
            stage=str(ActStage(stage).label),
            number=proposal.act_number,
        ),
    )
    return proposal


def _check(title: str, text: str, kind: str) -> None:
    if kind not in ProposalKind.values:
        raise Refused("Не выбрано, что готовится.", "Выберите предложение или проект акта.")
    if not title.strip() or not text.strip():
        raise Refused("Нет названия или текста.", "Заполните и то, и другое.")


def _new(access: Access, appeal: Appeal, kind: str) -> Proposal:
    return Proposal(
        appeal=appeal,
        body_id=appeal.executor_body_id,
        kind=kind,
        status=ProposalStatus.DRAFT,
        created_at=clock.now(),
    )


def _editable(access: Access, appeal: Appeal, proposal_id: int) -> Proposal:
    found = Proposal.objects.select_for_update().filter(pk=proposal_id, appeal=appeal).first()
    if found is None:
        raise Refused("Такого предложения у обращения нет.", "Обновите карточку.")
    if found.status not in EDITABLE:
        raise Conflict(
            "Предложение уже у руководителя или решено, править его нельзя.",
            "Дождитесь решения или начните новое.",
        )
    return found


def _measures(
    access: Access, proposal: Proposal, given: Sequence[MeasureGiven]
) -> list[ProposalMeasure]:
    known = set(
        Body.objects.filter(
            municipality_id=access.municipality_id, pk__in=[each.body_id for each in given]
        ).values_list("pk", flat=True)
    )
    for each in given:
        if each.body_id not in known:
            raise Refused("Такого органа нет.", "Выберите орган из списка.")
        if not each.text.strip():
            raise Refused("У органа не названа мера.", "Напишите, что он должен сделать.")
    return [
        ProposalMeasure(
            proposal=proposal,
            body_id=each.body_id,
            text=each.text.strip()[:500],
            due_on=each.due_on,
        )
        for each in given
    ]


def _complete(proposal: Proposal, measures: Sequence[ProposalMeasure]) -> None:
    if proposal.kind == ProposalKind.PROPOSAL and not measures:
        raise Refused(
            "В предложении не названы органы и меры.", "Впишите, кто и что должен сделать."
        )
    if proposal.kind == ProposalKind.ACT and not files_of(PROPOSAL, [proposal.pk]).exists():
        raise Refused("К проекту акта не приложен файл.", "Приложите текст проекта.")


def _measure_note(measure: ProposalMeasure) -> dict[str, str]:
    return {
        "body": str(measure.body),
        "text": measure.text,
        "due_on": measure.due_on.isoformat() if measure.due_on else "",
    }


def _key(proposal: Proposal) -> dict[str, int]:
    return {"subject_id": proposal.pk, "case_id": proposal.appeal_id}


def _kind(proposal: Proposal) -> str:
    return str(ProposalKind(proposal.kind).label)


def _record(
    access: Access,
    proposal: Proposal,
    event: ProposalSaved | ProposalSubmitted | ProposalDecided | ActMoved,
) -> None:
    record(event, actor=access.actor, municipality_id=access.municipality_id)
