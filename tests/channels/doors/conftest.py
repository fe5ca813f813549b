"""A centre with its door open, and those who come to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache

from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.exchange.channels import actions
from otklik.web.desk.tests.conftest import Centre, make_person
from tests.channels.doors.base import Door
from tests.channels.doors.file_peer import FilePeer
from tests.channels.doors.hotline_peer import HotlinePeer
from tests.channels.doors.open311_peer import Open311Peer
from tests.channels.doors.portal_peer import PortalPeer
from tests.channels.story import ANSWER, Story

NAMES = ("portal", "hotline122", "open311", "pos", "incident")


@pytest.fixture(params=NAMES)
def door(request: pytest.FixtureRequest, live_server: Any) -> Iterator[Door]:
    """Everybody in his turn."""
    url = live_server.url
    kinds: dict[str, Callable[[], Door]] = {
        "portal": lambda: PortalPeer(url=url, answer=ANSWER),
        "hotline122": lambda: HotlinePeer(url=url),
        "open311": lambda: Open311Peer(url=url),
    }
    name = str(request.param)
    cache.clear()
    made = kinds[name]() if name in kinds else FilePeer(kind=name)
    yield made
    made.close()
    cache.clear()


@pytest.fixture
def open_door(centre: Centre) -> Callable[[Door], Story]:
    """The channel is set up by its administrator, the one who comes has what he needs."""

    def start(door: Door) -> Story:
        setter = make_person(
            centre.municipality, "Наладчик", {Permission.SET_UP: Scope.MUNICIPALITY}
        )
        account = actions.set_up_account(
            access=setter.access,
            kind=door.kind,
            title=f"Канал {door.kind}",
            settings=door.settings(),
            secret=door.secret(),
        )
        story = Story(centre, door, account, setter)
        door.stand(story)
        return story

    return start
