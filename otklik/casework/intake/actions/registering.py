"""Registering by hand: a case of several questions, each to its own body at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import transaction

from otklik.casework.appeals.actions import NewAppeal, NewQuestion, assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.intake.actions.take import FileGiven, place_in, take
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission


@transaction.atomic
def take_to_bodies(
    *,
    access: Access,
    new: NewAppeal,
    bodies: Mapping[int, int],
    files: Sequence[FileGiven] = (),
) -> Appeal:
    """Register a case and give its questions to bodies; `bodies`: question number → body.

    The executor's term is the term of the answer. Naming executors needs the right to assign
    (ust-kubinsky 4.5.2). Raises as `take` and `assign_executor` do: then nothing is registered.
    """
    if bodies:
        access = access.require(Permission.ASSIGN)
    questions = tuple(_placed(access.municipality_id, new, one) for one in new.questions)
    appeal = take(access=access, new=replace(new, questions=questions), files=files)
    for number, body_id in sorted(bodies.items()):
        assign_executor(
            access=access,
            appeal_id=appeal.pk,
            body_id=body_id,
            question_number=number,
            due_at=appeal.due_at,
        )
    return appeal


def _placed(municipality_id: int, new: NewAppeal, question: NewQuestion) -> NewQuestion:
    """Each question stands where its own words say."""
    if question.place is None or question.place.settlement_id:
        return question
    said = replace(new, text=question.text, place=question.place)
    return replace(question, place=place_in(municipality_id, said))
