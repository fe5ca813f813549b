"""The database is killed while the mail server takes a letter."""

from __future__ import annotations

import subprocess
from datetime import timedelta

import pytest

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.config.postgres import revive
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels.actions import queue_message, set_up_account, sweep_outbox
from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.channels.rules.outbox import LEASE
from otklik.exchange.channels.vocabulary import OutboundState
from tests.peers.mail import MailServer
from tests.processes.centres import make_centre
from tests.processes.programs import Programs, ended_how, wait_for
from tests.processes.servers import Server

pytestmark = pytest.mark.processes

LETTERS = 6
SUBJECTS = [f"Ответ {number}" for number in range(LETTERS)]
CUT_OFF = 3
SENT = "SELECT count(*) FROM channels_outboundmessage WHERE state = 'sent'"


def queue_letters(mail: MailServer, citizen: str) -> None:
    centre = make_centre()
    settings = {
        "address": mail.user("mcu"),
        "imap_host": "127.0.0.1",
        "imap_port": mail.imap_port,
        "imap_security": "none",
        "smtp_host": "127.0.0.1",
        "smtp_port": mail.smtp_port,
        "smtp_security": "none",
        "smtp_login": False,
    }
    secret = {"password": mail.password}
    access = Access.system(centre.pk)
    set_up_account(access=access, kind="email", title="Почта", settings=settings, secret=secret)
    for number, subject in enumerate(SUBJECTS):
        queue_message(
            municipality_id=centre.pk,
            actor=Actor.system(),
            channel="email",
            recipient=citizen,
            subject=subject,
            text="Яма засыпана.",
            key=f"reply:{number}",
        )


class Keeper:
    """What a supervisor does: a worker that ended is started again."""

    def __init__(self, programs: Programs) -> None:
        self._programs = programs
        self.started = 0
        self._worker: subprocess.Popen[str] | None = None

    def look_after(self) -> bool:
        if self._worker is None or self._worker.poll() is not None:
            self._worker = self._programs.command("worker", "--jobs", "1")
            self.started += 1
        return True

    def story(self) -> str:
        assert self._worker is not None
        self._worker.kill()
        return ended_how(self._worker)


def test_letter_on_its_way_is_not_repeated_and_the_others_go(
    server: Server, mail_server: MailServer
) -> None:
    programs, gate = server.programs, mail_server.gate
    citizen = mail_server.user("ivanova")
    died_after: list[int] = []

    def kill_once() -> None:
        if not died_after and gate.taken == CUT_OFF:
            server.kill()
            died_after.append(gate.taken)

    with server.held(), programs.inside():
        queue_letters(mail_server, citizen)
    gate.before_answer = kill_once
    keeper = Keeper(programs)
    with server.held():
        wait_for(lambda: keeper.look_after() and bool(died_after), keeper.story)
        revive(server.cluster)
        wait_for(lambda: keeper.look_after() and programs.ask(SENT) >= LETTERS - 1, keeper.story)
        with programs.inside():
            assert_unconfirmed()
    letters = [str(letter["Subject"]) for letter in mail_server.inbox(citizen)]
    assert sorted(letters) == SUBJECTS


def assert_unconfirmed() -> None:
    """The letter in flight waits for a person once its lease is over; nothing sends it."""
    (left,) = OutboundMessage.objects.exclude(state=OutboundState.SENT)
    assert left.state == OutboundState.SENDING
    with clock.frozen(clock.now() + LEASE + timedelta(minutes=1)):
        sweep_outbox()
    left.refresh_from_db()
    assert (left.state, left.attempts) == (OutboundState.UNCONFIRMED, 1)
