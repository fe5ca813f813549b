"""Tasks of the head on their way, and two functions laid on the centre."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from otklik.config.demo.rooms.common import Scene
from otklik.config.demo.source import read_yaml
from otklik.coordination.tasks import actions
from otklik.coordination.tasks.vocabulary import Recurrence
from otklik.directory.organisation.models import Regulation, Role

Note = Mapping[str, Any]
HEAD, KEEPER = "golovin", "vetrova"


def give_tasks(scene: Scene) -> None:
    """The head gives, the owners take and report, the head decides; each on its day."""
    told = read_yaml("rooms/tasks.yaml")
    for note in sorted(told["tasks"], key=lambda note: -note["issued"]):
        _live(scene, note)
    for note in told["functions"]:
        _lay_function(scene, note)
    actions.make_periodic(municipality_id=scene.place_id, today=scene.evening.date())


def _live(scene: Scene, note: Note) -> None:
    grounds, head = scene.grounds, scene.access(HEAD)
    doer = scene.access(note.get("to") or note["by"]) if "to" in note or "by" in note else None
    watcher = grounds.staff[note["watch"]].pk if "watch" in note else None
    with scene.at(scene.moment(note["issued"], 9)):
        new = actions.NewTask(
            text=note["text"],
            expected=note["expected"],
            due_on=scene.evening.date() + timedelta(days=note["due"]),
            owner=_owner(scene, note),
            controller_id=watcher,
        )
        task_id = actions.issue_task(access=head, new=new).pk
    if doer and "accepted" in note:
        with scene.at(scene.moment(note["accepted"], 12)):
            actions.accept(access=doer, task_id=task_id)
    if doer and "reported" in note:
        with scene.at(scene.moment(note["reported"], 14)):
            actions.report_done(access=doer, task_id=task_id, result=note["result"])
    if "closed" in note:
        with scene.at(scene.moment(note["closed"], 15)):
            actions.accept_result(access=head, task_id=task_id)
    if "returned" in note:
        with scene.at(scene.moment(note["returned"], 15)):
            actions.return_task(access=head, task_id=task_id, remark=note["remark"])
    if "cancelled" in note:
        with scene.at(scene.moment(note["cancelled"], 15)):
            actions.cancel(access=head, task_id=task_id, reason=note["reason"])


def _owner(scene: Scene, note: Note) -> actions.Owner:
    if "to" in note:
        return actions.Owner(account_id=scene.grounds.staff[note["to"]].pk)
    return actions.Owner(body_id=scene.grounds.bodies[note["body"]].pk)


def _lay_function(scene: Scene, note: Note) -> None:
    act = Regulation.objects.filter(municipality_id=scene.place_id).order_by("pk").first()
    with scene.at(scene.moment(40)):
        actions.save_function(
            access=scene.access(HEAD),
            name=note["name"],
            act=act.title if act else "Положение о центре",
            clause=note["clause"],
            owner_role=Role.objects.get(municipality_id=scene.place_id, slug=note["role"]),
            recurrence=Recurrence(note["recurrence"]),
        )
