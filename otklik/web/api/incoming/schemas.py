"""What other systems send. Unknown fields are let pass: their programs know nothing of us."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

LARGEST_FILE = 10 * 1024 * 1024


def _link(value: str) -> str:
    if value and not value.startswith(("https://", "http://")):
        raise ValueError("нужен адрес, который начинается с https://")
    return value


Link = Annotated[str, Field(default="", max_length=1000), AfterValidator(_link)]


class Sent(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)


class FileSent(Sent):
    name: str = Field(min_length=1, max_length=200)
    content: str = Field(max_length=LARGEST_FILE * 4 // 3 + 4, description="base64")

    def opened(self) -> bytes:
        """Raise ValueError when this is not base64."""
        try:
            return base64.b64decode(self.content, validate=True)
        except binascii.Error:
            raise ValueError(f"файл «{self.name}»: содержание не в base64") from None


class CallSent(Sent):
    """One telephone call that the operator of the line has written down."""

    id: str = Field(min_length=1, max_length=200, description="Номер карточки звонка у вас")
    at: AwareDatetime = Field(description="Когда позвонили")
    text: str = Field(min_length=1, max_length=200_000, description="Суть, записанная оператором")
    phone: str = Field(default="", max_length=50)
    name: str = Field(default="", max_length=300)
    address: str = Field(default="", max_length=500)
    operator: str = Field(default="", max_length=300)
    recording: Link


class AuthorSent(Sent):
    name: str = Field(default="", max_length=300)
    phone: str = Field(default="", max_length=50)
    email: str = Field(default="", max_length=254)
    profile: str = Field(default="", max_length=300)


class MessageSent(Sent):
    """One message of a citizen in another system."""

    id: str = Field(min_length=1, max_length=200, description="Номер сообщения у вас")
    at: AwareDatetime = Field(description="Когда написано")
    text: str = Field(min_length=1, max_length=200_000)
    subject: str = Field(default="", max_length=1000)
    author: AuthorSent = Field(default=AuthorSent())
    address: str = Field(default="", max_length=500)
    lat: float | None = Field(default=None, ge=-90, le=90)
    lon: float | None = Field(default=None, ge=-180, le=180)
    url: Link
    files: list[FileSent] = Field(default=[], max_length=10)


class PlacementSent(Sent):
    """Where the answer is to be seen now."""

    url: Link
