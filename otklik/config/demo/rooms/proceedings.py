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
LATEST = timedelta(days=6)
"""A case is sent on so long after its registration: within the seven days of article 8, part 3."""
MOST = 20


def decide_by_law(scene: Scene) -> None:
    """Sent on are those that came on paper: their notices are carried by hand, as papers are."""
    told = read_yaml("rooms/proceedings.yaml")
    for note in told["forwarded"]:
        on_paper = _cases(scene, note).filter(channel__in=(Channel.PAPER, Channel.RECEPTION))
        for paper in on_paper[:MOST]:
            if _forward(scene, paper, note):
                break
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


def _forward(scene: Scene, case: Appeal, note: Note) -> bool:
    """Send it on in time; what has been worked on for longer stays where it is."""
    registered = case.registered_at or scene.evening
    moment = scene.free(min(registered + SOON, scene.evening), case.pk)
    if moment > registered + LATEST:
        return False
    with scene.at(moment):
        actions.forward(
            access=scene.access(note["by"]),
            appeal_id=case.pk,
            transfers=[actions.TransferTo(addressee=note["addressee"])],
            given=actions.Given(reason=note["reason"]),
        )
    return True
