"""The formal part of fresh appeals: confirmed, given out, entered and waiting, sent back."""

from __future__ import annotations

from datetime import timedelta

from otklik.casework.appeals.models import Appeal
from otklik.casework.formalising import actions
from otklik.casework.formalising.actions import Entry
from otklik.casework.formalising.queries import suggested_for, without
from otklik.config.demo.rooms.common import Scene
from otklik.directory.organisation.rules import Access

CHIEF, HELPER = "sinitsyna", "lukina"
CONFIRMED, GIVEN, ENTERED = 24, 8, 5


def formalise(scene: Scene) -> None:
    """The specialist confirms what is suggested and gives a part to a colleague."""
    chief, helper = scene.access(CHIEF), scene.access(HELPER)
    fresh = list(without(chief).order_by("-received_at", "-pk")[: CONFIRMED + GIVEN])
    for case in fresh[:CONFIRMED]:
        with scene.at(scene.evening, case.pk):
            _enter(chief, case, confirming=True)
    given = fresh[CONFIRMED:]
    if not given:
        return
    with scene.at(scene.evening):
        actions.give(
            access=chief,
            appeal_ids=[case.pk for case in given],
            account_id=scene.grounds.staff[HELPER].pk,
            due_on=scene.evening.date() + timedelta(days=2),
        )
    for case in given[:ENTERED]:
        with scene.at(scene.evening, case.pk):
            _enter(helper, case, confirming=False)
    with scene.at(scene.evening, given[0].pk):
        actions.send_back(
            access=chief,
            appeal_id=given[0].pk,
            question_number=1,
            remark="Назовите объект: номер школы или дома.",
        )


def _enter(access: Access, case: Appeal, *, confirming: bool) -> None:
    question = case.questions.get(number=1)
    said = suggested_for(case, question, [])
    thing = said.object
    actions.enter(
        access=access,
        appeal_id=case.pk,
        question_number=1,
        entry=Entry(
            essence=said.essence.text or case.summary,
            kind=said.kind.kind,
            object_kind=thing.kind if thing else "",
            object_name=thing.name if thing else "",
            cause=said.cause,
        ),
        confirming=confirming,
    )
