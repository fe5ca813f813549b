"""The manners of all stand-ins."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from werkzeug.wrappers import Request, Response

from otklik.exchange.standins.base import StandIn, as_json
from otklik.exchange.standins.deliveries import Manners
from otklik.exchange.standins.failures import Failure, Trouble
from otklik.exchange.standins.serving import served


class Counter(StandIn):
    """Counts; also receives its own webhooks."""

    name = "counter"

    def set_up(self) -> None:
        self.count = 0
        self.received: list[int] = []
        self.refuse = 0
        self.route("POST", "/add", self.add, call="add")
        self.route("POST", "/hook", self.hook, call="hook")

    def add(self, request: Request) -> Response:
        self.count += 1
        return as_json({"count": self.count})

    def hook(self, request: Request) -> Response:
        if self.refuse:
            self.refuse -= 1
            return Response("busy", status=503)
        self.received.append(request.get_json()["number"])
        return Response("ok")

    def failed(self, failure: Failure, request: Request, name: str) -> Response | None:
        if failure.trouble == Trouble.RATE:
            return Response("later", status=429, headers={"Retry-After": str(failure.seconds)})
        return None

    def page(self, request: Request) -> Response:
        return Response("писать как житель")


@pytest.fixture
def counter() -> Iterator[Counter]:
    with served(Counter()) as app:
        yield app


def post(app: Counter) -> httpx.Response:
    return httpx.post(f"{app.url}/add", timeout=5)


def test_it_answers_and_tells_its_calls(counter: Counter) -> None:
    assert post(counter).json() == {"count": 1}
    assert httpx.get(counter.url).text == "писать как житель"
    assert httpx.get(f"{counter.url}/standin/calls").json() == [{"name": "add", "status": 200}]


def test_failures_come_on_order_and_only_so_often(counter: Counter) -> None:
    httpx.post(f"{counter.url}/standin/fail", json={"trouble": "rate", "call": "add"})
    counter.failures.order(Trouble.BROKEN, call="other")
    assert post(counter).status_code == 429
    assert post(counter).status_code == 200
    assert counter.count == 1


def test_a_lost_reply_leaves_the_deed_done(counter: Counter) -> None:
    counter.failures.order(Trouble.LOST_REPLY)
    assert post(counter).status_code == 502
    counter.failures.order(Trouble.CUT)
    with pytest.raises(httpx.RemoteProtocolError):
        post(counter)
    counter.failures.order(Trouble.SLOW, seconds=0.01)
    assert post(counter).json() == {"count": 3}


def test_webhooks_come_again_until_they_are_taken(counter: Counter) -> None:
    counter.refuse = 2
    counter.deliveries.again_after = 0.01
    counter.deliveries.send(
        f"{counter.url}/hook", {"number": 7}, {}, lambda answer: answer.is_success
    )
    assert counter.deliveries.flush()
    assert counter.received == [7]
    assert [each.status for each in counter.deliveries.told] == [503, 503, 200]


def test_webhooks_can_be_doubled_and_shuffled(counter: Counter) -> None:
    counter.deliveries.manners = Manners(copies=2, shuffle_of=10)
    for number in range(10):
        counter.deliveries.send(
            f"{counter.url}/hook", {"number": number}, {}, lambda answer: answer.is_success
        )
    assert counter.deliveries.flush()
    assert sorted(counter.received) == sorted([*range(10), *range(10)])
    assert counter.received != sorted(counter.received)
