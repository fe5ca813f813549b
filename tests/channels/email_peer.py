"""A citizen with a mail program: a correction is another letter in the same thread."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from tests.peers.mail import MailServer

SUBJECT = "Яма на Садовой"


@dataclass
class EmailPeer:
    """Letters go through the real servers of the tests."""

    server: MailServer
    centre: str
    citizen: str
    kind: str = "email"
    has_albums: bool = False
    tells_deletions: bool = False
    reconciles: bool = False
    polled: bool = True
    written: list[str] = field(default_factory=list)

    def settings(self) -> dict[str, Any]:
        return {
            "address": self.centre,
            "imap_host": self.server.imap_host,
            "imap_port": self.server.imap_port,
            "imap_security": "none",
            "smtp_host": self.server.smtp_host,
            "smtp_port": self.server.smtp_port,
            "smtp_security": "none",
            "smtp_login": False,
            "timeout": 5,
        }

    def secret(self) -> dict[str, str]:
        return {"password": self.server.password}

    def write(self, text: str, *photos: bytes) -> str:
        return self._send(text, photos, answers="")

    def correct(self, message: str, text: str) -> None:
        self._send(text, (), answers=message)

    def _send(self, text: str, photos: tuple[bytes, ...], answers: str) -> str:
        letter = EmailMessage()
        number = f"<{len(self.written)}.{self.citizen}>"
        letter["From"], letter["To"] = f"Мария Соколова <{self.citizen}>", self.centre
        letter["Subject"], letter["Message-ID"] = SUBJECT, number
        if answers:
            letter["In-Reply-To"] = answers
        letter.set_content(text)
        for place, photo in enumerate(photos):
            letter.add_attachment(photo, "image", "jpeg", filename=f"фото {place}.jpg")
        self.server.deliver(letter.as_bytes(), self.centre, self.citizen)
        self.written.append(number)
        return number

    def take_back(self, message: str) -> None:
        """A letter cannot be taken back."""

    def answers(self) -> list[str]:
        return [_body(each) for each in self.server.inbox(self.citizen)]

    def fail(self, trouble: str, times: int = 1) -> None:
        raise NotImplementedError("faults of mail are tried in the tests of delivery")

    def mend(self) -> None:
        self.server.gate.heal()

    def deliver(self) -> None:
        """Letters lie in the box at once."""


def _body(letter: EmailMessage) -> str:
    body = letter.get_body(("plain",))
    return str(body.get_content()) if body is not None else ""
