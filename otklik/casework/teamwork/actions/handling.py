"""How executors meet assignments: receipt, first reaction, urgent passing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import Conflict, Forbidden, NotFound, Refused
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.routing.queries import suggestion_for
from otklik.casework.teamwork.events import AssignmentReceived, FirstReaction, PassedUrgently
from otklik.casework.teamwork.models import Handling
from otklik.casework.teamwork.vocabulary import Reaction
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@transaction.atomic
def confirm_receipt(*, access: Access, assignment_id: int) -> Handling:
    """«Принято в работу»: the executor has it in hand; the time is kept. Again: Conflict."""
    assignment = own_assignment(access, assignment_id)
    access = drafting(access, assignment)
    appeal = assignment.question.appeal
    handling = handling_of(assignment)
    if handling.received_at:
        raise Conflict("Получение уже подтверждено.", "Обновите карточку.")
    handling.received_at, handling.received_label = clock.now(), access.actor.label
    handling.save(update_fields=["received_at", "received_label"])
    record(
        AssignmentReceived(subject_id=assignment.pk, case_id=appeal.pk, body=str(assignment.body)),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
    react(appeal, assignment.body_id, Reaction.RECEIVED, access.actor)
    return handling


@transaction.atomic
def pass_urgently(
    *,
    access: Access,
    appeal_id: int,
    body_id: int | None = None,
    instruction: str = "",
    due_at: datetime | None = None,
) -> list[Assignment]:
    """Pass an urgent case at once, by direction and topic; the first reaction is measured.

    Who may assign names any body. Who registers passes by the head's routing rule of the topic:
    the rule is the head's delegation (ust-kubinsky 2.2.3, 4.5). Raises Refused without a rule.
    """
    appeal = locked(access, appeal_id)
    access, rule = access.under(Permission.ASSIGN, body_id=body_id, channel=appeal.channel), ""
    giver = access
    if not access.allows(Permission.ASSIGN, body_id=body_id, channel=appeal.channel):
        access = access.require(Permission.REGISTER, channel=appeal.channel)
        found = suggestion_for(appeal)
        if found is None or body_id not in (None, found.body_id):
            raise Refused(
                "Срочно передать можно только по правилу маршрутизации, утверждённому для темы.",
                "Проверьте тему или попросите руководителя назначить исполнителя.",
            )
        body_id, rule = found.body_id, found.name
        giver = Access(access.actor, access.municipality_id, access.account_id, unlimited=True)
    if body_id is None:
        raise Refused("Не выбран орган.", "Выберите, кому передать срочно.")
    made = assign_executor(
        access=giver, appeal_id=appeal_id, body_id=body_id, instruction=instruction,
        due_at=due_at, rule=rule,
    )  # fmt: skip
    for assignment in made:
        handling = handling_of(assignment)
        handling.urgent_at, handling.urgent_label = clock.now(), access.actor.label
        handling.save(update_fields=["urgent_at", "urgent_label"])
    record(
        PassedUrgently(subject_id=made[0].pk, case_id=appeal.pk, body=str(made[0].body), rule=rule),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
    return made


@transaction.atomic
def note_answer_drafted(*, appeal_id: int, body_id: int | None) -> None:
    """A drafted answer is a reaction, also of those who work by a link."""
    appeal = Appeal.objects.select_for_update().get(pk=appeal_id)
    body_id = body_id or appeal.executor_body_id
    if body_id:
        react(appeal, body_id, Reaction.ANSWER, Actor.system("Совместная работа"))


def react(appeal: Appeal, body_id: int, reaction: Reaction, actor: Actor) -> None:
    """Keep the first reaction of a body to its assignments in a locked case."""
    waiting = Assignment.objects.filter(
        Q(handling__isnull=True) | Q(handling__reacted_at__isnull=True),
        question__appeal=appeal,
        body_id=body_id,
        withdrawn_at__isnull=True,
    ).select_related("body")
    for assignment in waiting:
        handling = handling_of(assignment)
        handling.reacted_at, handling.reaction = clock.now(), reaction
        handling.save(update_fields=["reacted_at", "reaction"])
        since = handling.urgent_at or assignment.assigned_at
        record(
            FirstReaction(
                subject_id=assignment.pk,
                case_id=appeal.pk,
                body=str(assignment.body),
                reaction_label=reaction.label,
                minutes=max(0, int((clock.now() - since).total_seconds() // 60)),
            ),
            actor=actor,
            municipality_id=appeal.municipality_id,
        )


def handling_of(assignment: Assignment) -> Handling:
    """The row of an assignment under lock; made when there is none."""
    found, _ = Handling.objects.select_for_update().get_or_create(assignment=assignment)
    return found


def own_assignment(access: Access, assignment_id: int) -> Assignment:
    """An assignment in force that this person carries out; its case is locked."""
    assignment = (
        Assignment.objects.select_related("question", "body")
        .filter(pk=assignment_id, withdrawn_at__isnull=True)
        .first()
    )
    if assignment is None:
        raise NotFound("Этого поручения уже нет.", "Обновите карточку.")
    assignment.question.appeal = locked(access, assignment.question.appeal_id)
    if not access.allows(
        Permission.DRAFT,
        body_id=assignment.body_id,
        account_id=assignment.account_id,
        channel=assignment.question.appeal.channel,
    ):
        raise Forbidden(
            f"Поручение дано не вам, а органу «{assignment.body}».",
            "Это делает сотрудник органа-исполнителя.",
        )
    return assignment


def drafting(access: Access, assignment: Assignment) -> Access:
    """The access acting under the role that carries the assignment out."""
    return access.under(
        Permission.DRAFT, body_id=assignment.body_id, account_id=assignment.account_id
    )


def carry_handling(*, former: Assignment, made: Assignment) -> None:
    """An assignment given back to its executor goes on as he had taken it up before."""
    found = Handling.objects.filter(assignment=former).first()
    if found is not None:
        found.pk, found.assignment = None, made
        found.save(force_insert=True)
