"""Fixture `mail_server`: a real IMAP server fed by a real SMTP server, both on loopback.

Dovecot where it is installed (root only), else mail-devel. Load it with
`pytest_plugins = ["tests.peers.mail"]`.
"""

from __future__ import annotations

import imaplib
import smtplib
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

import pytest

from tests.peers import mail_stores
from tests.peers.smtp_gate import SmtpGate

DOMAIN = "mail.test"


@dataclass
class MailServer:
    """Addresses of the servers and ways to look into mailboxes as another mail program would."""

    store: mail_stores.MailStore
    gate: SmtpGate

    @property
    def smtp_host(self) -> str:
        return self.gate.host

    @property
    def smtp_port(self) -> int:
        return self.gate.port

    @property
    def imap_host(self) -> str:
        return "127.0.0.1"

    @property
    def imap_port(self) -> int:
        return self.store.imap_port

    @property
    def password(self) -> str:
        return self.store.password

    def user(self, name: str = "") -> str:
        """The address of a fresh mailbox."""
        return f"{name or 'user'}-{uuid.uuid4().hex[:8]}@{DOMAIN}"

    def deliver(self, raw: bytes, to: str, sender: str = "gost@example.org") -> None:
        """Put a letter into a mailbox byte for byte, past the gate and its faults."""
        self.store.deliver(raw, to, sender)

    def submit(self, raw: bytes, to: str, sender: str = "gost@example.org") -> None:
        """Send a letter by SMTP as anybody would."""
        with smtplib.SMTP(self.smtp_host, self.smtp_port, timeout=10) as client:
            client.sendmail(sender, [to], raw)

    def inbox(self, user: str, folder: str = "INBOX") -> list[EmailMessage]:
        """Letters in a mailbox, oldest first."""
        with self._login(user) as client:
            status, _ = client.select(folder, readonly=True)
            if status != "OK":
                return []
            _, found = client.search(None, "ALL")
            return [self._read(client, number) for number in found[0].split()]

    def unseen(self, user: str) -> int:
        with self._login(user) as client:
            client.select("INBOX", readonly=True)
            return len(client.search(None, "UNSEEN")[1][0].split())

    def renumber(self, user: str) -> None:
        """Make the server forget its numbering: UIDVALIDITY changes, the letters stay."""
        if not self.store.can_renumber:
            pytest.skip("only Dovecot can renumber a mailbox")
        with self._login(user) as client:
            client.select("INBOX")
            letters = [
                client.fetch(number, "(BODY.PEEK[])")[1][0]
                for number in client.search(None, "ALL")[1][0].split()
            ]
        before = self._numbering(user)
        for _ in range(5):
            self.store.wipe(user)
            # The number is the second in which the mailbox was made.
            time.sleep(1.1)
            if self._numbering(user) != before:
                break
        with self._login(user) as client:
            for letter in letters:
                client.append("INBOX", "", "", cast("tuple[bytes, bytes]", letter)[1])

    def _numbering(self, user: str) -> bytes:
        with self._login(user) as client:
            return cast("bytes", client.status("INBOX", "(UIDVALIDITY)")[1][0])

    def _login(self, user: str) -> imaplib.IMAP4:
        client = imaplib.IMAP4(self.imap_host, self.imap_port, timeout=10)
        client.login(user, self.password)
        return client

    @staticmethod
    def _read(client: imaplib.IMAP4, number: bytes) -> EmailMessage:
        _, data = client.fetch(number.decode(), "(BODY.PEEK[])")
        raw = cast("tuple[bytes, bytes]", data[0])[1]
        return message_from_bytes(raw, policy=policy.default)


@pytest.fixture(scope="session")
def _mail_servers() -> Iterator[MailServer]:
    with mail_stores.start() as store, SmtpGate(store.deliver) as gate:
        yield MailServer(store=store, gate=gate)


@pytest.fixture
def mail_server(_mail_servers: MailServer) -> Iterator[MailServer]:
    """The servers with no fault set."""
    _mail_servers.gate.heal()
    yield _mail_servers
    _mail_servers.gate.heal()
