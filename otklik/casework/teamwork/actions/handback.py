"""Outside competence: handed back with a proposed executor; disputes are settled by the head."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, NotFound, Refused
from otklik.casework.appeals.actions import assign_executor, withdraw_assignment
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import AssignmentRole
from otklik.casework.teamwork.actions.handling import drafting, own_assignment, react
from otklik.casework.teamwork.events import AssignmentHandedBack, HandBackDecided
from otklik.casework.teamwork.models import HandBack
from otklik.casework.teamwork.vocabulary import HandBackState, Reaction
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@transaction.atomic
def hand_back(
    *, access: Access, assignment_id: int, reason: str, proposed_id: int | None = None
) -> HandBack:
    """Hand an assignment back as outside competence (ust-kubinsky 4.9.a).

    A second time on the same question, by anybody, is a dispute of competence; after the head
    settled one for this body it is Refused. The assignment stays in force until the decision.
    """
    assignment = own_assignment(access, assignment_id)
    access = drafting(access, assignment)
    appeal = assignment.question.appeal
    if not reason.strip():
        raise Refused("Не указана причина возврата.", "Напишите, чья это компетенция и почему.")
    proposed = _proposed(appeal, assignment, proposed_id)
    earlier = HandBack.objects.filter(assignment__question=assignment.question)
    if earlier.filter(assignment=assignment, state=HandBackState.WAITING).exists():
        raise Conflict("Поручение уже возвращено и ждёт решения.", "Дождитесь решения.")
    if earlier.filter(given_to=assignment.body, state=HandBackState.SETTLED).exists():
        raise Refused(
            "Спор о компетенции по этому вопросу решён руководителем.",
            "Выполните поручение или обратитесь к руководителю центра.",
        )
    made = HandBack.objects.create(
        municipality_id=appeal.municipality_id,
        assignment=assignment,
        reason=reason.strip(),
        proposed=proposed,
        disputed=earlier.exists(),
        author_id=access.account_id,
        author_label=access.actor.label,
        created_at=clock.now(),
        state=HandBackState.WAITING,
    )
    record(
        AssignmentHandedBack(
            subject_id=made.pk,
            case_id=appeal.pk,
            body=str(assignment.body),
            proposed=str(proposed or ""),
            reason=made.reason,
            disputed=made.disputed,
        ),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
    react(appeal, assignment.body_id, Reaction.HANDED_BACK, access.actor)
    return made


@transaction.atomic
def accept_hand_back(
    *, access: Access, hand_back_id: int, body_id: int | None = None, reason: str = ""
) -> HandBack:
    """Give the question to another body: the proposed one, or `body_id`.

    A dispute needs a reason and is thereby settled (tuapse 3.4.2).
    """
    found, appeal = _waiting(access, hand_back_id)
    access = access.under(
        Permission.ASSIGN, body_id=found.assignment.body_id, channel=appeal.channel
    )
    chosen = body_id or found.proposed_id
    if chosen is None:
        raise Refused("Не выбран новый исполнитель.", "Выберите орган, которому передать вопрос.")
    if chosen == found.assignment.body_id:
        raise Refused(
            "Это тот же исполнитель, который вернул поручение.",
            "Выберите другой орган или откажите в возврате.",
        )
    _reason_of_dispute(found, reason)
    _reassign(access, appeal, found.assignment, chosen, reason.strip() or found.reason)
    return _decide(access, appeal, found, HandBackState.ACCEPTED, reason, chosen)


@transaction.atomic
def decline_hand_back(*, access: Access, hand_back_id: int, reason: str) -> HandBack:
    """Leave the question with the executor; a reason is always needed."""
    found, appeal = _waiting(access, hand_back_id)
    access = access.under(
        Permission.ASSIGN, body_id=found.assignment.body_id, channel=appeal.channel
    )
    if not reason.strip():
        raise Refused("Не указана причина отказа.", "Напишите, почему поручение остаётся.")
    return _decide(access, appeal, found, HandBackState.DECLINED, reason, found.assignment.body_id)


def _waiting(access: Access, hand_back_id: int) -> tuple[HandBack, Appeal]:
    access = access.require_any(Permission.ASSIGN)
    found = (
        HandBack.objects.select_for_update(of=("self",))
        .select_related("assignment__question", "assignment__body", "proposed")
        .filter(pk=hand_back_id, municipality_id=access.municipality_id)
        .first()
    )
    if found is None:
        raise NotFound("Такого возврата нет.", "Вернитесь к списку.")
    access = access.require(Permission.ASSIGN, body_id=found.assignment.body_id)
    appeal = locked(access, found.assignment.question.appeal_id)
    access.require(Permission.ASSIGN, body_id=found.assignment.body_id, channel=appeal.channel)
    if found.state != HandBackState.WAITING or found.assignment.withdrawn_at:
        raise Conflict("По этому возврату решение уже принято.", "Обновите страницу.")
    return found, appeal


def _proposed(appeal: Appeal, assignment: Assignment, proposed_id: int | None) -> Body | None:
    if proposed_id is None:
        return None
    if proposed_id == assignment.body_id:
        raise Refused("Предложен тот же исполнитель.", "Выберите другой орган.")
    found = Body.objects.filter(municipality_id=appeal.municipality_id, pk=proposed_id).first()
    if found is None or not found.is_active:
        raise NotFound("Такого органа нет среди действующих.", "Выберите орган из списка.")
    return found


def _reason_of_dispute(found: HandBack, reason: str) -> None:
    if found.disputed and not reason.strip():
        raise Refused(
            "Спор о компетенции решают с обоснованием.", "Напишите, почему вопрос передаётся."
        )


def _reassign(
    access: Access, appeal: Appeal, assignment: Assignment, body_id: int, reason: str
) -> None:
    withdraw_assignment(access=access, assignment_id=assignment.pk, reason=reason)
    assign_executor(
        access=access,
        appeal_id=appeal.pk,
        body_id=body_id,
        question_number=assignment.question.number,
        role=AssignmentRole(assignment.role),
        instruction=assignment.instruction,
        due_at=assignment.due_at,
    )


def _decide(
    access: Access,
    appeal: Appeal,
    found: HandBack,
    state: HandBackState,
    reason: str,
    body_id: int,
) -> HandBack:
    """A decision on a dispute settles it, whichever way it goes."""
    found.state = HandBackState.SETTLED if found.disputed else state
    found.decided_at, found.decided_label = clock.now(), access.actor.label
    found.decision_reason, found.given_to_id = reason.strip(), body_id
    found.save()
    record(
        HandBackDecided(
            subject_id=found.pk,
            case_id=appeal.pk,
            state_label=HandBackState(found.state).label,
            body=str(found.assignment.body),
            assigned=str(found.given_to),
            reason=found.decision_reason,
        ),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
    return found
