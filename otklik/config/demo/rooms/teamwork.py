"""Notes, telephone talks, requests for information, assignments handed back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.teamwork import actions
from otklik.config.demo.rooms.common import Cases, Scene
from otklik.config.demo.source import read_yaml

Note = Mapping[str, Any]


def work_together(scene: Scene, cases: Cases) -> None:
    """Fill the threads of a few open cases and the queues of the one who assigns."""
    told = read_yaml("rooms/teamwork.yaml")
    for note in told["hand_backs"]:
        _on_case(scene, cases, note, _hand_back)
    for note in told["requests"]:
        _on_case(scene, cases, note, _request)
    for note in told["notes"]:
        _on_case(scene, cases, note, _note)
    for note in told["talks"]:
        _on_case(scene, cases, note, _talk)


def _on_case(scene: Scene, cases: Cases, note: Note, write: Any) -> None:
    """A small demo may have no case left of this body; then nothing is told."""
    case = cases.next_of(note["body"], aged=note.get("aged", 0), like=note.get("like", ""))
    if case is not None:
        write(scene, case, note)


def _note(scene: Scene, case: Appeal, note: Note) -> None:
    with scene.at(scene.moment(0, 15), case.pk):
        actions.write_note(access=scene.access(note["by"]), appeal_id=case.pk, text=note["text"])


def _talk(scene: Scene, case: Appeal, note: Note) -> None:
    with scene.at(scene.moment(0, 16), case.pk) as now:
        actions.log_talk(
            access=scene.access(note["by"]),
            appeal_id=case.pk,
            counterpart=note["with"],
            number=note["number"] or case.applicant.phone,
            result=note["text"],
            happened_at=now - timedelta(minutes=12),
        )


def _request(scene: Scene, case: Appeal, note: Note) -> None:
    asked_at = scene.free(scene.moment(note["asked"]), case.pk)
    with scene.at(asked_at):
        made = actions.ask(
            access=scene.access(note["by"]),
            appeal_id=case.pk,
            text=note["text"],
            due_on=asked_at.date() + timedelta(days=note["days"]),
            body_id=scene.grounds.bodies[note["to"]].pk,
        )
    if "answer" in note:
        with scene.at(asked_at + timedelta(days=note["answered"]), case.pk):
            access = scene.access(note["answered_by"])
            actions.answer_request(access=access, request_id=made.pk, text=note["answer"])


def _hand_back(scene: Scene, case: Appeal, note: Note) -> None:
    assignment = Assignment.objects.filter(
        question__appeal=case, body=scene.grounds.bodies[note["body"]], withdrawn_at__isnull=True
    ).first()
    if assignment is None:
        return
    with scene.at(scene.moment(0, 14), case.pk):
        made = actions.hand_back(
            access=scene.access(note["by"]),
            assignment_id=assignment.pk,
            reason=note["reason"],
            proposed_id=scene.grounds.bodies[note["to"]].pk,
        )
    if "declined" in note:
        with scene.at(scene.moment(0, 16), case.pk):
            access = scene.access(note["decided_by"])
            actions.decline_hand_back(access=access, hand_back_id=made.pk, reason=note["declined"])
