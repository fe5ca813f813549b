"""Where letters lie: Dovecot (LMTP in, IMAP out) or mail-devel (IMAP both ways)."""

from __future__ import annotations

import imaplib
import os
import shutil
import smtplib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from tests.peers.ports import free_port, wait_for

# The unprivileged user and group that own the mailboxes; Dovecot refuses to serve root's mail.
NOBODY = 65534
DOVECOT_CONFIG = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/dovecot.log
protocols = imap lmtp
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{home}/mail/%Lu
auth_username_format = %Lu
lda_mailbox_autocreate = yes
namespace inbox {{
  inbox = yes
  mailbox Sent {{
    auto = create
  }}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={uid} home={home}/mail/%Lu allow_all_users=yes
}}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
"""


class MailStore(Protocol):
    imap_port: int
    password: str
    can_renumber: bool

    def deliver(self, raw: bytes, to: str, sender: str) -> None: ...

    def wipe(self, user: str) -> None: ...


class Dovecot:
    """Started in the foreground with a configuration and folders of its own."""

    can_renumber = True

    def __init__(self, home: Path) -> None:
        self.home = home
        self.imap_port, self._lmtp_port = free_port(), free_port()
        self.password = "пароль-из-теста".encode().hex()[:12]

    def deliver(self, raw: bytes, to: str, sender: str) -> None:
        with smtplib.LMTP("127.0.0.1", self._lmtp_port) as client:
            client.sendmail(sender, [to], raw)

    def wipe(self, user: str) -> None:
        shutil.rmtree(self.home / "mail" / user.lower())

    @contextmanager
    def running(self) -> Iterator[None]:
        for name in ("run", "state", "mail"):
            (self.home / name).mkdir()
        self.home.chmod(0o755)
        os.chown(self.home / "mail", NOBODY, NOBODY)
        config = self.home / "dovecot.conf"
        config.write_text(
            DOVECOT_CONFIG.format(
                home=self.home,
                password=self.password,
                uid=NOBODY,
                imap=self.imap_port,
                lmtp=self._lmtp_port,
            )
        )
        with subprocess.Popen(["dovecot", "-F", "-c", str(config)]) as process:
            try:
                wait_for(self.imap_port)
                wait_for(self._lmtp_port)
                yield
            finally:
                process.terminate()
                process.wait(timeout=10)


class MailDevel:
    """A mail server in memory; needs neither root nor a package of the system."""

    can_renumber = False

    def __init__(self) -> None:
        self.imap_port, self._smtp_port = free_port(), free_port()
        self.password = "test-password"

    def deliver(self, raw: bytes, to: str, sender: str) -> None:
        # Its own SMTP side goes by the headers and not by the envelope.
        head = f"Return-Path: <{sender}>\r\n".encode()
        with imaplib.IMAP4("127.0.0.1", self.imap_port, timeout=10) as client:
            client.login(to, self.password)
            client.append("INBOX", "", "", head + raw)

    def wipe(self, user: str) -> None:
        raise NotImplementedError("mail-devel cannot renumber a mailbox")

    @contextmanager
    def running(self) -> Iterator[None]:
        command = [
            *(
                sys.executable,
                "-m",
                "mail_devel",
                "--host",
                "127.0.0.1",
                "--multi-user",
            ),
            *(
                "--password",
                self.password,
                "--no-http",
                "--imap-port",
                str(self.imap_port),
            ),
            *("--smtp-port", str(self._smtp_port)),
        ]
        with subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            try:
                wait_for(self.imap_port)
                wait_for(self._smtp_port)
                yield
            finally:
                process.terminate()
                process.wait(timeout=10)


@contextmanager
def start() -> Iterator[MailStore]:
    """Dovecot for root on a machine that has it, else mail-devel."""
    if shutil.which("dovecot") and os.geteuid() == 0:
        with tempfile.TemporaryDirectory(prefix="otklik-mail-") as folder:
            dovecot = Dovecot(Path(folder))
            with dovecot.running():
                yield dovecot
    else:
        devel = MailDevel()
        with devel.running():
            yield devel
