"""Sector blocks, norms of hours, shares of time and a few notes: what occupancy is told by."""

from __future__ import annotations

from decimal import Decimal

from otklik.config.demo.rooms.common import Scene
from otklik.config.demo.source import read_yaml
from otklik.directory.organisation.actions.blocks import Member, save_block
from otklik.directory.organisation.vocabulary import BlockMembership
from otklik.insight.workload.actions import note_time, set_norm, set_share
from otklik.insight.workload.vocabulary import WorkKind

KEEPER = "vetrova"


def weigh_work(scene: Scene) -> None:
    """The administrator enters blocks, norms and shares; an executor notes his time."""
    told = read_yaml("rooms/workload.yaml")
    with scene.at(scene.moment(30, 10)):
        _blocks(scene, told["blocks"])
        _norms(scene, told["norms"])
        _shares(scene, told["shares"])
    for note in told["notes"]:
        _note(scene, note)


def _blocks(scene: Scene, told: list[dict[str, list[str] | str]]) -> None:
    bodies = scene.grounds.bodies
    for block in told:
        members = [Member(BlockMembership.LEAD, position=str(block["lead"]))]
        members += [Member(BlockMembership.MEMBER, bodies[slug]) for slug in block["bodies"]]
        save_block(
            access=scene.access(KEEPER),
            name=str(block["name"]),
            directions=list(block["directions"]),
            members=members,
            decision="постановление администрации от 12.01.2026 № 8",
        )


def _norms(scene: Scene, told: dict[str, float]) -> None:
    for group, hours in told.items():
        set_norm(
            access=scene.access(KEEPER),
            hours=Decimal(str(hours)),
            kind=WorkKind.MAIN,
            topic_group="" if group == "общая" else group,
        )


def _shares(scene: Scene, told: list[dict[str, str | int]]) -> None:
    for one in told:
        people = one.get("people")
        set_share(
            access=scene.access(KEEPER),
            percent=int(one["percent"]),
            body=scene.grounds.bodies[str(one["body"])],
            people=int(people) if people is not None else None,
        )


def _note(scene: Scene, told: dict[str, str | int]) -> None:
    """Time on the case of the body given last; nothing where the body has none in work."""
    case = scene.in_work(str(told["body"])).first()
    if case is None:
        return
    with scene.at(scene.moment(0, 16), case.pk):
        note_time(
            access=scene.access(str(told["by"])),
            number=case.number,
            minutes=int(told["minutes"]),
        )
