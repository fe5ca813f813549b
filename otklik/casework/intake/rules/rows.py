"""From a row of cells to what will become a case, or to the reason why it cannot."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, time, timedelta, tzinfo

from otklik.base.tables import Cell, Row, plain_text
from otklik.casework.appeals.vocabulary import Channel, Status
from otklik.casework.intake.rules.dates import BadDateError, parse_moment
from otklik.casework.intake.rules.fields import Field
from otklik.casework.intake.rules.outcome import channel_of, closing_status, yes_or_no

_MEND_ROW = "Исправьте строку в выгрузке и загрузите файл ещё раз: готовые строки не повторятся."
_LIMITS = {
    Field.NUMBER: 100,
    Field.TOPIC: 500,
    Field.TOPIC_GROUP: 300,
    Field.BODY: 300,
    Field.EXECUTOR: 200,
    Field.APPLICANT_NAME: 300,
    Field.PHONE: 50,
    Field.EMAIL: 254,
    Field.ADDRESS: 500,
    Field.SETTLEMENT: 150,
    Field.STREET: 150,
    Field.HOUSE: 20,
    Field.STATUS: 100,
    Field.TAGS: 500,
    Field.LINK: 1000,
    Field.AUTHOR_LINK: 300,
    Field.INCIDENT_KIND: 100,
}


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong in a row; one that `refuses` keeps the whole row out, one that `skips` too,
    by the centre's own wish: nobody has to look at it."""

    row_number: int
    column: str
    reason: str
    mend: str = _MEND_ROW
    refuses: bool = True
    number: str = ""
    skips: bool = False


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """A row as the casework understands it; moments are aware, missing values empty."""

    row_number: int
    number: str
    text: str
    received_at: datetime | None = None
    registered_at: datetime | None = None
    due_at: datetime | None = None
    answered_at: datetime | None = None
    topic: str = ""
    topic_group: str = ""
    body: str = ""
    executor: str = ""
    applicant_name: str = ""
    phone: str = ""
    email: str = ""
    settlement: str = ""
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    status: str = ""
    closed_as: Status | None = None
    answer_text: str = ""
    score: int | None = None
    channel: Channel | None = None
    fast_track: bool = False
    fz59: bool | None = None
    tags: str = ""
    network: str = ""
    link: str = ""
    author_link: str = ""
    incident_kind: str = ""
    votes: int | None = None
    digest: str = ""


class RowReader:
    """Reads the rows of one file; naive dates are of `zone`, dates after `now` are refused."""

    def __init__(
        self, columns: Mapping[Field, int], headers: Sequence[str], zone: tzinfo, now: datetime
    ) -> None:
        self._columns = columns
        self._headers = headers
        self._zone = zone
        self._now = now

    def read(self, row: Row) -> tuple[ImportedRow | None, list[RowProblem]]:
        """The row, or None with the problem that refuses it; remarks come beside a good row."""
        if row.problem:
            return None, [RowProblem(row.number, "", row.problem)]
        problems: list[RowProblem] = []
        texts = {field: self._text(row, field, problems) for field in self._columns}
        text = texts.get(Field.TEXT, "")
        if not text:
            problems.append(self._problem(row, Field.TEXT, "Нет текста сообщения."))
        if Field.NUMBER in self._columns and not texts[Field.NUMBER]:
            problems.append(self._problem(row, Field.NUMBER, "Нет номера."))
        moments = {field: self._moment(row, field, problems) for field in _MOMENTS}
        built = _built(row.number, texts, moments, self._numbers(row, texts, problems))
        if any(problem.refuses for problem in problems):
            number = texts.get(Field.NUMBER, "")
            return None, [replace(problem, number=number) for problem in problems]
        return _sealed(built), problems

    def _cell(self, row: Row, field: Field) -> Cell:
        column = self._columns.get(field)
        return row.cells[column] if column is not None and column < len(row.cells) else None

    def _text(self, row: Row, field: Field, problems: list[RowProblem]) -> str:
        text = _clean(plain_text(self._cell(row, field)))
        limit = _LIMITS.get(field)
        if limit and len(text) > limit:
            refuses = field == Field.NUMBER
            reason = f"Длиннее {limit} знаков" + ("." if refuses else ", обрезано.")
            problems.append(self._problem(row, field, reason, refuses=refuses))
            return text[:limit].rstrip()
        return text

    def _moment(self, row: Row, field: Field, problems: list[RowProblem]) -> datetime | None:
        received = field == Field.RECEIVED_AT
        try:
            moment = parse_moment(self._cell(row, field), self._zone)
        except BadDateError as error:
            problems.append(self._problem(row, field, f"Неверная дата: {error}.", refuses=received))
            return None
        if received and moment and moment > self._now + timedelta(days=1):
            problems.append(self._problem(row, field, f"Дата в будущем: {moment:%d.%m.%Y}."))
        if field == Field.DUE_AT and moment and moment.time() == time():
            # A term given as a date lasts until the end of that day.
            return moment.replace(hour=23, minute=59, second=59)
        return moment

    def _numbers(
        self, row: Row, texts: Mapping[Field, str], problems: list[RowProblem]
    ) -> dict[Field, float | None]:
        found: dict[Field, float | None] = {}
        for field, (low, high) in _RANGES.items():
            text = texts.get(field, "")
            found[field] = _number(text, low, high)
            if text and found[field] is None:
                reason = f"«{text[:40]}»: ожидается число от {low:g} до {high:g}."
                problems.append(self._problem(row, field, reason, refuses=False))
        return found

    def _problem(self, row: Row, field: Field, reason: str, *, refuses: bool = True) -> RowProblem:
        column = self._columns.get(field)
        name = self._headers[column] if column is not None else field.label
        mend = _MEND_ROW if refuses else "Строка загружена; поправьте это поле в карточке."
        return RowProblem(row.number, name, reason, mend, refuses)


_MOMENTS = (Field.RECEIVED_AT, Field.REGISTERED_AT, Field.DUE_AT, Field.ANSWERED_AT)
_RANGES = {
    Field.LAT: (-90.0, 90.0),
    Field.LON: (-180.0, 180.0),
    Field.SCORE: (1.0, 5.0),
    Field.VOTES: (0.0, 10_000_000.0),
}
_LATER = ("network", "link", "author_link", "incident_kind", "votes")
"""Left out of the digest while empty: rows taken before these fields were read stay the same."""


def content_key(text: str, *parts: str) -> str:
    """A stand-in number for exports without numbers: the same row gets the same one again."""
    joined = "\n".join((re.sub(r"\W+", " ", text.casefold()).strip(), *parts))
    return "#" + hashlib.sha256(joined.encode()).hexdigest()[:24]


def _built(
    row_number: int,
    texts: Mapping[Field, str],
    moments: Mapping[Field, datetime | None],
    numbers: Mapping[Field, float | None],
) -> ImportedRow:
    def said(field: Field) -> str:
        return texts.get(field, "")

    received, score = moments[Field.RECEIVED_AT], numbers[Field.SCORE]
    votes = numbers[Field.VOTES]
    day = received.date().isoformat() if received else ""
    return ImportedRow(
        row_number=row_number,
        number=said(Field.NUMBER) or content_key(said(Field.TEXT), day, said(Field.APPLICANT_NAME)),
        text=said(Field.TEXT),
        received_at=received,
        registered_at=moments[Field.REGISTERED_AT],
        due_at=moments[Field.DUE_AT],
        answered_at=moments[Field.ANSWERED_AT],
        topic=said(Field.TOPIC) or said(Field.TOPIC_GROUP),
        topic_group=said(Field.TOPIC_GROUP),
        body=said(Field.BODY) or said(Field.EXECUTOR),
        executor=said(Field.EXECUTOR),
        applicant_name=said(Field.APPLICANT_NAME),
        phone=said(Field.PHONE),
        email=said(Field.EMAIL),
        settlement=said(Field.SETTLEMENT),
        place=_place(texts),
        lat=numbers[Field.LAT],
        lon=numbers[Field.LON],
        status=said(Field.STATUS),
        closed_as=closing_status(said(Field.STATUS)) if said(Field.STATUS) else None,
        answer_text=said(Field.ANSWER_TEXT),
        score=int(score) if score is not None else None,
        channel=channel_of(said(Field.CHANNEL)),
        fast_track=bool(yes_or_no(said(Field.FAST_TRACK))),
        fz59=yes_or_no(said(Field.FZ59)),
        tags=said(Field.TAGS),
        network=said(Field.CHANNEL)[:100],
        link=_web(said(Field.LINK)),
        author_link=_web(said(Field.AUTHOR_LINK)),
        incident_kind=said(Field.INCIDENT_KIND),
        votes=int(votes) if votes is not None else None,
    )


def _web(address: str) -> str:
    """An address that may stand in a page as a link, else nothing."""
    return address if address.startswith(("https://", "http://")) else ""


def _sealed(row: ImportedRow) -> ImportedRow:
    values = asdict(row)
    del values["row_number"], values["digest"]
    for name in _LATER:
        if not values[name]:
            del values[name]
    for name, value in values.items():
        if isinstance(value, datetime):
            values[name] = value.astimezone(UTC).isoformat()
    text = json.dumps(values, ensure_ascii=False, sort_keys=True)
    return replace(row, digest=hashlib.sha256(text.encode()).hexdigest())


def _place(texts: Mapping[Field, str]) -> str:
    if address := texts.get(Field.ADDRESS):
        return address
    house = texts.get(Field.HOUSE, "")
    parts = [texts.get(Field.SETTLEMENT, ""), texts.get(Field.STREET, "")]
    parts.append(f"д. {house}" if house and house[:1].isdigit() else house)
    return ", ".join(part for part in parts if part)[:500]


def _number(text: str, low: float, high: float) -> float | None:
    try:
        value = float(text.replace(",", ".").replace("\u00a0", ""))
    except ValueError:
        return None
    return value if low <= value <= high else None


_BREAK = re.compile(r"<br\s*/?>|</p>", re.IGNORECASE)
_MENTION = re.compile(r"\[(?:id|club|public)\d+\|([^\]]*)\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")


def _clean(text: str) -> str:
    """Without what social networks and broken exports leave: markup of mentions, control signs."""
    if not text:
        return ""
    text = _MENTION.sub(r"\1", _BREAK.sub("\n", text))
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
