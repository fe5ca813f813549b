"""Writing down what a question is about."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from otklik.base import clock
from otklik.base.errors import Forbidden, NotFound, Refused
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.models import Appeal, Question
from otklik.casework.appeals.queries import covering_body, may_classify
from otklik.casework.formalising.events import EssenceEntered
from otklik.casework.formalising.models import Formalisation
from otklik.casework.formalising.rules import Entry, faults, may_confirm, one_line
from otklik.casework.formalising.vocabulary import FormalState, MessageKind, ObjectKind
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.territory.models import Landmark
from otklik.records.journal.actions import record

_KINDS = frozenset(MessageKind.values)
_OBJECTS = frozenset(ObjectKind.values)


@transaction.atomic
def enter(
    *,
    access: Access,
    appeal_id: int,
    question_number: int,
    entry: Entry,
    confirming: bool = False,
) -> Formalisation:
    """Enter the formal part of a question, or enter and confirm it at once.

    Whoever the work was given to may enter; whoever may classify the case may also confirm, but
    not his own work that another person gave him. Raises Forbidden, NotFound and Refused.
    (ust-kubinsky 3.1.г; novoduginsky 1.2, 2.4; dedovichi 13; pereslavl 2.4)
    """
    appeal = locked(access, appeal_id)
    question = question_of(appeal, question_number)
    found = Formalisation.objects.filter(question=question).first()
    access = _entering(access, appeal, found)
    entry = Entry(
        essence=one_line(entry.essence),
        kind=entry.kind,
        object_kind=entry.object_kind,
        object_name=one_line(entry.object_name)[:200],
        holder_id=entry.holder_id,
        cause=one_line(entry.cause)[:200],
    )
    wrong, mend = faults(entry, _KINDS, _OBJECTS)
    if wrong:
        raise Refused(wrong, mend)
    part = found or Formalisation(question=question)
    _fill(part, appeal, entry)
    confirms = confirming and _confirms(access, appeal, part)
    _sign(part, access, confirms)
    part.save()
    record(
        EssenceEntered(
            subject_id=part.pk,
            case_id=appeal.pk,
            question=question.number,
            essence=part.essence,
            confirmed=confirms,
        ),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
    return part


def question_of(appeal: Appeal, number: int) -> Question:
    found = Question.objects.filter(appeal=appeal, number=number).first()
    if found is None:
        raise NotFound("Такого вопроса нет.", "Обновите страницу.")
    return found


def classifying(access: Access, appeal: Appeal) -> Access:
    """The access of one who may classify the case; Forbidden for others."""
    body_id = covering_body(access, appeal)
    return access.require(Permission.CLASSIFY, body_id=body_id, channel=appeal.channel)


def _entering(access: Access, appeal: Appeal, found: Formalisation | None) -> Access:
    given = found.given_to_id if found else None
    if given and given == access.account_id and not may_classify(access, appeal):
        return access
    return classifying(access, appeal)


def _confirms(access: Access, appeal: Appeal, part: Formalisation) -> bool:
    if may_confirm(
        classifies=may_classify(access, appeal),
        account_id=access.account_id,
        given_to=part.given_to_id,
        given_by=part.given_by_id,
    ):
        return True
    raise Forbidden(
        "Порученную вам работу проверяет другой человек.", "Внесите её: она уйдёт на проверку."
    )


def _fill(part: Formalisation, appeal: Appeal, entry: Entry) -> None:
    if entry.holder_id is not None:
        here = Body.objects.filter(municipality_id=appeal.municipality_id)
        if not here.filter(pk=entry.holder_id).exists():
            raise NotFound("Такого балансодержателя нет.", "Выберите орган из списка.")
    part.essence, part.kind, part.cause = entry.essence, entry.kind, entry.cause
    part.object_kind, part.object_name = entry.object_kind, entry.object_name
    part.house_id = appeal.house_id if entry.object_kind == ObjectKind.HOUSE else None
    part.landmark = _landmark(appeal, entry)
    part.holder_id = entry.holder_id
    if part.holder_id is None and part.house_id is not None and appeal.house:
        part.holder_id = appeal.house.holder_id


def _landmark(appeal: Appeal, entry: Entry) -> Landmark | None:
    if entry.object_kind != ObjectKind.LANDMARK or not entry.object_name:
        return None
    named = Q(name__iexact=entry.object_name) | Q(aliases__contains=[entry.object_name])
    return Landmark.objects.filter(named, municipality_id=appeal.municipality_id).first()


def _sign(part: Formalisation, access: Access, confirms: bool) -> None:
    moment = clock.now()
    part.state = FormalState.CONFIRMED if confirms else FormalState.ENTERED
    part.entered_by_id = access.account_id
    part.entered_label, part.entered_at = access.actor.label[:300], moment
    part.confirmed_label = access.actor.label[:300] if confirms else ""
    part.confirmed_at = moment if confirms else None
    part.remark = ""
