"""Neighbours of one street write of a burst pipe, those of another of dry taps: two problems and
the spike of the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from otklik.casework.appeals.actions import (
    NewAppeal,
    NewApplicant,
    PlaceGiven,
    assign_executor,
)
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime, Result
from otklik.casework.intake.actions import take
from otklik.casework.problems import actions
from otklik.casework.problems.models import ProblemCase
from otklik.config.demo.rooms.common import Scene
from otklik.config.demo.source import read_yaml
from otklik.directory.organisation.rules import Access
from otklik.directory.territory.models import House, Street

Note = Mapping[str, Any]
SMALL = 1000
"""A demo of fewer cases stays of the size that was asked for."""
KEEPER = "vetrova"
REGIMES = {
    Channel.EMAIL: Regime.MAIL,
    Channel.POS: Regime.POS,
    Channel.HOTLINE122: Regime.HOTLINE,
    Channel.PORTAL: Regime.PORTAL,
}


def neighbours_write(scene: Scene) -> None:
    """Take their messages, look each over, let the operator confirm; notice the day's spikes."""
    if Appeal.objects.filter(municipality_id=scene.place_id).count() < SMALL:
        return
    for note in read_yaml("rooms/problems.yaml")["troubles"]:
        _trouble(scene, note)
    with scene.at(scene.evening):
        actions.notice_spikes(municipality_id=scene.place_id, now=scene.evening)


def _trouble(scene: Scene, note: Note) -> None:
    village, _, name = note["street"].partition("/")
    street = Street.objects.get(settlement_id=scene.grounds.settlements[village], name=name)
    said = [_write(scene, note, street, one) for one in note["said"]]
    row = ProblemCase.objects.filter(appeal_id__in=said).select_related("problem").first()
    if row is None or not note.get("confirmed"):
        return
    with scene.at(scene.evening - timedelta(minutes=70)):
        actions.confirm(access=scene.access(KEEPER), problem_id=row.problem_id)
    with scene.at(scene.evening - timedelta(minutes=40)):
        run = actions.answer_all(
            access=Access.system(scene.place_id, "Водоканал"),
            problem_id=row.problem_id,
            key="demo",
            text=note["answer"],
            short_text=note["short"],
            result=Result.SUPPORTED,
            measures_taken=True,
            checked=True,
        )
        for stage in run.stages.all():
            actions.carry_out(stage_id=stage.pk)


def _write(scene: Scene, note: Note, street: Street, one: list[Any]) -> int:
    channel, number, hours, author, text = one
    house = House.objects.filter(street=street, number=number).first()
    where = PlaceGiven(
        settlement_id=street.settlement_id,
        street_id=street.pk,
        house_id=house.pk if house else None,
        text=f"{street}, {number}",
        lat=house.lat if house else None,
        lon=house.lon if house else None,
    )
    handle = f"{channel}.example/{author.split()[0].lower()}"
    new = NewAppeal(
        regime=REGIMES.get(Channel(channel), Regime.SOCIAL),
        channel=Channel(channel),
        text=text,
        received_at=scene.evening - timedelta(hours=hours),
        place=where,
        topic_id=scene.grounds.topics[note["topic"]].pk,
        applicant=NewApplicant(
            name=author,
            phone=f"+7 900 000-{int(number):02d}-{int(hours * 10):02d}",
            email=f"dom{number}.{int(hours * 10)}@pochta.example",
            external_profile="" if channel in REGIMES else handle,
        ),
    )
    access = Access.system(scene.place_id, "Приём сообщений")
    with scene.at(new.received_at):
        appeal = take(access=access, new=new)
        body = scene.grounds.bodies[note["body"]].pk
        if appeal.executor_body_id != body:
            assign_executor(access=access, appeal_id=appeal.pk, body_id=body)
        actions.propose(appeal_id=appeal.pk)
    return appeal.pk
