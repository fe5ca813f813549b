"""How well places are found: precision, recall and F1 over messages with known places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from otklik.language.places.finding import find_addresses
from otklik.language.places.gold import Key, Message, messages, missing
from otklik.language.places.model import Address

LEVELS = ("settlements", "streets", "houses", "landmarks", "kilometres")
_SAME_SPAN = 0.5


@dataclass(slots=True)
class Score:
    """Counts of objects found rightly, found wrongly, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


@dataclass(slots=True)
class Fault:
    """One message read wrongly: what was expected and what was found."""

    text: str
    level: str
    missed: frozenset[Key]
    wrong: frozenset[Key]


@dataclass(slots=True)
class Evaluation:
    """`scores` by level and «spans»; `silent`: messages without a place that stayed so."""

    scores: dict[str, Score]
    messages: int = 0
    empty: int = 0
    silent: int = 0
    faults: list[Fault] = field(default_factory=list)


def evaluate(path: Path) -> Evaluation:
    """Over a file of messages as `gold.messages` reads them."""
    return evaluate_messages(messages(path))


def evaluate_messages(items: Iterable[Message]) -> Evaluation:
    result = Evaluation({level: Score() for level in (*LEVELS, "spans")})
    for item in items:
        found = find_addresses(item.text, item.gazetteer, hint=item.hint)
        result.messages += 1
        if not item.wanted.spans:
            result.empty += 1
            result.silent += not any(_counts(address) for address in found)
        for level in LEVELS:
            _compare(result, item, level, _keys(found, level))
        _spans(result.scores["spans"], item, found)
    return result


def table(result: Evaluation) -> list[str]:
    """Lines for people."""
    lines = [f"{'уровень':<14}{'точность':>10}{'полнота':>10}{'F1':>8}"]
    for level, score in result.scores.items():
        name = _RUSSIAN[level]
        lines.append(f"{name:<14}{score.precision:>10.3f}{score.recall:>10.3f}{score.f1:>8.3f}")
    lines.append(
        f"сообщений {result.messages}, без адреса {result.empty}, из них верно {result.silent}"
    )
    return lines


_RUSSIAN = {
    "settlements": "поселение",
    "streets": "улица",
    "houses": "дом",
    "landmarks": "ориентир",
    "kilometres": "километр",
    "spans": "место в тексте",
}


def _counts(address: Address) -> bool:
    """A landmark nobody knows is no address."""
    return bool(address.settlement or address.street or address.landmark_id or address.km)


def _compare(result: Evaluation, item: Message, level: str, found: frozenset[Key]) -> None:
    wanted: frozenset[Key] = getattr(item.wanted, level)
    score = result.scores[level]
    score.right += len(wanted & found)
    score.wrong += len(found - wanted)
    score.missed += len(wanted - found)
    if wanted != found:
        result.faults.append(Fault(item.text, level, wanted - found, found - wanted))


def _keys(found: Sequence[Address], level: str) -> frozenset[Key]:
    readers = {
        "settlements": _settlement,
        "streets": _street,
        "houses": _house,
        "landmarks": lambda a: (str(a.landmark_id),) if a.landmark_id else (),
        "kilometres": lambda a: (a.km.partition("+")[0],) if a.km else (),
    }
    return frozenset(key for key in map(readers[level], found) if key)


def _settlement(address: Address) -> Key:
    if address.settlement_id:
        return (str(address.settlement_id),)
    if not address.settlement:
        return ()
    if address.candidates:
        return "?", address.settlement.lower()
    return missing(address.settlement)


def _street(address: Address) -> Key:
    if address.street_id:
        return (str(address.street_id),)
    if not address.street:
        return ()
    return ("?", address.street.lower()) if address.candidates else missing(address.street)


def _house(address: Address) -> Key:
    if not address.house:
        return ()
    return (*(_street(address) or _settlement(address)), address.house)


def _spans(score: Score, item: Message, found: Sequence[Address]) -> None:
    spans = {address.span for address in found if _counts(address)}
    matched = {s for s in spans if any(_overlap(s, w) >= _SAME_SPAN for w in item.wanted.spans)}
    caught = sum(any(_overlap(s, w) >= _SAME_SPAN for s in spans) for w in item.wanted.spans)
    score.right += caught
    score.missed += len(item.wanted.spans) - caught
    score.wrong += len(spans) - len(matched)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Characters in common over characters in either."""
    common = min(a[1], b[1]) - max(a[0], b[0])
    return max(common, 0) / (max(a[1], b[1]) - min(a[0], b[0]))
