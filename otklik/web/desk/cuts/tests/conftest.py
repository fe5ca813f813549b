"""The characters of the desk, a settlement and a year of cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from otklik.base import clock
from otklik.casework.appeals.actions import PlaceGiven, assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.directory.organisation.models import Block, BlockMember
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.territory.models import Settlement
from otklik.insight.facts.actions import rebuild
from otklik.web.desk.tests.conftest import Centre, Person, centre, file_appeal, keeper, make_person

__all__ = ["centre", "file_appeal", "keeper"]

FileAppeal = Callable[..., Appeal]
Live = Callable[..., list[Appeal]]
CHANNELS = ((Channel.POS, Regime.POS), (Channel.INCIDENT, Regime.INCIDENT))
ANALYST = {
    Permission.VIEW_APPEALS: Scope.MUNICIPALITY,
    Permission.ANALYTICS: Scope.MUNICIPALITY,
}
OF_BODY = dict.fromkeys((Permission.VIEW_APPEALS, Permission.ANALYTICS), Scope.BODY)


@pytest.fixture
def places(centre: Centre) -> list[Settlement]:
    """A town by itself, a village under a territorial body."""
    town, village = (
        Settlement.objects.create(
            municipality=centre.municipality, name=name, kind=kind, lat=59.0 + n, lon=39.0
        )
        for n, (name, kind) in enumerate((("Заозёрск", "town"), ("Луговое", "village")))
    )
    village.territorial_body = centre.water
    village.save()
    return [town, village]


@pytest.fixture
def live(centre: Centre, places: list[Settlement], file_appeal: FileAppeal) -> Live:
    """Files cases of two topics, channels and places, two thirds of them with the roads."""
    block = Block.objects.create(municipality=centre.municipality, name="Городская среда")
    BlockMember.objects.create(block=block, body=centre.roads)

    def fill(count: int = 8, *, days_ago: int = 0) -> list[Appeal]:
        made = []
        for n in range(count):
            channel, regime = CHANNELS[n % 2]
            appeal = file_appeal(
                f"На дороге яма, случай {n}",
                topic_id=(centre.holes if n % 3 else centre.leaks).pk,
                channel=channel,
                regime=regime,
                place=PlaceGiven(settlement_id=places[n % 2].pk),
            )
            body = centre.roads if n % 3 else centre.water
            assign_executor(access=centre.head.access, appeal_id=appeal.pk, body_id=body.pk)
            made.append(appeal)
        if days_ago:
            earlier = clock.now() - timedelta(days=days_ago)
            Appeal.objects.filter(pk__in=[one.pk for one in made]).update(received_at=earlier)
        rebuild(municipality_id=centre.municipality.pk)
        return made

    return fill


@pytest.fixture
def analyst(centre: Centre) -> Person:
    return make_person(centre.municipality, "Счётова Ольга Юрьевна", ANALYST)


@pytest.fixture
def roads_head(centre: Centre) -> Person:
    return make_person(centre.municipality, "Дорогин Лев Ильич", OF_BODY, centre.roads)
