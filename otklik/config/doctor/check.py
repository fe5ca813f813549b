"""What a check is and how all of them run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """`CAUTION` is shown but does not fail the examination."""

    GOOD = "✓"
    CAUTION = "!"
    BAD = "✗"


@dataclass(frozen=True)
class Finding:
    """One line of the examination: what was looked at and, if it is wrong, how to mend it."""

    state: State
    text: str
    mend: str = ""


def good(text: str) -> Finding:
    return Finding(State.GOOD, text)


def caution(text: str, mend: str) -> Finding:
    return Finding(State.CAUTION, text, mend)


def bad(text: str, mend: str) -> Finding:
    return Finding(State.BAD, text, mend)


Check = Callable[[], Finding]


def examine() -> Iterator[Finding]:
    """Run every check; those of the database only where it answers."""
    from otklik.config.doctor import channels, database, doors, machine

    for check in machine.CHECKS:
        yield _run(check)
    answer = _run(database.answers)
    yield answer
    if answer.state is State.GOOD:
        for check in database.CHECKS:
            yield _run(check)
        yield from channels.examine()
        yield from doors.examine()


def _run(check: Check) -> Finding:
    try:
        return check()
    except Exception as error:
        # A check that falls over is a finding too: the others must still be told.
        return bad(
            f"Проверка «{check.__name__}» не удалась: {error}",
            "Исправьте то, что отмечено выше, и проверьте снова.",
        )
