"""Which mark a case bears by the centre's own definitions. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from otklik.casework.appeals.vocabulary import Repetition


def mark_of(*, repeated: Sequence[int], duplicate: bool, count: int, days: int) -> str:
    """`repeated`: how many days ago each earlier case of the same question came.

    With the case itself they make it a multiple one from the `count`-th on, within `days`;
    a single earlier case outside that time still leaves it a repeat.
    """
    if repeated and 1 + sum(apart <= days for apart in repeated) >= count:
        return str(Repetition.MULTIPLE)
    if repeated:
        return str(Repetition.REPEAT)
    return str(Repetition.DUPLICATE) if duplicate else ""
