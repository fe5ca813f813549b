"""A centre connected to a stand-in of ЕСИА; keys are made here and now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from django.conf import LazySettings
from django.test import Client

from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.exchange.signin.actions import DoorWanted, save_door
from otklik.exchange.signin.models import ExternalDoor
from otklik.exchange.signin.rules.options import Options
from otklik.exchange.standins.esia.application import Esia, System
from otklik.exchange.standins.esia.signing import Keys, Signing
from otklik.exchange.standins.serving import served

SITE = "http://testserver"
RETURNS = frozenset(
    f"{SITE}{path}" for path in ("/accounts/esia/back/", "/identification/back/", "/")
)
ELKINA, PROSTAKOV, LI, NEPOCHTIN = 1000000001, 1000000002, 1000000003, 1000000004
FIELDS = ("scope", "timestamp", "client_id", "state")


@contextmanager
def connected(
    settings: LazySettings, folder: Path, place: Municipality, *, gost: bool = False, **wanted: Any
) -> Iterator[tuple[ExternalDoor, Esia]]:
    """The door of the centre and the stand-in that it leads to, while the block runs.

    `gost`: both sign by GOST R 34.10-2012.
    """
    keys = Keys.make(folder, gost=gost, name="mcu")
    with served(Esia(gost=gost)) as esia:
        trust = folder / "trust.pem"
        trust.write_bytes(esia.keys.certificate.read_bytes())
        settings.PUBLIC_URL = SITE
        settings.ESIA = {
            "signer": "gost" if gost else "rsa",
            "key": str(keys.key),
            "certificate": str(keys.certificate),
            "trust": str(trust),
        }
        signing = Signing(keys.certificate.read_bytes(), FIELDS, FIELDS, False, True, gost)
        esia.register(System("MCU01", RETURNS, signing))
        options = Options(profile="raw_sha256")
        asked = {"title": "Госуслуги", "for_citizens": True, "options": options, **wanted}
        door = save_door(
            access=Access.system(place.pk),
            wanted=DoorWanted(kind="esia", address=esia.url, client_id="MCU01", **asked),
        )
        yield door, esia


def walk(client: Client, start: str, citizen: int) -> Any:
    """From our page through the choice of a citizen back to us; the answer to the return."""
    sent = client.get(start)
    assert sent.status_code == 302, sent.content.decode()
    return client.get(returned(sent["Location"], citizen))


def returned(url: str, citizen: int) -> str:
    """The address to which the stand-in sends the browser that chose this citizen (0: denied)."""
    with httpx.Client(trust_env=False) as browser:
        page = browser.get(url)
        assert page.status_code == 200, page.text or page.headers
        form = {**dict(httpx.URL(url).params), "citizen": str(citizen)}
        base = str(httpx.URL(url).copy_with(path="/standin/choice", query=None))
        return browser.post(base, data=form).headers["Location"]
