"""Puts the invented municipality itself into the database: places, bodies, people, topics."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from otklik.base.actor import Actor
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.config.demo.topics import load_topics
from otklik.config.demo.world import World
from otklik.config.presets import apply_preset
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions import appoint
from otklik.directory.organisation.models import Body, Municipality, Role, RoleGrant
from otklik.directory.organisation.rules import Access
from otklik.directory.territory.models import BaseMap, House, Landmark, Settlement, Street
from otklik.directory.topics.actions.builtin import install_builtin_edition
from otklik.directory.topics.models import Topic

DEMO_PASSWORD = "zaozersk-demo"  # noqa: S105 — shown on the sign-in page of the demo
_OWN_FIELDS = (
    "name", "short_name", "name_genitive", "kind", "region", "seat", "time_zone", "centre_name",
    "email", "phone",
)  # fmt: skip


@dataclass(frozen=True)
class Grounds:
    """Primary keys by the world's own names; houses by (street key, number)."""

    municipality: Municipality
    bodies: dict[str, Body]
    settlements: dict[str, int]
    streets: dict[str, int]
    houses: dict[tuple[str, str], int]
    topics: dict[str, Topic]
    staff: dict[str, Account]
    executors: dict[str, Account]


def lay(world: World, since: date) -> Grounds:
    """Create everything an appeal refers to; inside the caller's transaction."""
    municipality = _municipality(world)
    bodies = _bodies(world, municipality)
    settlements = _settlements(world, municipality, bodies)
    streets = _streets(world, settlements)
    houses = _houses(world, streets)
    _landmarks(world, municipality, settlements)
    staff = _staff(world, municipality, bodies, since)
    install_builtin_rules()
    return Grounds(
        municipality=municipality,
        bodies=bodies,
        settlements=settlements,
        streets=streets,
        houses=houses,
        topics=_topics(),
        staff=staff,
        executors={s.body: staff[s.login] for s in world.staff if s.role.startswith("body-")},
    )


def _municipality(world: World) -> Municipality:
    """A preset under another name: the regulation's bodies give way to the invented ones."""
    given = world.municipality
    made = apply_preset(
        slug=given["preset"], actor=Actor.system("Демонстрация"), slug_as=given["slug"]
    )
    old_name, old_short = made.name_genitive, made.short_name
    for name in _OWN_FIELDS:
        setattr(made, name, given[name])
    made.is_demo = True
    made.save()
    Body.objects.filter(municipality=made, parent__isnull=False).delete()
    Body.objects.filter(municipality=made).delete()
    made.regulations.filter(repealed_on__isnull=False).delete()
    for act in made.regulations.all():
        act.title = act.title.replace(old_name, made.name_genitive)
        act.issuer = "Администрация " + made.name_genitive
        act.note = f"Демонстрация на образце: {old_short}."
        act.save()
    return made


def _bodies(world: World, municipality: Municipality) -> dict[str, Body]:
    made: dict[str, Body] = {}
    for order, body in enumerate(world.bodies):
        made[body.slug] = Body.objects.create(
            municipality=municipality,
            parent=made.get(body.parent),
            name=body.name,
            short_name=body.short_name,
            kind=body.kind,
            head_position=body.head_position,
            email=body.email,
            phone=body.phone,
            note=body.note,
            order=order,
        )
    return made


def _settlements(
    world: World, municipality: Municipality, bodies: dict[str, Body]
) -> dict[str, int]:
    rows = [
        Settlement(
            municipality=municipality,
            name=place.name,
            kind=place.kind,
            population=place.population,
            lat=place.lat,
            lon=place.lon,
            boundary=place.boundary,
            territorial_body=bodies[place.office],
            order=order,
        )
        for order, place in enumerate(world.settlements)
    ]
    Settlement.objects.bulk_create(rows)
    BaseMap.objects.create(
        municipality=municipality, layers=dict(world.layers), bounds=list(world.bounds)
    )
    return {place.slug: row.pk for place, row in zip(world.settlements, rows, strict=True)}


def _streets(world: World, settlements: dict[str, int]) -> dict[str, int]:
    rows = [
        Street(
            settlement_id=settlements[street.settlement],
            name=street.name,
            kind=street.kind,
            line=street.geojson,
        )
        for street in world.streets
    ]
    Street.objects.bulk_create(rows)
    return {street.key: row.pk for street, row in zip(world.streets, rows, strict=True)}


def _houses(world: World, streets: dict[str, int]) -> dict[tuple[str, str], int]:
    pairs = [(street.key, house) for street in world.streets for house in street.houses]
    rows = [
        House(street_id=streets[key], number=house.number, lat=house.lat, lon=house.lon)
        for key, house in pairs
    ]
    House.objects.bulk_create(rows)
    return {(key, house.number): row.pk for (key, house), row in zip(pairs, rows, strict=True)}


def _landmarks(world: World, municipality: Municipality, settlements: dict[str, int]) -> None:
    Landmark.objects.bulk_create(
        Landmark(
            municipality=municipality,
            settlement_id=settlements[mark.settlement],
            name=mark.name,
            lat=mark.lat,
            lon=mark.lon,
        )
        for mark in world.landmarks
    )


def _staff(
    world: World, municipality: Municipality, bodies: dict[str, Body], since: date
) -> dict[str, Account]:
    roles = {role.slug: role for role in Role.objects.filter(municipality=municipality)}
    for order, extra in enumerate(world.roles, start=len(roles)):
        role = Role.objects.create(
            municipality=municipality, slug=extra.slug, label=extra.label, order=order
        )
        roles[extra.slug] = role
        RoleGrant.objects.bulk_create(
            RoleGrant(role=role, permission=permission, scope=scope)
            for scope, permissions in extra.grants
            for permission in permissions
        )
    access = Access.system(municipality.pk)
    password = make_password(DEMO_PASSWORD)
    accounts = {}
    for person in world.staff:
        account, _ = Account.objects.get_or_create(
            email=person.email,
            defaults={"full_name": person.name, "is_demo": True, "password": password},
        )
        accounts[person.login] = account
        appoint(
            access=access,
            account=account,
            role=roles[person.role],
            since=since,
            body=bodies[person.body],
            position=person.position,
            basis=f"распоряжение администрации от {since:%d.%m.%Y} № 1-р",
        )
    return accounts


def _topics() -> dict[str, Topic]:
    """Topics of the shipped classifier by code; words and themes are given where blank."""
    edition = install_builtin_edition()
    known = {topic.code: topic for topic in Topic.objects.filter(edition=edition)}
    changed: dict[str, Topic] = {}
    for everyday in load_topics().values():
        topic = known[everyday.code]
        if topic.code in changed or not topic.keywords:
            before = topic.keywords if topic.code in changed else ""
            topic.keywords = f"{before} {everyday.keywords}".strip()
            topic.theme = topic.theme or everyday.theme
            topic.in_use = True
            changed[topic.code] = topic
    Topic.objects.bulk_update(changed.values(), ["keywords", "theme", "in_use"])
    return known
