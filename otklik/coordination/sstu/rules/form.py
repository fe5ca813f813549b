"""The form of the package, stricter than the receiver's: nothing leaves that does not fit it."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from otklik.base.errors import Refused
from otklik.coordination.sstu.rules.codes import CODE
from otklik.coordination.sstu.vocabulary import SstuStatus as S

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[str, StringConstraints(pattern=rf"^{CODE}$")]

_SEEN = {"incomingDate", "registrationDate"}
_REVIEWED = _SEEN | {"responseDate", "attachment"}
NEEDED: dict[S, set[str]] = {
    S.NOT_RECEIVED: set(),
    S.NOT_REGISTERED: {"incomingDate"},
    S.IN_WORK: _SEEN | {"isExtend"},
    S.EXPLAINED: _REVIEWED,
    S.SUPPORTED: _REVIEWED | {"actionsTaken"},
    S.NOT_SUPPORTED: _REVIEWED,
    S.TRANSFERRED: _SEEN | {"transfer"},
    S.ANSWERED: _REVIEWED,
    S.LEFT: _SEEN | {"responseDate"},
}
"""What each state carries besides the code: all of it, and nothing else."""
WITHOUT_CODE = (S.NOT_RECEIVED, S.NOT_REGISTERED)
_EXTRA = set().union(*NEEDED.values())


def _is_base64(text: str) -> str:
    try:
        base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("не base64") from error
    return text


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class File(Strict):
    name: Text
    content: Annotated[Text, AfterValidator(_is_base64)]


class Handover(Strict):
    departmentId: UUID  # noqa: N815 - names of the format
    transferDate: date  # noqa: N815
    transferNumber: Text  # noqa: N815


class QuestionRecord(Strict):
    code: Code | None = None
    status: S
    incomingDate: date | None = None  # noqa: N815
    registrationDate: date | None = None  # noqa: N815
    isExtend: bool | None = None  # noqa: N815
    responseDate: date | None = None  # noqa: N815
    actionsTaken: bool | None = None  # noqa: N815
    transfer: Handover | None = None
    attachment: File | None = None

    @model_validator(mode="after")
    def _fits_its_state(self) -> Self:
        given = {name for name in _EXTRA if getattr(self, name) is not None}
        if given != NEEDED[self.status]:
            odd = ", ".join(sorted(given ^ NEEDED[self.status]))
            raise ValueError(f"состав не подходит к состоянию {self.status}: {odd}")
        if self.code is None and self.status not in WITHOUT_CODE:
            raise ValueError("нет кода вопроса")
        days = [d for d in (self.incomingDate, self.registrationDate, self.responseDate) if d]
        if days != sorted(days):
            raise ValueError("даты идут не по порядку")
        return self


class AppealRecord(Strict):
    departmentId: UUID  # noqa: N815
    isDirect: bool  # noqa: N815
    format: Literal["Electronic", "Other"]
    number: Text
    createDate: date  # noqa: N815
    name: Text
    address: str
    email: str
    questions: Annotated[tuple[QuestionRecord, ...], Field(min_length=1)]


_PACKAGE: TypeAdapter[tuple[AppealRecord, ...]] = TypeAdapter(tuple[AppealRecord, ...])


def validated(content: bytes) -> tuple[AppealRecord, ...]:
    """The package read back from its own bytes; raise Refused with the first place that is wrong.

    Works on the very bytes that leave, so that no later step can spoil them.
    """
    try:
        return _PACKAGE.validate_json(content)
    except ValidationError as error:
        first: Any = error.errors()[0]
        place = " → ".join(str(step) for step in first["loc"])
        raise Refused(
            f"Пакет не соответствует формату ССТУ.РФ: {place or 'весь файл'} ({first['msg']}).",
            "Пакет не выпущен. Проверьте названное место в карточке и составьте его снова.",
        ) from error


def dump(records: Sequence[AppealRecord]) -> bytes:
    """JSON in UTF-8; what a state does not carry is left out."""
    plain = [record.model_dump(mode="json", exclude_none=True) for record in records]
    return json.dumps(plain, ensure_ascii=False, indent=1).encode()
