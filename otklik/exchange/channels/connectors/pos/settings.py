"""Where messages of ПОС are opened, and what of ПОС is shown on our own site."""

from __future__ import annotations

from pydantic import Field, field_validator

from otklik.exchange.channels.connectors.by_file import FileSettings

HOST = "https://pos.gosuslugi.ru"
FORM = f"{HOST}/form"
SCRIPT = f"{HOST}/bin/script.min.js"


class PosSettings(FileSettings):
    """`widget_id`: the organisation's number in ПОС; `oktmo`: eight digits, for its polls."""

    widget_id: str = Field(default="", title="Номер организации в ПОС (для кнопки на сайте)")
    oktmo: str = Field(default="", title="ОКТМО муниципалитета (для опросов ПОС на сайте)")

    @field_validator("widget_id")
    @classmethod
    def is_number(cls, value: str) -> str:
        value = value.strip()
        if value and not (value.isascii() and value.isdecimal() and len(value) <= 12):
            raise ValueError("номер состоит только из цифр")
        return value

    @field_validator("oktmo")
    @classmethod
    def is_oktmo(cls, value: str) -> str:
        value = value.strip()
        if value and not (value.isascii() and value.isdecimal() and len(value) in (8, 11)):
            raise ValueError("в ОКТМО восемь или одиннадцать цифр")
        return value[:8]

    @property
    def form_url(self) -> str:
        return f"{FORM}/?opaId={self.widget_id}&fz59=false" if self.widget_id else ""

    @property
    def polls_url(self) -> str:
        if not self.oktmo:
            return ""
        return f"{HOST}/og/widgets/view?type=[10,20,30]&municipality_id={self.oktmo}"
