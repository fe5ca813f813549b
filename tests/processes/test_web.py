"""The citizens' form while the process of the pages is killed under them."""

from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from django.db.models import Count

from otklik.casework.appeals.actions.registration import code_hash
from otklik.casework.appeals.models import Appeal
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels.actions import set_up_account
from otklik.exchange.channels.models import OutboundMessage
from otklik.records.journal.models import Entry
from tests.peers.ports import free_port
from tests.processes.centres import SLUG, make_centre
from tests.processes.citizens import Citizen, Receipt
from tests.processes.programs import Programs, ended_how, is_live, wait_for

pytestmark = pytest.mark.processes

CITIZENS, FORMS = 4, 12
MAILBOX = {"address": "mcu@example.test", "imap_host": "127.0.0.1", "smtp_host": "127.0.0.1"}
FILED = "SELECT count(*) FROM appeals_appeal"


def kill_family(web: subprocess.Popen[str]) -> None:
    """Signal 9 to the server and to every process that serves pages for it."""
    assert web.poll() is None, ended_how(web)
    parent = psutil.Process(web.pid)
    family = [parent, *parent.children(recursive=True)]
    for process in family:
        process.kill()
    web.communicate()
    wait_for(lambda: not any(map(is_live, family)), lambda: f"{family} live on")


def test_forms_sent_again_after_a_kill_make_one_case_each(programs: Programs) -> None:
    with programs.inside():
        access = Access.system(make_centre().pk)
        set_up_account(access=access, kind="email", title="Почта", settings=MAILBOX)
    port = str(free_port())
    words = ("web", "--port", port, "--workers", "1")
    web = programs.command(*words, OTKLIK_PROXY="1")

    def visit(number: int) -> tuple[Citizen, list[Receipt]]:
        citizen = Citizen(f"http://127.0.0.1:{port}", SLUG, f"203.0.113.{number}")
        filings = [f"У дома {number} яма, письмо {turn}" for turn in range(FORMS)]
        return citizen, [citizen.file(text) for text in filings]

    with ThreadPoolExecutor(CITIZENS) as crowd:
        visits = [crowd.submit(visit, number) for number in range(CITIZENS)]
        wait_for(lambda: programs.ask(FILED) >= CITIZENS * FORMS // 3, lambda: ended_how(web))
        kill_family(web)
        filed = programs.ask(FILED)
        web = programs.command(*words, OTKLIK_PROXY="1")
        ended = [each.result() for each in visits]
    kill_family(web)
    assert filed < CITIZENS * FORMS
    receipts = [receipt for _, of_one in ended for receipt in of_one]
    assert sum(citizen.sent for citizen, _ in ended) > len(receipts), "nobody was cut off"
    with programs.inside():
        assert_one_case_each(receipts)


def assert_one_case_each(receipts: list[Receipt]) -> None:
    cases = {
        number: (token, code)
        for number, token, code in Appeal.objects.values_list(
            "number", "external_number", "code_hash"
        )
    }
    assert len(receipts) == CITIZENS * FORMS
    assert cases == {each.number: (each.token, code_hash(each.code)) for each in receipts}
    for name in ("AppealRegistered", "MessageQueued"):
        told = Entry.objects.filter(name=name).aggregate(
            entries=Count("pk"), cases=Count("case_id", distinct=True)
        )
        assert told == {"entries": len(cases), "cases": len(cases)}
    # One receipt by mail for every case waits for its sender.
    assert OutboundMessage.objects.filter(state="queued").count() == len(cases)
    assert OutboundMessage.objects.values("case_id").distinct().count() == len(cases)
