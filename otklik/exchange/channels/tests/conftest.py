"""A centre with channels, and the people of its stories."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from otklik.base.actor import Actor
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access, Reach
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels import actions, queries
from otklik.exchange.channels.models import ChannelAccount, InboundMessage, OutboundMessage
from otklik.exchange.channels.vocabulary import ChannelKind
from tests.peers.mail import MailServer

EVERYWHERE = Reach(everywhere=True)


@pytest.fixture
def centre(db: None) -> Municipality:
    return Municipality.objects.create(
        slug="ozersk", name="Озёрский район", short_name="Озёрский", kind="district", region="—"
    )


@pytest.fixture
def neighbour(db: None) -> Municipality:
    return Municipality.objects.create(
        slug="lugovo", name="Луговской район", short_name="Луговской", kind="district", region="—"
    )


@pytest.fixture
def operator(centre: Municipality) -> Access:
    """Registers messages and places answers; sets up nothing."""
    return Access(
        actor=Actor("person", "Сидорова А. П., оператор", 1),
        municipality_id=centre.pk,
        account_id=1,
        grants={
            Permission.SEND: EVERYWHERE,
            Permission.REGISTER: EVERYWHERE,
            Permission.CONTROL: EVERYWHERE,
        },
    )


@pytest.fixture
def outsider(centre: Municipality) -> Access:
    return Access(actor=Actor("person", "Посторонний", 2), municipality_id=centre.pk, account_id=2)


@pytest.fixture
def head(centre: Municipality) -> Access:
    return Access(
        actor=Actor("person", "Петров И. И., руководитель", 3),
        municipality_id=centre.pk,
        account_id=3,
        grants={Permission.SET_UP: EVERYWHERE, Permission.CONTROL: EVERYWHERE},
    )


@dataclass
class Mailbox:
    """The centre's mailbox on the real server, and what to do with it in a story."""

    server: MailServer
    account: ChannelAccount
    address: str

    def receive(self, raw: bytes) -> None:
        self.server.deliver(raw, self.address)

    def poll(self) -> Any:
        return actions.poll_account(self.account.pk)

    def letters(self) -> list[InboundMessage]:
        return list(InboundMessage.objects.filter(account_id=self.account.pk).order_by("id"))


@pytest.fixture
def mailbox(centre: Municipality, head: Access, mail_server: MailServer) -> Mailbox:
    address = mail_server.user("mcu")
    settings = {
        "address": address,
        "display_name": "МЦУ Озёрского района",
        "imap_host": mail_server.imap_host,
        "imap_port": mail_server.imap_port,
        "imap_security": "none",
        "smtp_host": mail_server.smtp_host,
        "smtp_port": mail_server.smtp_port,
        "smtp_security": "none",
        "smtp_login": False,
        "timeout": 10,
    }
    account = actions.set_up_account(
        access=head,
        kind=ChannelKind.EMAIL,
        title="Общая почта",
        settings=settings,
        secret={"password": mail_server.password},
        basis="распоряжение № 5",
    )
    return Mailbox(mail_server, account, address)


Queue = Callable[..., OutboundMessage]


@pytest.fixture
def queue(centre: Municipality) -> Queue:
    """Queue a message in case 7, a letter unless told otherwise."""

    def make(recipient: str = "", channel: str = ChannelKind.EMAIL, **more: Any) -> OutboundMessage:
        values: dict[str, Any] = {
            "key": f"reply:{OutboundMessage.objects.count() + 1}",
            "text": "Яма засыпана.",
            "subject": "Ответ на обращение",
            "case_id": 7,
        }
        return actions.queue_message(
            municipality_id=centre.pk,
            actor=Actor.system(),
            channel=channel,
            recipient=recipient,
            **{**values, **more},
        )

    return make


def states(access: Access) -> list[str]:
    return list(queries.visible_to(access).order_by("pk").values_list("state", flat=True))
