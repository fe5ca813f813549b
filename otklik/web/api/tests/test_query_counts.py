"""Every address for programs: how many queries, and the same for three rows and for thirty."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from otklik.base import clock
from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel
from otklik.casework.replies.models import Reply
from otklik.directory.organisation.models import Body
from otklik.directory.territory.models import Settlement
from otklik.directory.topics.models import Topic
from otklik.exchange.channels.actions import accept_message, set_up_account
from otklik.web.api.tests.conftest import Caller, Place, sign
from otklik.web.look.tests.counting import counts_of, grown, longer, over, sizes_of, views_of

# Address → most queries; those of the API with the three of the key.
BY_KEY = {
    "api:cases": 6,
    "api:case": 9,
    "api:events": 8,
    "api:access": 3,
    "api:topics": 4,
    "api:bodies": 4,
    "api:settlements": 4,
}
OPEN = {
    "api:openapi": 0,
    "open311:discovery": 0,
    "open311:services": 2,
    "open311:definition": 4,
    "open311:requests": 4,
    "open311:request": 4,
    "open311:token": 3,
    "open311:updates": 5,
}
SIGNED = {"api:intake-status": 5}
POST_ONLY = {"api:intake-call", "api:intake-message", "api:intake-placement"}
STEADY = {"api:access", "api:openapi", "open311:discovery", "open311:token", "open311:request"}
KEY = "ключ-для-счёта-запросов"


def fill(place: Place, case: Appeal, file_case: Callable[..., Appeal], names: range) -> None:
    """More of everything that is listed, and more inside the case."""
    for n in names:
        file_case(f"Яма номер {n}", channel=Channel.OPEN311)
        Topic.objects.create(
            edition=place.holes.edition, code=f"1.{n}", name=f"Тема {n}", parent=place.holes
        )
        Settlement.objects.create(municipality=place.municipality, name=f"Село {n}", kind="village")
        body = Body.objects.create(
            municipality=place.municipality, name=f"Служба {n}", kind="institution"
        )
        assign_executor(access=place.system, appeal_id=case.pk, body_id=body.pk)
        Reply.objects.create(
            appeal=case, status="sent", text=f"Ответ {n}", author_label="Служба",
            created_at=clock.now(), sent_at=clock.now(), signed_label="Глава",
        )  # fmt: skip


def addresses(place: Place, case: Appeal, names: dict[str, int]) -> dict[str, str]:
    keys: dict[str, dict[str, object]] = {
        "api:case": {"case_id": case.pk},
        "open311:definition": {"code": place.holes.pk},
        "open311:request": {"pk": case.pk},
        "open311:token": {"code": "письмо"},
    }
    return {
        name: reverse(
            name, kwargs={**keys.get(name, {}), **({"form": "xml"} if "311" in name else {})}
        )
        for name in names
    }


def test_lists_ask_the_same_of_three_rows_and_of_thirty(
    place: Place, let_in: Callable[..., Caller], file_case: Callable[..., Appeal]
) -> None:
    account = set_up_account(access=place.system, kind="open311", title="Open311")
    accept_message(
        account=account, external_id="письмо", kind="form", received_at=clock.now(), raw=b"",
        text="Яма",
    )  # fmt: skip
    case = file_case("Яма", channel=Channel.OPEN311)
    caller = let_in(calls_per_minute=1000)
    doors = [(caller.client, BY_KEY), (Client(), OPEN)]
    pages = [(client, addresses(place, case, table)) for client, table in doors]
    fill(place, case, file_case, range(3))
    few = [counts_of(*door) for door in pages]
    short = [sizes_of(*door) for door in pages]
    fill(place, case, file_case, range(3, 30))
    many = [counts_of(*door) for door in pages]
    assert [grown(*pair) for pair in zip(few, many, strict=True)] == [{}, {}]
    assert [over(counts, table) for counts, (_, table) in zip(many, doors, strict=True)] == [{}, {}]
    long = [sizes_of(*door) for door in pages]
    listed = {*longer(short[0], long[0]), *longer(short[1], long[1])}
    assert {*BY_KEY, *OPEN} - STEADY - {"api:events"} <= listed


def test_a_question_of_another_system_costs_a_few_queries(
    place: Place, file_case: Callable[..., Appeal]
) -> None:
    account = set_up_account(
        access=place.system, kind="hotline122", title="122", secret={"webhook_key": KEY}
    )
    accept_message(
        account=account, external_id="1", kind="call", received_at=clock.now(), raw=b"", text="Яма"
    )
    url = reverse("api:intake-status", kwargs={"kind": "hotline122", "external_id": "1"})
    Client().get(url, headers=sign(KEY, url.encode()))
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(url, headers=sign(KEY, url.encode())).status_code == 200
    assert len(captured) <= SIGNED["api:intake-status"]


def test_every_address_for_programs_is_counted() -> None:
    named = {*views_of("otklik.web.api")}
    assert named == {*BY_KEY, *OPEN, *SIGNED, *POST_ONLY}


@pytest.mark.parametrize("name", sorted(POST_ONLY))
def test_what_is_not_counted_is_only_posted(name: str) -> None:
    keys = {} if name.endswith("call") else {"kind": "hotline122"}
    if name.endswith("placement"):
        keys["external_id"] = "1"
    assert Client().get(reverse(name, kwargs=keys)).status_code == 405
