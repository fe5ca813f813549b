"""The feed of changes is complete, in order, and within the reach of the program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from otklik.casework.appeals.actions import assign_executor
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal import queries
from otklik.web.api.tests.conftest import Caller, Place

LetIn = Callable[..., Caller]
FileCase = Callable[..., Appeal]


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test is one transaction, which would hold back its own entries for ever."""
    monkeypatch.setattr(queries, "settled_before", lambda _: datetime(2999, 1, 1, tzinfo=UTC))


def test_a_program_learns_what_happened_since_it_asked(
    place: Place, let_in: LetIn, file_case: FileCase
) -> None:
    caller = let_in()
    case = file_case()
    first = caller.ok("events")
    assert first["items"][0]["event"] == "case.registered"
    assert first["items"][0]["change"]["number"] == case.number
    assign_executor(
        access=place.system, appeal_id=case.pk, body_id=place.roads.pk,
        instruction="Позвоните Ивановой",
    )  # fmt: skip
    page = caller.ok("events", after=first["next"])
    told = {one["event"]: one for one in page["items"]}
    assert told["case.assigned"]["change"]["body"] == "Дорожная служба"
    assert all(one["status"] == "assigned" for one in page["items"])
    assert "Ивановой" not in str(page)
    assert caller.ok("events", after=page["next"]) == {
        "items": [], "next": page["next"], "more": False
    }  # fmt: skip


def test_pages_of_news_join_without_gaps(let_in: LetIn, file_case: FileCase) -> None:
    cases = [file_case(f"Яма {n}") for n in range(4)]
    caller, seen, after, more = let_in(), [], 0, True
    while more:
        page = caller.ok("events", after=after, limit=1, event="case.registered")
        seen += [one["case_id"] for one in page["items"]]
        after, more = page["next"], page["more"]
    assert seen == [case.pk for case in cases]


def test_news_of_unseen_cases_are_left_out_but_the_key_goes_on(
    let_in: LetIn, file_case: FileCase
) -> None:
    file_case("Яма")
    of_line = let_in(permissions=(Permission.VIEW_APPEALS,), channels=["hotline122"])
    page = of_line.ok("events")
    assert page["items"] == []
    assert page["next"] > 0
    file_case("Труба", channel=Channel.HOTLINE122, regime=Regime.HOTLINE)
    assert {one["event"] for one in of_line.ok("events", after=page["next"])["items"]} >= {
        "case.registered"
    }


@pytest.mark.django_db(transaction=True)
def test_an_entry_of_a_running_transaction_holds_back_those_above(
    monkeypatch: pytest.MonkeyPatch, place: Place, let_in: LetIn, file_case: FileCase
) -> None:
    monkeypatch.undo()
    case = file_case("Яма")
    caller = let_in()
    seen = caller.ok("events")
    assert seen["items"]
    written, leave = Event(), Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                file_case("Медленная яма")
                written.set()
                assert leave.wait(30)
        finally:
            connection.close()

    thread = Thread(target=slow)
    thread.start()
    assert written.wait(30)
    assign_executor(access=place.system, appeal_id=case.pk, body_id=place.roads.pk)
    later = caller.ok("events", after=seen["next"])
    leave.set()
    thread.join()
    assert later["items"] == []
    told = [one["event"] for one in caller.ok("events", after=later["next"])["items"]]
    assert (told[0], told[-1]) == ("case.registered", "case.assigned")
