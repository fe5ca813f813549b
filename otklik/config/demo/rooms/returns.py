"""A monthly report of the executors: most have handed it in, one must mend it, one is late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from otklik.config.demo.rooms.common import Scene
from otklik.config.demo.rooms.tasks import HEAD
from otklik.config.demo.source import read_yaml
from otklik.coordination.returns import actions
from otklik.coordination.returns.models import Return, ReturnForm
from otklik.coordination.returns.queries import figures
from otklik.coordination.returns.rules import last_period
from otklik.coordination.tasks.vocabulary import Recurrence

Note = Mapping[str, Any]
_ROWS = {"key": "", "options": "", "counted": ""}


def hand_in_reports(scene: Scene) -> None:
    """The form, and the reports of the last month whose term has passed by the evening."""
    told = read_yaml("rooms/returns.yaml")
    ended = _ended(scene.evening.date(), told["due_days"])
    with scene.at(_day(scene, ended, 1)):
        form = _set_form(scene, told)
    for note in told["bodies"]:
        if "day" in note:
            _report(scene, form, ended, note)
    actions.open_periods(municipality_id=scene.place_id, today=scene.evening.date())


def _ended(today: date, due_days: int) -> date:
    """The last day of the month whose reports should be here by now."""
    month = last_period(Recurrence.MONTHLY, today)
    if month.until + timedelta(days=due_days) >= today:
        month = last_period(Recurrence.MONTHLY, month.since)
    return month.until


def _day(scene: Scene, ended: date, after: int, hour: int = 10) -> datetime:
    return datetime.combine(ended + timedelta(days=after), time(hour), scene.evening.tzinfo)


def _set_form(scene: Scene, told: Note) -> ReturnForm:
    new = actions.NewForm(
        title=told["title"],
        recurrence=Recurrence.MONTHLY,
        due_days=told["due_days"],
        rows=[{**_ROWS, **row} for row in told["fields"]],
        body_ids=[scene.grounds.bodies[note["body"]].pk for note in told["bodies"]],
    )
    return actions.save_form(access=scene.access(HEAD), new=new)


def _report(scene: Scene, form: ReturnForm, ended: date, note: Note) -> None:
    body = scene.grounds.bodies[note["body"]]
    report = Return.objects.get(form=form, body=body, until=ended)
    counted = figures(body, report.since, report.until)
    words = iter((note["why"], note["done"], note["help"]))
    typed = {
        part.key: counted[part.counted] if part.counted else next(words) for part in form.parts()
    }
    with scene.at(_day(scene, ended, note["day"], 15)):
        access = scene.access(note["by"])
        actions.hand_in(access=access, return_id=report.pk, typed=typed)
    decided = note.get("decided")
    if not decided:
        return
    with scene.at(_day(scene, ended, note["day"] + 1, 11)):
        head = scene.access(HEAD)
        if decided == "accept":
            actions.accept(access=head, return_id=report.pk)
        else:
            actions.send_back(access=head, return_id=report.pk, remark=decided)
