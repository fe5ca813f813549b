"""Sending a letter, and saying truly what became of it."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Security = Literal["ssl", "starttls", "none"]


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    REFUSED_PERMANENT = "refused_permanent"
    REFUSED_TEMPORARY = "refused_temporary"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SmtpResult:
    """`detail` is the server's own answer or the error, for staff."""

    outcome: Outcome
    code: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SmtpSender:
    """One SMTP submission server. `timeout` in seconds bounds every wait."""

    host: str
    port: int
    security: Security = "ssl"
    login: str = ""
    password: str = ""
    timeout: float = 30.0

    def send(self, raw: bytes, *, sender: str, recipients: Sequence[str]) -> SmtpResult:
        """Hand the letter over. Only a failure after the text has gone out is UNKNOWN."""
        try:
            client = self._connect()
        except smtplib.SMTPAuthenticationError as error:
            # A wrong password is our fault, not the letter's: it may go once mended.
            return SmtpResult(Outcome.REFUSED_TEMPORARY, error.smtp_code, _said(error.smtp_error))
        except smtplib.SMTPResponseException as error:
            return SmtpResult(Outcome.REFUSED_TEMPORARY, error.smtp_code, _said(error.smtp_error))
        except (OSError, smtplib.SMTPException) as error:
            return SmtpResult(Outcome.REFUSED_TEMPORARY, 0, str(error))
        try:
            return _hand_over(client, raw, sender, recipients)
        finally:
            client.close()

    def probe(self) -> str:
        """Empty when the server answers and takes the password, else the error."""
        try:
            client = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            return str(error)
        client.close()
        return ""

    def _connect(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        client: smtplib.SMTP
        if self.security == "ssl":
            client = smtplib.SMTP_SSL(self.host, self.port, timeout=self.timeout, context=context)
        else:
            client = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        try:
            client.ehlo()
            if self.security == "starttls":
                client.starttls(context=context)
                client.ehlo()
            if self.login:
                client.login(self.login, self.password)
        except BaseException:
            client.close()
            raise
        return client


def _hand_over(
    client: smtplib.SMTP, raw: bytes, sender: str, recipients: Sequence[str]
) -> SmtpResult:
    try:
        for code, answer in _envelope(client, sender, recipients):
            if not 200 <= code < 300:
                return _refused(code, answer)
        code, answer = client.docmd("DATA")
    except (OSError, smtplib.SMTPException) as error:
        return SmtpResult(Outcome.REFUSED_TEMPORARY, 0, str(error))
    return _hand_over_text(client, raw) if code == 354 else _refused(code, answer)


def _hand_over_text(client: smtplib.SMTP, raw: bytes) -> SmtpResult:
    try:
        client.send(_dotted(raw))
        code, answer = client.getreply()
    except (OSError, smtplib.SMTPException) as error:
        return SmtpResult(Outcome.UNKNOWN, 0, str(error) or "нет ответа сервера")
    if code == -1:
        return SmtpResult(Outcome.UNKNOWN, 0, _said(answer))
    if 200 <= code < 300:
        _quit(client)
        return SmtpResult(Outcome.ACCEPTED, code, _said(answer))
    return _refused(code, answer)


def _envelope(
    client: smtplib.SMTP, sender: str, recipients: Sequence[str]
) -> list[tuple[int, bytes]]:
    answers = [client.mail(sender)]
    for recipient in recipients:
        if not 200 <= answers[-1][0] < 300:
            break
        answers.append(client.rcpt(recipient))
    return answers


def _refused(code: int, answer: bytes) -> SmtpResult:
    permanent = 500 <= code < 600
    outcome = Outcome.REFUSED_PERMANENT if permanent else Outcome.REFUSED_TEMPORARY
    return SmtpResult(outcome, code, _said(answer))


def _quit(client: smtplib.SMTP) -> None:
    try:
        client.quit()
    except (OSError, smtplib.SMTPException):
        # The letter is already taken; a rude goodbye changes nothing.
        return


def _dotted(raw: bytes) -> bytes:
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", raw)
    body = re.sub(rb"(?m)^\.", b"..", lines)
    return body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _said(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
