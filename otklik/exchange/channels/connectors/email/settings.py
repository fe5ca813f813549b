"""Settings of a mailbox."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from otklik.exchange.channels.connectors.base import ChannelSettings

Security = Literal["ssl", "starttls", "none"]


class MailSettings(ChannelSettings):
    """A mailbox may only send (no `imap_host`), only receive (no `smtp_host`), or both."""

    address: str = Field(title="Адрес ящика", pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+$")
    display_name: str = Field(default="", title="Имя отправителя")
    login: str = Field(default="", title="Имя для входа, если оно не равно адресу")
    imap_host: str = Field(default="", title="Сервер входящей почты (IMAP)")
    imap_port: int = Field(default=993, ge=1, le=65535, title="Порт IMAP")
    imap_security: Security = Field(default="ssl", title="Защита IMAP")
    folder: str = Field(default="INBOX", title="Папка входящих")
    sent_folder: str = Field(default="", title="Папка отправленных")
    smtp_host: str = Field(default="", title="Сервер исходящей почты (SMTP)")
    smtp_port: int = Field(default=465, ge=1, le=65535, title="Порт SMTP")
    smtp_security: Security = Field(default="ssl", title="Защита SMTP")
    smtp_login: bool = Field(default=True, title="SMTP требует входа")
    copy_to_self: bool = Field(
        default=False, title="Слать скрытую копию в этот же ящик, чтобы подтверждать отправку"
    )
    timeout: float = Field(default=30, gt=0, le=120, title="Сколько ждать ответа, секунд")

    @model_validator(mode="after")
    def _has_a_server(self) -> Self:
        if not self.imap_host and not self.smtp_host:
            raise ValueError("Укажите сервер входящей или исходящей почты.")
        return self

    @property
    def user(self) -> str:
        return self.login or self.address
