"""An SMTP server in front of a mail store, able to fail in the ways real ones do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.peers.ports import free_port


class SmtpGate:
    """`deliver(raw, to, sender)` puts a letter into the store.

    `refuse_recipient`, `refuse_data`: the answer to give instead of taking the letter.
    `vanish`: take the letter and cut the line without an answer.
    """

    def __init__(self, deliver: Callable[[bytes, str, str], None]) -> None:
        self._deliver = deliver
        self.host = "127.0.0.1"
        self.port = free_port()
        self.heal()
        self._controller = Controller(self, hostname=self.host, port=self.port)

    def heal(self) -> None:
        self.refuse_recipient = ""
        self.refuse_data = ""
        self.vanish = False
        self.before_answer: Callable[[], None] | None = None
        self.taken = 0

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._controller.stop()

    async def handle_RCPT(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refuse_data:
            return self.refuse_data
        raw = envelope.original_content or b""
        loop = asyncio.get_running_loop()
        for recipient in envelope.rcpt_tos:
            await loop.run_in_executor(
                None, self._deliver, raw, recipient, envelope.mail_from or ""
            )
        self.taken += 1
        if self.before_answer is not None:
            await loop.run_in_executor(None, self.before_answer)
        if self.vanish and isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        return "250 OK"
