"""A small centre with topics in a branch, bodies, a keeper of rules, and people who decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest

from otklik.base import clock
from otklik.casework.appeals.actions import NewAppeal, NewApplicant
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.automation.actions import RuleGiven, save_rule
from otklik.casework.automation.models import AutoRule
from otklik.casework.automation.rules import Leaf
from otklik.casework.automation.vocabulary import Fact
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.casework.intake.actions import take
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import (
    Appointment,
    Block,
    BlockMember,
    Body,
    Municipality,
    Role,
    RoleGrant,
)
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.topics.models import Edition, Topic

WIDE = Scope.MUNICIPALITY


@dataclass(frozen=True)
class Centre:
    place: Municipality
    roads: Body
    water: Body
    roads_block: Block
    water_block: Block
    all_roads: Topic
    holes: Topic
    leaks: Topic
    keeper: Access
    operator: Access
    head: Access
    roads_lead: Access
    water_lead: Access


def person(
    place: Municipality, name: str, *rights: tuple[Permission, Scope], **at: object
) -> Access:
    role = Role.objects.create(municipality=place, slug=f"r{Role.objects.count()}", label=name)
    RoleGrant.objects.bulk_create(
        RoleGrant(role=role, permission=right, scope=scope) for right, scope in rights
    )
    account = Account.objects.create_user(f"p{role.pk}@lugovo.test", name)
    Appointment.objects.create(account=account, role=role, since=date(2020, 1, 1), **at)
    return access_of(account, place.pk, clock.today())


@pytest.fixture
def centre(db: None) -> Centre:
    install_builtin_rules()
    place = Municipality.objects.create(
        slug="lugovo", name="Луговской округ", short_name="Луговое",
        kind="municipal_okrug", region="Северореченская область",
    )  # fmt: skip
    roads = Body.objects.create(municipality=place, name="Дорожная служба", kind="institution")
    water = Body.objects.create(municipality=place, name="Водоканал", kind="enterprise")
    blocks = []
    for number, (name, body) in enumerate((("Дороги", roads), ("ЖКХ", water))):
        block = Block.objects.create(municipality=place, name=name, order=number)
        BlockMember.objects.create(block=block, body=body, membership="lead")
        blocks.append(block)
    edition = Edition.objects.create(municipality=place, slug="own", title="Свои темы")
    above = Topic.objects.create(edition=edition, code="1", name="Дороги", group="Дороги")
    holes = Topic.objects.create(
        edition=edition, code="1.1", name="Ямы", group="Дороги", parent=above
    )
    leaks = Topic.objects.create(edition=edition, code="2", name="Протечки", group="ЖКХ")
    see = (Permission.VIEW_APPEALS, WIDE)
    return Centre(
        place=place, roads=roads, water=water, roads_block=blocks[0], water_block=blocks[1],
        all_roads=above, holes=holes, leaks=leaks,
        keeper=person(place, "Правилова Инна", see, (Permission.AUTOMATE, WIDE)),
        operator=person(
            place, "Сидорова Анна", see, (Permission.REGISTER, WIDE), (Permission.CLASSIFY, WIDE)
        ),
        head=person(
            place, "Белов Пётр", see, (Permission.ASSIGN, WIDE), (Permission.INSTRUCT, WIDE)
        ),
        roads_lead=person(
            place, "Дорожный Иван", (Permission.APPROVE, Scope.BLOCK), block=blocks[0]
        ),
        water_lead=person(
            place, "Водный Илья", (Permission.APPROVE, Scope.BLOCK), block=blocks[1]
        ),
    )  # fmt: skip


@pytest.fixture
def arrives(centre: Centre) -> Callable[..., Appeal]:
    """A message of a citizen taken in by the program itself, as from a channel."""

    def arrive(text: str = "Во дворе большая яма", **more: object) -> Appeal:
        values: dict[str, object] = {
            "regime": Regime.POS, "channel": Channel.POS, "text": text,
            "received_at": clock.now(), "applicant": NewApplicant(name="Иванова Мария"),
        }  # fmt: skip
        access = more.pop("access", None) or Access.system(centre.place.pk)
        new = NewAppeal(**{**values, **more})  # type: ignore[arg-type]
        return take(access=access, new=new)  # type: ignore[arg-type]

    return arrive


def words(*given: str) -> Leaf:
    return Leaf(Fact.WORDS, given)


def topic(*topics: Topic) -> Leaf:
    return Leaf(Fact.TOPIC, tuple(one.pk for one in topics))


def to(body: Body) -> dict[str, object]:
    return {"kind": "executor", "body": body.pk}


def names(one: Topic) -> dict[str, object]:
    return {"kind": "topic", "topic": one.pk}


@pytest.fixture
def rule(centre: Centre) -> Callable[..., AutoRule]:
    """Saves a rule in force; conditions first, actions by `acts`."""

    def make(
        *leaves: Leaf, acts: list[dict[str, object]], name: str = "Ямы", **more: object
    ) -> AutoRule:
        confirmed = bool(more.pop("confirmed", False))
        rule_id = more.pop("rule_id", None)
        given = RuleGiven(name=name, leaves=leaves, acts=tuple(acts), **{"on": True, **more})  # type: ignore[arg-type]
        return save_rule(access=centre.keeper, given=given, confirmed=confirmed, rule_id=rule_id)  # type: ignore[arg-type]

    return make
