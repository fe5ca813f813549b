"""Decisions of the law: cases sent to whom they belong, papers asked of other bodies."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.proceedings import actions
from otklik.config.demo.rooms.common import Scene
from otklik.config.demo.source import read_yaml

Note = Mapping[str, Any]
SOON = timedelta(days=2)
"""A case is sent on so long after its registration: within the seven days of article 8, part 3."""


def decide_by_law(scene: Scene) -> None:
    """Sent on are those that came on paper: their notices are carried by hand, as papers are."""
    told = read_yaml("rooms/proceedings.yaml")
    for note in told["forwarded"]:
        on_paper = (Channel.PAPER, Channel.RECEPTION)
        case = _cases(scene, note).filter(channel__in=on_paper).first()
        if case is not None:
            _forward(scene, case, note)
    for note in told["documents"]:
        before = scene.moment(note["asked"])
        case = _cases(scene, note).filter(registered_at__lte=before).last()
        if case is not None:
            _ask_for_papers(scene, case, note)


def _cases(scene: Scene, note: Note) -> QuerySet[Appeal]:
    return scene.in_work(*note["body"]).filter(
        regime=Regime.LAW59, document_requests__isnull=True, registered_at__isnull=False
    )


def _ask_for_papers(scene: Scene, case: Appeal, note: Note) -> None:
    access = scene.access(note["by"])
    with scene.at(scene.moment(note["asked"]), case.pk):
        made = actions.request_documents(
            access=access,
            appeal_id=case.pk,
            what=note["what"],
            reason=note["reason"],
            addressee=note["addressee"],
            days=note["days"],
        )
    if "received" in note:
        with scene.at(scene.moment(note["asked"] - note["received"]), case.pk):
            actions.receive_documents(access=access, request_id=made.pk, answer=note["answer"])


def _forward(scene: Scene, case: Appeal, note: Note) -> None:
    wanted = min((case.registered_at or scene.evening) + SOON, scene.evening)
    with scene.at(wanted, case.pk):
        actions.forward(
            access=scene.access(note["by"]),
            appeal_id=case.pk,
            transfers=[actions.TransferTo(addressee=note["addressee"])],
            given=actions.Given(reason=note["reason"]),
        )
