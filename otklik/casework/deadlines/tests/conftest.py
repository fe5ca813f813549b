"""A small district with two departments, and cases made by the public verbs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.casework.appeals.actions import NewAppeal, NewApplicant, register
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.deadlines.actions import set_deadlines
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access, Reach
from otklik.directory.organisation.vocabulary import Permission

MONDAY = datetime(2026, 2, 2, 7, 0, tzinfo=UTC)
"""10:00 in Moscow on a working Monday."""

MakeAppeal = Callable[..., Appeal]


@pytest.fixture
def town() -> Municipality:
    return Municipality.objects.create(
        slug="zarechye", name="Заречье", short_name="Заречье", region="Область", kind="district"
    )


@pytest.fixture
def roads(town: Municipality) -> Body:
    return Body.objects.create(municipality=town, name="Отдел дорог", kind="department")


@pytest.fixture
def housing(town: Municipality) -> Body:
    return Body.objects.create(municipality=town, name="Отдел ЖКХ", kind="department")


@pytest.fixture
def system(town: Municipality) -> Access:
    return Access.system(town.pk)


@pytest.fixture
def outsider(town: Municipality) -> Access:
    return Access(actor=Actor(kind="person", label="Гость"), municipality_id=town.pk)


@pytest.fixture
def make_appeal(system: Access) -> MakeAppeal:
    """Register a case at a moment and set its terms."""

    def make(
        regime: Regime = Regime.LAW59,
        channel: Channel = Channel.PAPER,
        *,
        at: datetime = MONDAY,
        received_at: datetime | None = None,
        **more: object,
    ) -> Appeal:
        with clock.frozen(at):
            appeal = register(
                access=system,
                new=NewAppeal(
                    regime=regime,
                    channel=channel,
                    text="Прошу отремонтировать дорогу у школы.",
                    received_at=received_at or at,
                    applicant=NewApplicant(name="Петрова Анна", postal_address="ул. Мира, 1"),
                    **more,  # type: ignore[arg-type]
                ),
            )
            set_deadlines(appeal=appeal)
        return appeal

    return make


@pytest.fixture
def head_of_roads(town: Municipality, roads: Body) -> Access:
    """Sees and controls only what the roads department holds."""
    reach = Reach(body_ids=frozenset({roads.pk}))
    return Access(
        actor=Actor(kind="person", label="Орлов И. П."),
        municipality_id=town.pk,
        grants={
            str(right): reach
            for right in (Permission.VIEW_APPEALS, Permission.CONTROL, Permission.EXTEND)
        },
    )
