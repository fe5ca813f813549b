"""A file of results of ПОС: votes by options, participants, comments; every row judged."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from otklik.base.tables import Cell, Header, Row, find_header, header_key, plain_text
from otklik.casework.intake.rules.dates import BadDateError, parse_moment

NAMES = {
    "option": ("вариант ответа", "вариант", "варианты ответа", "ответ", "вариант ответа на вопрос"),
    "votes": (
        "количество голосов", "голосов", "голоса", "количество ответов", "ответов",
        "количество", "число голосов", "проголосовало",
    ),
    "comment": (
        "комментарий", "текст комментария", "предложение", "текст предложения", "мнение",
        "свободный ответ",
    ),
    "author": ("автор", "фио", "участник", "автор комментария", "фио участника"),
    "number": ("номер комментария", "номер предложения", "номер", "id", "id комментария"),
    "said": ("дата", "дата комментария", "дата и время", "дата создания", "дата предложения"),
}  # fmt: skip
_FIELD = {name: part for part, names in NAMES.items() for name in names}
_PARTICIPANTS = re.compile(r"(?:количество|число|всего)?\s*(?:участник|проголосовавш)\w*\s*:?")
_LONGEST = 10_000


@dataclass(frozen=True)
class Problem:
    row: int
    reason: str
    mend: str


@dataclass(frozen=True)
class CommentRow:
    """`number` is that of ПОС, or made of the words when the file has none."""

    number: str
    text: str
    author: str
    said_at: datetime | None


@dataclass
class Reading:
    """`votes`: number of the option from 1 → count; `spoilt` when a row of votes is refused."""

    participants: int | None = None
    votes: dict[int, int] = field(default_factory=dict)
    comments: list[CommentRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    read: int = 0
    known: bool = False
    spoilt: bool = False


def read_results(sheets: Iterable[Sequence[Row]], options: Sequence[str], zone: tzinfo) -> Reading:
    """Every sheet of the file; `known` is False when no sheet has a table of results."""
    reading = Reading()
    by_key = {header_key(text): number for number, text in enumerate(options, start=1)}
    for rows in sheets:
        header = find_header(rows, lambda name: header_key(name) in _FIELD)
        columns = _columns(header)
        _read_participants(rows, reading)
        if "option" in columns and "votes" in columns:
            reading.known = True
            for row in _below(rows, header):
                _read_votes(row, columns, by_key, reading)
        elif "comment" in columns:
            reading.known = True
            for row in _below(rows, header):
                _read_comment(row, columns, zone, reading)
    return reading


def _columns(header: Header) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, name in enumerate(header.names):
        part = _FIELD.get(header_key(name))
        if part:
            found.setdefault(part, index)
    return found


def _below(rows: Sequence[Row], header: Header) -> list[Row]:
    return [row for row in rows if row.number > header.last_row]


def _read_participants(rows: Sequence[Row], reading: Reading) -> None:
    for row in rows:
        words = [plain_text(cell) for cell in row.cells]
        if not words or not _PARTICIPANTS.match(words[0].casefold()):
            continue
        number = next((n for n in (_whole(_tail(word)) for word in words) if n is not None), None)
        if number is not None:
            reading.participants, reading.known = number, True


def _tail(word: str) -> str:
    """«Участников: 154» → «154»; a bare number stays."""
    return word.rpartition(":")[2].strip()


def _whole(text: str) -> int | None:
    squeezed = re.sub(r"[\s\u00a0\u202f]", "", text)
    return int(squeezed) if squeezed.isascii() and squeezed.isdecimal() else None


def _cell(row: Row, columns: Mapping[str, int], part: str) -> Cell:
    index = columns.get(part)
    return row.cells[index] if index is not None and index < len(row.cells) else None


def _read_votes(
    row: Row, columns: Mapping[str, int], by_key: Mapping[str, int], reading: Reading
) -> None:
    option = plain_text(_cell(row, columns, "option"))
    key = header_key(re.sub(r"^\d{1,2}[.)]\s+", "", option))
    if not row.problem and (_PARTICIPANTS.match(option.casefold()) or key in ("итого", "всего")):
        return
    reading.read += 1
    number = by_key.get(header_key(option)) or by_key.get(key)
    count = _whole(plain_text(_cell(row, columns, "votes")))
    problem = _vote_problem(row, option, number, count, reading)
    if problem or number is None or count is None:
        reading.spoilt = True
        reading.problems.append(problem or Problem(row.number, "Строка не разобрана.", ""))
        return
    reading.votes[number] = count


def _vote_problem(
    row: Row, option: str, number: int | None, count: int | None, reading: Reading
) -> Problem | None:
    if row.problem:
        return Problem(row.number, row.problem, "Выгрузите файл ещё раз.")
    if number is None:
        return Problem(
            row.number,
            f"Варианта «{option[:100]}» в мероприятии нет.",
            "Проверьте, тот ли это файл, и как вариант назван у нас.",
        )
    if number in reading.votes:
        return Problem(
            row.number, f"Вариант «{option[:100]}» встретился второй раз.", "Уберите лишнюю строку."
        )
    if count is None:
        return Problem(
            row.number,
            f"Число голосов за «{option[:100]}» не прочитано.",
            "Впишите целое число без букв.",
        )
    return None


def _read_comment(row: Row, columns: Mapping[str, int], zone: tzinfo, reading: Reading) -> None:
    text = plain_text(_cell(row, columns, "comment"))
    if not text and not row.problem:
        return
    reading.read += 1
    try:
        said = parse_moment(_cell(row, columns, "said"), zone)
    except BadDateError as error:
        reading.problems.append(Problem(row.number, str(error), "Исправьте дату комментария."))
        return
    if row.problem or len(text) > _LONGEST:
        reason = row.problem or "Комментарий длиннее 10 000 знаков."
        reading.problems.append(Problem(row.number, reason, "Исправьте строку в файле."))
        return
    author = plain_text(_cell(row, columns, "author"))[:300]
    number = plain_text(_cell(row, columns, "number"))[:100]
    if not number:
        words = f"{author}\n{said}\n{text}".encode()
        number = f"#{hashlib.sha256(words).hexdigest()[:24]}"
    reading.comments.append(CommentRow(number, text, author, said))
