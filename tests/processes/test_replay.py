"""Events come one to five times in any order while programs die: the same cases as once in order.

`OTKLIK_REPLAY=10000` plays so many events instead of the few that every run can afford.
"""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from otklik.exchange.standins.base import StandIn
from otklik.exchange.standins.max.application import MaxStandIn
from otklik.exchange.standins.serving import served
from otklik.exchange.standins.telegram.application import TelegramStandIn
from otklik.exchange.standins.vk.application import VkStandIn
from tests.channels.happenings import Caught, Event, happen
from tests.channels.max_peer import MaxPeer
from tests.channels.story import Peer
from tests.channels.telegram_peer import TelegramPeer
from tests.channels.toy import ToyPeer, ToyService, install
from tests.channels.vk_peer import VkPeer
from tests.processes.programs import START, Programs, wait_for

pytestmark = pytest.mark.processes
NUMBER = int(os.environ.get("OTKLIK_REPLAY", "160"))
MOST_COPIES = 5
DEATHS = 4
SET_UP = """
import json, sys
from tests.processes.centres import make_centre
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels.actions import connect_webhook, set_up_account
access = Access.system(make_centre().pk)
for title in ("в порядке", "вразнобой"):
    for kind, told in json.loads(sys.argv[1]).items():
        made = set_up_account(
            access=access, kind=kind, title=title, settings=told["settings"], secret=told["secret"]
        )
        if title == "в порядке":
            connect_webhook(access=access, account_id=made.pk, public_url=sys.argv[2])
        print(title, kind, made.pk, made.hook_key, sep="|")
"""
WORK = """
from procrastinate.contrib.django import app
app.with_connector(app.connector.get_worker_connector()).run_worker(
    wait=False, concurrency=2, listen_notify=False, install_signal_handlers=False,
)
"""
# What the housekeeper does with the jobs of dead workers, without its patience.
REVIVE = """
UPDATE procrastinate_jobs dead
SET status = (CASE WHEN EXISTS (
    SELECT 1 FROM procrastinate_jobs like_it
    WHERE like_it.queueing_lock = dead.queueing_lock AND like_it.status = 'todo'
) THEN 'aborted' ELSE 'todo' END)::procrastinate_job_status
WHERE status = 'doing'
"""
WAITING = """
SELECT (SELECT count(*) FROM channels_channelevent WHERE state = 'waiting')
     + (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')
        AND task_name IN ('channels.take_events', 'intake.take_message'))
"""
RESULT = """
SELECT coalesce(json_agg(row_to_json(told)), '[]') FROM (
  SELECT key.kind || ' ' || key.external_id AS external_id,
    key.deleted_at IS NOT NULL AS gone, message.text, message.case_id
  FROM channels_inboundkey key
  LEFT JOIN channels_inbound message ON message.id = key.message_id
  WHERE key.account_id = %s AND key.kind <> 'post' ORDER BY 1) told
"""


@dataclass
class Line:
    """An account that events are sent to."""

    number: int
    hook_key: str


class House:
    """The web and the worker, either of which may be killed at any moment."""

    def __init__(self, programs: Programs) -> None:
        self.programs = programs
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.web: subprocess.Popen[str] | None = None
        self.told = ""
        self.worker: subprocess.Popen[str] | None = None

    def open(self) -> None:
        if self.web is None or self.web.poll() is not None:
            where = ("--host", "127.0.0.1", "--port", str(self.port), "--workers", "1")
            self.web = self.programs.silent("-m", "otklik", "web", *where)
            wait_for(self._answers, self.programs.story)

    def work(self) -> None:
        if self.worker is None or self.worker.poll() is not None:
            self.programs.do_sql(REVIVE)
            self.worker = self.programs.silent("-c", START + WORK)

    def kill(self, which: str) -> None:
        process = self.web if which == "web" else self.worker
        if process is not None and process.poll() is None:
            process.kill()
            process.communicate()

    def post(self, line: Line, event: Event) -> bool:
        url = f"{self.url}/hooks/{line.number}/{line.hook_key}/"
        content = json.dumps(event.body, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", **event.headers}
        try:
            answer = httpx.post(url, content=content, headers=headers, timeout=30)
        except httpx.HTTPError as error:
            self.told = repr(error)
            return False
        self.told = f"{answer.status_code} {answer.text[:300]}"
        return answer.is_success

    def insist(self, line: Line, event: Event) -> None:
        """As services do: again until it is taken."""
        wait_for(lambda: self.post(line, event), lambda: self.told)

    def settle(self) -> None:
        """Work until nothing waits."""
        ends = time.monotonic() + 60 + NUMBER
        while self.programs.ask(WAITING):
            assert time.monotonic() < ends, self.programs.ask(WAITING)
            self.work()
            time.sleep(0.2)

    def _answers(self) -> bool:
        try:
            httpx.get(f"{self.url}/hooks/", timeout=2)
        except httpx.HTTPError:
            return False
        return True


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def peers(tmp_path: Path) -> Iterator[list[tuple[Peer, Caught]]]:
    """Services whose events are caught on their way."""
    with ExitStack() as stack:
        toy = stack.enter_context(served(ToyService()))
        telegram = stack.enter_context(served(TelegramStandIn()))
        vk = stack.enter_context(served(VkStandIn()))
        messenger = stack.enter_context(served(MaxStandIn()))
        pairs: list[tuple[StandIn, Peer]] = [
            (toy, ToyPeer(toy)),
            (telegram, TelegramPeer(telegram, by_webhook=True)),
            (vk, VkPeer(vk, by_webhook=True)),
            (messenger, MaxPeer(messenger, by_webhook=True)),
        ]
        yield [(peer, Caught(service.deliveries)) for service, peer in pairs]


def test_any_order_any_repeat_and_death_give_the_cases_of_once_in_order(
    programs: Programs, peers: list[tuple[Peer, Caught]], tmp_path: Path
) -> None:
    installed = install(tmp_path)
    next(installed)
    programs.environment["PYTHONPATH"] += os.pathsep + str(tmp_path)
    chance = random.Random(20)
    house = House(programs)
    house.open()
    lines = _connect(house, [peer for peer, _ in peers])
    told = {peer.kind: happen(peer, caught, NUMBER // len(peers), chance) for peer, caught in peers}
    for kind, events in told.items():
        assert len(events) == NUMBER // len(peers)
        for event in events:
            house.insist(lines["в порядке", kind], event)
    house.settle()
    _send_untidily(house, lines, told, chance)
    house.settle()
    for kind in told:
        tidy = _cases(programs, lines["в порядке", kind])
        untidy = _cases(programs, lines["вразнобой", kind])
        assert tidy.keys() == untidy.keys()
        assert tidy == untidy
    next(installed, None)


def _connect(house: House, peers: list[Peer]) -> dict[tuple[str, str], Line]:
    told = {
        peer.kind: {
            "settings": {**peer.settings(), "by_webhook": True},
            "secret": peer.secret(),
        }
        for peer in peers
    }
    rows = [row.split("|") for row in house.programs.run(SET_UP, json.dumps(told), house.url)]
    return {(row[0], row[1]): Line(int(row[2]), row[3]) for row in rows}


def _send_untidily(
    house: House,
    lines: dict[tuple[str, str], Line],
    told: dict[str, list[Event]],
    chance: random.Random,
) -> None:
    copies = [
        (kind, event)
        for kind, events in told.items()
        for event in events
        for _ in range(chance.randint(1, MOST_COPIES))
    ]
    chance.shuffle(copies)
    deaths = set(chance.sample(range(len(copies)), DEATHS))
    late: list[tuple[str, Event]] = []
    house.work()
    for number, (kind, event) in enumerate(copies):
        if number in deaths:
            house.kill(chance.choice(("web", "worker")))
            late.append((kind, event))
            house.open()
            house.work()
        elif not house.post(lines["вразнобой", kind], event):
            late.append((kind, event))
    for kind, event in late:
        house.insist(lines["вразнобой", kind], event)


def _cases(programs: Programs, line: Line) -> dict[str, Any]:
    """What is known of each message, and which messages share a case."""
    rows: list[dict[str, Any]] = programs.ask(RESULT, line.number)
    together: dict[Any, list[str]] = {}
    for row in rows:
        together.setdefault(row["case_id"], []).append(row["external_id"])
    return {
        row["external_id"]: (
            row["gone"],
            row["text"],
            row["case_id"] is not None,
            together[row["case_id"]] if row["case_id"] is not None else [],
        )
        for row in rows
    }
