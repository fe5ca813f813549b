"""Reference lists, and what the program itself is allowed."""

from __future__ import annotations

from otklik.casework.classification.queries import topics_offered
from otklik.directory.organisation.queries import bodies as active_bodies
from otklik.directory.territory.queries import settlements as known_settlements
from otklik.web.api.rest.routes import Call, operation
from otklik.web.api.rest.schemas import (
    BodyList,
    BodyTold,
    SettlementList,
    SettlementTold,
    TopicList,
    TopicTold,
    Whoami,
)


@operation("GET", "/access", name="getAccess", summary="Что разрешено программе", answer=Whoami)
def access(call: Call) -> Whoami:
    """Удобно проверить ключ."""
    program = call.program
    return Whoami(
        program=program.title,
        municipality=program.municipality.name,
        role=program.role.label,
        permissions=program.permissions,
        channels=program.channels,
        calls_per_minute=program.calls_per_minute,
    )


@operation("GET", "/topics", name="listTopics", summary="Темы", answer=TopicList)
def topics(call: Call) -> TopicList:
    """Темы классификатора, которые предлагаются; code уникален внутри edition."""
    found = topics_offered(call.access.municipality_id).select_related("edition")
    return TopicList(
        items=[
            TopicTold(
                id=one.pk,
                code=one.code,
                name=one.name,
                group=one.group,
                parent=one.parent_id,
                edition=one.edition.slug,
            )
            for one in found
        ]
    )


@operation("GET", "/bodies", name="listBodies", summary="Органы и организации", answer=BodyList)
def bodies(call: Call) -> BodyList:
    """Действующие, в порядке центра."""
    return BodyList(
        items=[
            BodyTold(
                id=one.pk,
                name=one.name,
                short_name=one.short_name,
                kind=one.kind,
                parent=one.parent_id,
            )
            for one in active_bodies(call.access.municipality_id)
        ]
    )


@operation(
    "GET",
    "/settlements",
    name="listSettlements",
    summary="Населённые пункты",
    answer=SettlementList,
)
def settlements(call: Call) -> SettlementList:
    """Справочник мест муниципалитета."""
    return SettlementList(
        items=[
            SettlementTold(
                id=one.pk,
                name=one.name,
                kind=one.get_kind_display(),
                oktmo=one.oktmo,
                lat=one.lat,
                lon=one.lon,
            )
            for one in known_settlements(call.access.municipality_id)
        ]
    )
