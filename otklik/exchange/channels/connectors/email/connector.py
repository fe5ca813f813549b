"""Mail by IMAP and SMTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

from otklik.exchange.channels.connectors.base import (
    AccountCard,
    Batch,
    Capabilities,
    Connector,
    ConnectorError,
    Finding,
    Incoming,
    Parcel,
    Probe,
    SendOutcome,
)
from otklik.exchange.channels.connectors.email.letters import incoming
from otklik.exchange.channels.connectors.email.settings import MailSettings
from otklik.exchange.channels.connectors.registry import register
from otklik.exchange.channels.vocabulary import ChannelKind, Delivery, SendResult
from otklik.exchange.vendors.mail.composing import OutgoingMail, compose, message_id_for
from otklik.exchange.vendors.mail.imap import Cursor, ImapBox, ImapSettings, MailboxError
from otklik.exchange.vendors.mail.model import MailFile
from otklik.exchange.vendors.mail.smtp import Outcome, SmtpSender

RESULTS = {
    Outcome.ACCEPTED: SendResult.SENT,
    Outcome.REFUSED_PERMANENT: SendResult.REFUSED,
    Outcome.REFUSED_TEMPORARY: SendResult.POSTPONED,
    Outcome.UNKNOWN: SendResult.UNKNOWN,
}
LETTERS_AT_ONCE = 100


@register
class Email(Connector):
    kind = ChannelKind.EMAIL
    capabilities = Capabilities(delivery=Delivery.AUTOMATIC, receives=True, files=True, html=True)
    settings_class = MailSettings
    secret_fields = {"password": "Пароль ящика"}

    def probe(self, card: AccountCard) -> Probe:
        settings = _settings(card)
        problems, findings = [], []
        if settings.imap_host:
            found = _inbox_problem(card)
            findings.append(Finding(f"читать папку «{settings.folder}»", found))
            problems += [f"Входящая почта: {found}"] if found else []
        if settings.smtp_host:
            found = _smtp(card).probe()
            right = "войти на сервер отправки" if settings.smtp_login else "соединиться с отправкой"
            findings.append(Finding(right, found))
            problems += [f"Исходящая почта: {found}"] if found else []
        return Probe("; ".join(problems), tuple(findings))

    @contextmanager
    def fetch(self, card: AccountCard, cursor: Mapping[str, Any]) -> Iterator[Batch]:
        if not _settings(card).imap_host:
            yield _Nothing()
            return
        before = Cursor(int(cursor.get("validity", 0)), int(cursor.get("uid", 0)))
        try:
            with ImapBox(_imap(card)) as box:
                yield _Letters(box, box.start(before))
        except MailboxError as error:
            raise ConnectorError(str(error)) from error

    def wait(self, card: AccountCard, cursor: Mapping[str, Any], seconds: float) -> bool | None:
        if not _settings(card).imap_host:
            return None
        before = Cursor(int(cursor.get("validity", 0)), int(cursor.get("uid", 0)))
        try:
            with ImapBox(_imap(card)) as box:
                return box.wait(box.start(before), seconds)
        except MailboxError as error:
            raise ConnectorError(str(error)) from error

    def send(self, card: AccountCard, parcel: Parcel) -> SendOutcome:
        settings = _settings(card)
        if not settings.smtp_host:
            return SendOutcome(
                SendResult.REFUSED, "У ящика не указан сервер исходящей почты (SMTP)."
            )
        try:
            raw = compose(_mail(settings, parcel))
        except ValueError:
            return SendOutcome(
                SendResult.REFUSED, f"«{parcel.recipient}» — не адрес электронной почты."
            )
        recipients = [parcel.recipient]
        if settings.copy_to_self:
            recipients.append(settings.address)
        result = _smtp(card).send(raw, sender=settings.address, recipients=recipients)
        detail = f"{result.code} {result.detail}".strip() if result.code else result.detail
        return SendOutcome(RESULTS[result.outcome], detail)

    def external_id(self, card: AccountCard, key: str) -> str:
        return message_id_for(key, _settings(card).address)

    def was_sent(self, card: AccountCard, external_id: str) -> bool:
        settings = _settings(card)
        if not settings.imap_host:
            return False
        folders = [each for each in (settings.sent_folder, settings.folder) if each]
        try:
            with ImapBox(_imap(card)) as box:
                return box.holds(external_id, folders)
        except MailboxError:
            return False


class _Nothing(Batch):
    def messages(self) -> Iterator[Incoming]:
        return iter(())


class _Letters(Batch):
    def __init__(self, box: ImapBox, cursor: Cursor) -> None:
        self._box = box
        self._cursor = cursor

    def messages(self) -> Iterator[Incoming]:
        try:
            for letter in self._box.new_letters(self._cursor, LETTERS_AT_ONCE):
                yield incoming(letter, self._cursor.validity)
        except MailboxError as error:
            raise ConnectorError(str(error)) from error

    def confirm(self, taken: Sequence[Incoming]) -> None:
        try:
            self._box.mark_seen([each.cursor["uid"] for each in taken])
        except MailboxError as error:
            raise ConnectorError(str(error)) from error


def _settings(card: AccountCard) -> MailSettings:
    return cast("MailSettings", card.settings)


def _inbox_problem(card: AccountCard) -> str:
    try:
        with ImapBox(_imap(card)) as box:
            box.start(Cursor())
    except MailboxError as error:
        return str(error)
    return ""


def _imap(card: AccountCard) -> ImapSettings:
    settings = _settings(card)
    return ImapSettings(
        host=settings.imap_host,
        port=settings.imap_port,
        login=settings.user,
        password=card.secret.get("password", ""),
        security=settings.imap_security,
        folder=settings.folder,
        timeout=settings.timeout,
    )


def _smtp(card: AccountCard) -> SmtpSender:
    settings = _settings(card)
    return SmtpSender(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        login=settings.user if settings.smtp_login else "",
        password=card.secret.get("password", ""),
        timeout=settings.timeout,
    )


def _mail(settings: MailSettings, parcel: Parcel) -> OutgoingMail:
    return OutgoingMail(
        key=parcel.key,
        sender=settings.address,
        sender_name=settings.display_name,
        recipient=parcel.recipient,
        subject=parcel.subject,
        text=parcel.text,
        html=parcel.html,
        date=parcel.moment,
        reply_to=tuple(parcel.reply_to),
        files=[MailFile(file.name, file.content_type, file.content) for file in parcel.files],
        automatic=parcel.automatic,
    )
