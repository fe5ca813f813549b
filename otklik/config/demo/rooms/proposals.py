"""Proposals of several bodies' measures: a draft, one that waits, and two decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from otklik.casework.appeals.models import Appeal
from otklik.casework.replies.actions.proposals import (
    MeasureGiven,
    decide_proposal,
    save_proposal,
    submit_proposal,
)
from otklik.casework.replies.vocabulary import ProposalKind
from otklik.config.demo.rooms.common import Cases, Scene
from otklik.config.demo.rooms.tasks import HEAD
from otklik.config.demo.source import read_yaml

Note = Mapping[str, Any]


def propose(scene: Scene, cases: Cases) -> None:
    """Executors write from their cases to the head."""
    for note in read_yaml("rooms/proposals.yaml")["proposals"]:
        case = cases.next_of(note["body"], aged=2, like=note["like"])
        if case is not None:
            _write(scene, case, note)


def _write(scene: Scene, case: Appeal, note: Note) -> None:
    access = scene.access(note["by"])
    with scene.at(scene.moment(2, 13), case.pk):
        made = save_proposal(
            access=access,
            appeal_id=case.pk,
            kind=ProposalKind.PROPOSAL,
            title=note["title"],
            text=note["text"],
            measures=[_measure(scene, one) for one in note["measures"]],
        )
    if note.get("draft"):
        return
    with scene.at(scene.moment(2, 14), case.pk):
        submit_proposal(access=access, proposal_id=made.pk)
    if "decision" in note:
        with scene.at(scene.moment(1, 16), case.pk):
            decide_proposal(
                access=scene.access(HEAD),
                proposal_id=made.pk,
                decision=note["decision"],
                reason=note.get("reason", ""),
            )


def _measure(scene: Scene, one: Note) -> MeasureGiven:
    return MeasureGiven(
        body_id=scene.grounds.bodies[one["body"]].pk,
        text=one["text"],
        due_on=scene.evening.date() + timedelta(days=one["days"]),
    )
