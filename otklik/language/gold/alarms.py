"""Short messages with the alarms they raise, and how many of them are noticed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from otklik.language.urgency import Alarm, alarms

KNOWN = Path(__file__).parent / "alarms.txt"
HELD_OUT = Path(__file__).parent / "alarms_heldout.txt"
_CALM = "-"


@dataclass(frozen=True)
class Told:
    text: str
    raises: frozenset[Alarm]


@dataclass(frozen=True)
class Score:
    """Shares of alarms, 0–1, over all kinds and for each: (precision, recall)."""

    precision: float
    recall: float
    by_alarm: dict[Alarm, tuple[float, float]]


def read(path: Path = KNOWN) -> list[Told]:
    """Lines `alarm,alarm | text`, «-» for a calm one."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = (line.split("|", 1) for line in lines if line and not line.startswith("#"))
    return [
        Told(
            text.strip(), frozenset(Alarm(one) for one in raised.strip().split(",") if one != _CALM)
        )
        for raised, text in rows
    ]


def score(told: list[Told]) -> Score:
    hits: Counter[Alarm] = Counter()
    found: Counter[Alarm] = Counter()
    real: Counter[Alarm] = Counter()
    for one in told:
        raised = {item.alarm for item in alarms(one.text)}
        hits.update(raised & one.raises)
        found.update(raised)
        real.update(one.raises)
    each = {
        alarm: (_share(hits[alarm], found[alarm]), _share(hits[alarm], real[alarm]))
        for alarm in Alarm
    }
    return Score(_share(hits.total(), found.total()), _share(hits.total(), real.total()), each)


def mistakes(told: list[Told]) -> list[tuple[Told, set[Alarm]]]:
    judged = ((one, {item.alarm for item in alarms(one.text)}) for one in told)
    return [(one, raised) for one, raised in judged if raised != one.raises]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
