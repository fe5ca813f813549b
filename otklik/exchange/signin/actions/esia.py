"""The way through ЕСИА and back; it asks another server, hence holds no transaction."""

from __future__ import annotations

import ssl
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from django.db import transaction

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.directory.organisation.rules import Access
from otklik.exchange.signin.events import ApplicantIdentified
from otklik.exchange.signin.models import ExternalDoor
from otklik.exchange.signin.queries import machine, profile_of
from otklik.exchange.signin.rules.claims import Presented
from otklik.exchange.vendors.esia.checks import signer_of, trust_of
from otklik.exchange.vendors.esia.client import SCOPES, EsiaClient, Registration
from otklik.exchange.vendors.esia.people import Person
from otklik.exchange.vendors.esia.troubles import EsiaRefused
from otklik.records.journal.actions import record, record_read

SECONDS = 15


def begin_esia(*, door: ExternalDoor, redirect_uri: str) -> tuple[str, str]:
    """Where to send the browser, and the `state` to wait for. Raises OtklikError."""
    state = str(uuid.uuid4())
    with _client(door) as client:
        url = client.entry_url(state=state, redirect_uri=redirect_uri, now=clock.now())
    return url, state


def finish_esia(*, door: ExternalDoor, code: str, state: str, redirect_uri: str) -> Person:
    """Who came back with the code. Raises errors of ЕСИА, in words."""
    with _client(door) as client:
        entered = client.exchange(
            code=code, state=state, redirect_uri=redirect_uri, now=clock.now()
        )
        return client.person(entered)


def leaving_esia(*, door: ExternalDoor, redirect_uri: str) -> str:
    """Where to leave ЕСИА too."""
    with _client(door) as client:
        return client.leaving_url(redirect_uri)


def presented_by_esia(person: Person) -> Presented:
    """A member of staff as ЕСИА presents him: only a confirmed account vouches for anybody."""
    if not person.trusted:
        raise EsiaRefused(
            "Учётная запись на Госуслугах не подтверждена.",
            "Подтвердите её в банке, МФЦ или на сайте Госуслуг и войдите снова.",
            "007055",
        )
    return Presented(
        subject=person.oid,
        email=person.email,
        email_sure=bool(person.email),
        full_name=person.full_name,
        methods=person.methods,
        claims={"amr": list(person.methods)},
    )


def identify_citizen(*, door: ExternalDoor, code: str, state: str, redirect_uri: str) -> Person:
    """A citizen at the portal; that his data were asked for stands in the log of reads."""
    person = finish_esia(door=door, code=code, state=state, redirect_uri=redirect_uri)
    record_read(
        [],
        actor=Access.system(door.municipality_id, "Сайт").actor,
        municipality_id=door.municipality_id,
        purpose=f"вход заявителя через «{door.title}»: имя, почта, телефон",
        without_case=True,
    )
    return person


@transaction.atomic
def note_identified(*, access: Access, case_id: int, door_title: str) -> None:
    """Say in the story of the case that its author was identified (59-ФЗ, art. 4 p. 1)."""
    event = ApplicantIdentified(subject_id=case_id, case_id=case_id, door=door_title)
    record(event, actor=access.actor, municipality_id=access.municipality_id)


@contextmanager
def _client(door: ExternalDoor) -> Iterator[EsiaClient]:
    here = machine()
    registration = Registration(
        door.address, door.client_id, door.set_to.scopes or SCOPES, profile_of(door)
    )
    with httpx.Client(timeout=SECONDS, verify=_roots(here.get("ca", ""))) as http:
        yield EsiaClient(registration, signer_of(here), trust_of(here), http)


def _roots(file: str) -> ssl.SSLContext:
    """Roots of the machine and, besides, the one that ЕСИА may be signed by."""
    known = ssl.create_default_context()
    try:
        if file:
            known.load_verify_locations(file)
    except OSError as error:
        raise OtklikError(
            f"Не читается корневой сертификат {file}.",
            "Проверьте путь в OTKLIK_ESIA_CA: нужен файл PEM.",
        ) from error
    return known
