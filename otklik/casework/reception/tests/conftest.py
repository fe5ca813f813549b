"""A head who receives on Tuesdays, an operator who books, and a stranger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time

import pytest

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.casework.appeals.actions import NewApplicant
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.casework.reception.actions import NewHost, NewHours, NewVisit, open_hours, save_host
from otklik.casework.reception.models import Host
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access, Reach
from otklik.directory.organisation.vocabulary import Permission

MONDAY = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Reception:
    place: Municipality
    body: Body
    host: Host
    access: Access
    other: Access


@pytest.fixture
def monday() -> Iterator[datetime]:
    with clock.frozen(MONDAY):
        yield MONDAY


def set_up() -> Reception:
    """Tuesdays 14:00–15:00 Moscow time by 20 minutes."""
    install_builtin_rules()
    place = Municipality.objects.create(
        slug="zaozersk", name="Заозёрский округ", short_name="Заозёрский округ",
        kind="municipal_okrug", region="Северореченская область",
    )  # fmt: skip
    body = Body.objects.create(municipality=place, name="Администрация", kind="administration")
    everywhere = {str(Permission.RECEIVE): Reach(everywhere=True),
                  str(Permission.VIEW_APPEALS): Reach(everywhere=True)}  # fmt: skip
    access = Access(Actor("person", "Сидорова А. П.", 1), place.pk, 1, everywhere)
    elsewhere = {str(Permission.RECEIVE): Reach(body_ids=frozenset({body.pk + 100}))}
    other = Access(Actor("person", "Чужой Ч. Ч.", 2), place.pk, 2, elsewhere)
    host = save_host(
        access=access,
        new=NewHost(
            name="Белов Пётр Ильич", position="глава округа", place="кабинет 12", body_id=body.pk
        ),
    )
    hours = NewHours(weekday=1, opens=time(14), closes=time(15), slot_minutes=20)
    open_hours(access=access, host_id=host.pk, new=hours)
    return Reception(place, body, host, access, other)


@pytest.fixture
def reception(db: None, monday: datetime) -> Reception:
    return set_up()


@pytest.fixture
def visit(reception: Reception) -> Callable[..., NewVisit]:
    """What a citizen gives; each has a phone of his own."""
    return visits_to(reception.host.pk)


def visits_to(host_id: int) -> Callable[..., NewVisit]:
    def make(n: int = 1, **more: object) -> NewVisit:
        values: dict[str, object] = {
            "host_id": host_id,
            "applicant": NewApplicant(name=f"Иванова Мария {n}", phone=f"+7 900 000-00-{n:02d}"),
            "question": "Когда отремонтируют мост",
            "starts_at": datetime(2026, 3, 3, 11, 0, tzinfo=UTC),
        }
        return NewVisit(**{**values, **more})  # type: ignore[arg-type]

    return make
