"""What a piece of personal data with a fixed look is: a pattern, and a check of what it found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from otklik.language.masking.spans import Span


@dataclass(frozen=True, slots=True)
class Shape:
    """`pattern` finds (its group "it", or all of it), `check` confirms; `after`: this must have
    been said not far before."""

    kind: str
    pattern: re.Pattern[str]
    check: Callable[[str], bool] = bool
    judge: Callable[[re.Match[str]], bool] = bool
    """As `check`, of the whole find."""
    after: re.Pattern[str] | None = None


def shape(
    kind: str,
    pattern: str,
    check: Callable[[str], bool] = bool,
    *,
    judge: Callable[[re.Match[str]], bool] = bool,
    after: str = "",
) -> Shape:
    said = re.compile(after, re.IGNORECASE) if after else None
    return Shape(kind, re.compile(pattern, re.IGNORECASE), check, judge, said)


def found(shapes: tuple[Shape, ...], text: str) -> Iterator[Span]:
    for one in shapes:
        group = "it" if "it" in one.pattern.groupindex else 0
        for match in one.pattern.finditer(text):
            start = match.start(group)
            if one.after and not one.after.search(text, max(0, start - 120), start):
                continue
            if one.check(match.group(group)) and one.judge(match):
                yield Span(one.kind, start, match.end(group))
