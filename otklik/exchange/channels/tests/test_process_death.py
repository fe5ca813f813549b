"""Programs killed with signal 9 while they send and receive: real processes and database."""

from __future__ import annotations

import os
import signal

from otklik.exchange.vendors.mail.tests.letters import letter
from tests.peers.mail import MailServer
from tests.processes.programs import Programs

SET_UP = """
import sys
from otklik.base.actor import Actor
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.exchange.channels import actions
imap, smtp, address, password, citizen = sys.argv[1:]
centre = Municipality.objects.create(
    slug="ozersk", name="Озёрский район", short_name="Озёрский", kind="district", region="—")
actions.set_up_account(
    access=Access.system(centre.pk), kind="email", title="Почта", secret={"password": password},
    settings=dict(address=address, imap_host="127.0.0.1", imap_port=imap, imap_security="none",
                  smtp_host="127.0.0.1", smtp_port=smtp, smtp_security="none", smtp_login=False))
actions.queue_message(
    municipality_id=centre.pk, actor=Actor.system(), channel="email", recipient=citizen,
    subject="Ответ", text="Яма засыпана.", case_id=7, key="reply:1")
"""
WORK = """
from procrastinate.contrib.django import app
app.with_connector(app.connector.get_worker_connector()).run_worker(
    wait=False, queues=["exchange"], install_signal_handlers=False)
"""
SWEEP = """
from datetime import timedelta
from otklik.base import clock
from otklik.exchange.channels import actions
from otklik.exchange.channels.models import OutboundMessage
from otklik.exchange.channels.rules.outbox import LEASE
message = OutboundMessage.objects.get()
print(message.state)
with clock.frozen(clock.now() + LEASE + timedelta(minutes=1)):
    actions.sweep_outbox()
    print(actions.deliver(message.pk))
"""
POLL = """
from otklik.exchange.channels import actions
print(actions.poll_account(actions.due_accounts()[0]).new)
"""
POLL_AND_DIE = (
    """
import os, signal
from otklik.exchange.channels.actions import taking
real = taking.accept_message
def die(**given):
    done = real(**given)
    if given["external_id"] == "<1@example.org>":
        os.kill(os.getpid(), signal.SIGKILL)
    return done
taking.accept_message = die
"""
    + POLL
)
COUNT = """
from otklik.exchange.channels.models import InboundMessage
from otklik.records.journal.models import Entry
print(*InboundMessage.objects.order_by("id").values_list("external_id", flat=True))
print(Entry.objects.filter(name="MessageReceived").count())
"""


def set_up(programs: Programs, server: MailServer) -> tuple[str, str]:
    address, citizen = server.user("mcu"), server.user("ivanova")
    ports = (str(server.imap_port), str(server.smtp_port))
    programs.run(SET_UP, *ports, address, server.password, citizen)
    return address, citizen


def test_worker_killed_while_the_server_takes_the_letter(
    programs: Programs, mail_server: MailServer
) -> None:
    _, citizen = set_up(programs, mail_server)
    worker = programs.start(WORK)
    mail_server.gate.before_answer = lambda: os.kill(worker.pid, signal.SIGKILL)
    with worker:
        worker.communicate(timeout=60)
    assert worker.returncode == -signal.SIGKILL
    mail_server.gate.heal()
    assert len(mail_server.inbox(citizen)) == 1
    assert programs.run(SWEEP) == ["sending", "unconfirmed"]
    programs.run(WORK)
    assert len(mail_server.inbox(citizen)) == 1


def test_reader_killed_between_letters_loses_none_and_doubles_none(
    programs: Programs, mail_server: MailServer
) -> None:
    address, _ = set_up(programs, mail_server)
    for number in range(3):
        mail_server.deliver(letter(b"text", f"Message-ID: <{number}@example.org>"), address)
    with programs.start(POLL_AND_DIE) as reader:
        reader.communicate(timeout=60)
    assert reader.returncode == -signal.SIGKILL
    assert programs.run(POLL) == ["2"]
    ids = " ".join(f"<{number}@example.org>" for number in range(3))
    assert programs.run(COUNT) == [ids, "3"]
