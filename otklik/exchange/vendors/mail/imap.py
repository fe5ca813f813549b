"""Reading a mailbox: new letters by UID, marks only when asked, looking for a letter of ours."""

from __future__ import annotations

import imaplib
import re
import ssl
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal, Self

from imap_tools import (
    AND,
    BaseMailBox,
    H,
    MailBox,
    MailBoxStartTls,
    MailBoxUnencrypted,
    U,
)
from imap_tools.errors import ImapToolsError

Security = Literal["ssl", "starttls", "none"]
SIZE_LIMIT = 40 * 1024 * 1024


class MailboxError(Exception):
    """The mailbox cannot be read now; the text is the server's or the system's own."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a folder has been read. `validity` 0 means never."""

    validity: int = 0
    last_uid: int = 0


@dataclass(frozen=True, slots=True)
class RawLetter:
    """A letter as it lies on the server; `raw` is cut at SIZE_LIMIT bytes.

    `arrived_at` is the server's own time of arrival: the Date of a letter may say anything.
    """

    uid: int
    raw: bytes
    arrived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """`timeout` in seconds bounds every wait."""

    host: str
    port: int
    login: str
    password: str
    security: Security = "ssl"
    folder: str = "INBOX"
    timeout: float = 30.0


class ImapBox:
    """A context manager over one folder. Reading never marks letters as seen."""

    def __init__(self, settings: ImapSettings) -> None:
        self._settings = settings
        self._box: BaseMailBox | None = None

    def __enter__(self) -> Self:
        settings = self._settings
        try:
            box = _connect(settings)
        except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
            raise MailboxError(_text_of(error)) from error
        try:
            box.login(settings.login, settings.password, initial_folder=settings.folder)
        except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
            _close(box)
            raise MailboxError(_text_of(error)) from error
        self._box = box
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._box is not None:
            _close(self._box)
            self._box = None

    def start(self, cursor: Cursor) -> Cursor:
        """The cursor to read from: the given one, or the beginning if the server renumbered."""
        try:
            status = self._opened.folder.status(self._settings.folder, ["UIDVALIDITY"])
        except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
            raise MailboxError(_text_of(error)) from error
        validity = int(status["UIDVALIDITY"])
        return cursor if cursor.validity == validity else Cursor(validity=validity)

    def new_letters(self, cursor: Cursor, limit: int = 100) -> Iterator[RawLetter]:
        """Letters after the cursor in order of UID, at most `limit`; fetched one at a time."""
        try:
            found = self._opened.uids(AND(uid=U(str(cursor.last_uid + 1), "*")))
            # «n:*» always holds the last letter, even an older one.
            uids = sorted(int(uid) for uid in found if int(uid) > cursor.last_uid)
            for uid in uids[:limit]:
                letter = self._fetch(uid)
                if letter is not None:
                    yield letter
        except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
            raise MailboxError(_text_of(error)) from error

    def wait(self, cursor: Cursor, seconds: float) -> bool | None:
        """Whether something new lies after the cursor, waiting for it by IDLE at most so long
        (below 29 minutes); None when the server knows no IDLE. What came before counts at once."""
        try:
            found = self._opened.uids(AND(uid=U(str(cursor.last_uid + 1), "*")))
            if any(int(uid) > cursor.last_uid for uid in found):
                return True
            if "IDLE" not in self._opened.client.capabilities:
                return None
            told = self._opened.idle.wait(timeout=seconds)
        except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
            raise MailboxError(_text_of(error)) from error
        return any(b"EXISTS" in each for each in told)

    def mark_seen(self, uids: Sequence[int]) -> None:
        """Mark letters as read: called only after what they said has been committed."""
        if not uids:
            return
        try:
            self._opened.flag([str(uid) for uid in uids], ["\\Seen"], True)
        except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
            raise MailboxError(_text_of(error)) from error

    def holds(self, message_id: str, folders: Sequence[str]) -> bool:
        """Whether a letter with this Message-ID lies in any of the folders that exist."""
        wanted = re.sub(r'[<>"\\\s]', "", message_id)
        try:
            for folder in folders:
                if not self._opened.folder.exists(folder):
                    continue
                self._opened.folder.set(folder, readonly=True)
                if self._opened.uids(AND(header=H("Message-ID", wanted))):
                    return True
        except (OSError, imaplib.IMAP4.error, ImapToolsError) as error:
            raise MailboxError(_text_of(error)) from error
        return False

    @property
    def _opened(self) -> BaseMailBox:
        if self._box is None:
            raise MailboxError("the mailbox is not open")
        return self._box

    def _fetch(self, uid: int) -> RawLetter | None:
        query = f"(INTERNALDATE BODY.PEEK[]<0.{SIZE_LIMIT}>)"
        _, data = self._opened.client.uid("fetch", str(uid), query)
        for item in data or []:
            if isinstance(item, tuple) and len(item) > 1:
                return RawLetter(uid, bytes(item[1]), _arrival(bytes(item[0])))
        # Deleted by somebody between the search and the fetch.
        return None


def _arrival(answer: bytes) -> datetime | None:
    local = imaplib.Internaldate2tuple(answer)
    return datetime.fromtimestamp(time.mktime(local), UTC) if local else None


def _connect(settings: ImapSettings) -> BaseMailBox:
    # The standard library would not check the server's certificate by itself.
    context = ssl.create_default_context()
    host, port, timeout = settings.host, settings.port, settings.timeout
    if settings.security == "ssl":
        return MailBox(host, port, timeout=timeout, ssl_context=context)
    if settings.security == "starttls":
        return MailBoxStartTls(host, port, timeout=timeout, ssl_context=context)
    return MailBoxUnencrypted(host, port, timeout=timeout)


def _close(box: BaseMailBox) -> None:
    try:
        box.logout()
    except (OSError, imaplib.IMAP4.error, ImapToolsError):
        box.client.shutdown()


def _text_of(error: Exception) -> str:
    return str(error)[:500] or type(error).__name__
