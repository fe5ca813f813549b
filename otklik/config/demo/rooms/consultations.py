"""What the centre holds on ПОС: a vote with results, a survey that is on, a discussion."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from otklik.casework.consultations import actions
from otklik.config.demo.rooms.common import Scene
from otklik.config.demo.source import read_yaml

Note = Mapping[str, Any]
NUMBERED = "number"


def hold_consultations(scene: Scene) -> None:
    """Each goes through its steps on its own days."""
    told = read_yaml("rooms/consultations.yaml")
    for note in told["events"]:
        _live(scene, note, told["keeper"])


def _day(scene: Scene, days: int, hour: int = 10) -> datetime:
    day = scene.evening.date() + timedelta(days=days)
    return min(datetime.combine(day, time(hour), scene.evening.tzinfo), scene.evening)


def _live(scene: Scene, note: Note, keeper: str) -> None:
    today = scene.evening.date()
    access = scene.access(keeper)
    since, until = today + timedelta(days=note["since"]), today + timedelta(days=note["until"])
    new = actions.NewConsultation(
        kind=note["kind"],
        title=note["title"],
        question=note["question"],
        options=note["options"],
        several=note.get("several", False),
        starts_on=since,
        ends_on=until,
        basis=note["basis"],
        responsible_id=scene.grounds.staff[keeper].pk,
    )
    with scene.at(_day(scene, min(note["since"] - 4, -1))):
        one = actions.save(access=access, new=new).pk
    if NUMBERED not in note:
        return
    with scene.at(_day(scene, note["since"])):
        actions.export(access=access, consultation_id=one)
        actions.place(access=access, consultation_id=one, number=note[NUMBERED], link="")
    if until >= today:
        return
    with scene.at(_day(scene, note["until"] + 1, 1)):
        day = until + timedelta(days=1)
        actions.advance(municipality_id=scene.place_id, today=day)
    with scene.at(_day(scene, note["until"] + 1, 12)):
        _sum_up(scene, note, keeper, one)


def _sum_up(scene: Scene, note: Note, keeper: str, one: int) -> None:
    access = scene.access(keeper)
    if "comments" in note:
        day = f"{scene.evening.date() + timedelta(days=note['until']):%d.%m.%Y}"
        content = note["comments"].format(day=day).encode()
        name = f"ПОС {note[NUMBERED]}.csv"
        actions.read_file(access=access, consultation_id=one, file_name=name, content=content)
    actions.keep_results(
        access=access,
        consultation_id=one,
        participants=note["participants"],
        votes=note.get("votes", []),
    )
    if "conclusion" in note:
        actions.publish(access=access, consultation_id=one, conclusion=note["conclusion"])
