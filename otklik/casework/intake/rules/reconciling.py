"""A message there and its case here: what changed there, and where the two do not agree. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from otklik.casework.appeals.vocabulary import OPEN_STATUSES, Regime, Status
from otklik.casework.intake.rules.rows import ImportedRow
from otklik.casework.intake.vocabulary import DifferenceKind

_TEXTS = {
    "status": "состояние",
    "topic": "тема",
    "body": "орган",
    "answer": "текст ответа",
    "score": "оценка",
}
_MOMENTS = {"due_at": "срок", "answered_at": "дата ответа"}


@dataclass(frozen=True, slots=True)
class Here:
    """Our case as it stands before the news. `answering`: somebody here prepares an answer."""

    status: str
    regime: str
    due_at: datetime | None = None
    answering: bool = False
    to_carry: bool = False

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATUSES


def said_by(row: ImportedRow) -> dict[str, Any]:
    """What the file says, to be kept until the next one comes."""
    return {
        "status": row.status,
        "topic": row.topic,
        "body": row.body,
        "answer": row.answer_text[:200],
        "score": row.score,
        "due_at": _iso(row.due_at),
        "answered_at": _iso(row.answered_at),
        "closed": bool(closed_as(row)),
        "fz59": row.fz59,
    }


def closed_as(row: ImportedRow) -> Status | None:
    """The state in which the message ended there; None while it is in work."""
    return row.closed_as or (Status.ANSWERED if row.answered_at else None)


def changes(before: Mapping[str, Any], now: Mapping[str, Any], zone: tzinfo) -> list[str]:
    """What changed there since the last file, in Russian; what was never said is no change."""
    found = []
    for name, label in _TEXTS.items():
        old, new = before.get(name) or "", now.get(name) or ""
        if new and old != new:
            words = f"«{old}» → «{new}»" if old and name != "answer" else f"«{new}»"
            found.append(label if name == "answer" else f"{label}: {words}")
    for name, label in _MOMENTS.items():
        old, new = before.get(name), now.get(name)
        if new and old != new:
            words = f"{_day(old, zone)} → {_day(new, zone)}" if old else _day(new, zone)
            found.append(f"{label}: {words}")
    if now.get("fz59") and not before.get("fz59"):
        found.append("отмечено как обращение по 59-ФЗ")
    return found


def difference(row: ImportedRow, before: Mapping[str, Any], here: Here) -> DifferenceKind | None:
    """Where a person has to decide. An answer that waits to be carried over is no difference."""
    if row.fz59 and here.regime != Regime.LAW59:
        return DifferenceKind.LAW59
    closed = closed_as(row)
    if closed and here.is_open and not takes_closing(row, before, here):
        return DifferenceKind.CLOSED_THERE
    if row.status and not closed and not here.is_open and not here.to_carry:
        return DifferenceKind.OPEN_THERE
    return None


def takes_closing(row: ImportedRow, before: Mapping[str, Any], here: Here) -> bool:
    """Whether the case may be closed by the file alone: it is news, and nobody here has begun to
    answer. A case that was closed there before and is open here was taken up again here."""
    return closed_as(row) is not None and not here.answering and not before.get("closed")


def keeps_own_term(row: ImportedRow, before: Mapping[str, Any], here: Here) -> bool:
    """Whether our term stays: the case lives under 59-ФЗ, or the term was moved here since."""
    if here.regime == Regime.LAW59:
        return True
    told = before.get("due_at")
    return bool(told and here.due_at and _iso(here.due_at) != told)


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _day(text: str | None, zone: tzinfo) -> str:
    return f"{datetime.fromisoformat(text).astimezone(zone):%d.%m.%Y}" if text else "—"
