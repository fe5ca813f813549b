"""The probable cause of a problem, by the words of its messages and the name of its topic. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from otklik.language.wording import counted

_LIST = Path(__file__).parent / "causes.txt"
_WORD = re.compile(r"[а-я]+")
MAX_CHARS = 2000
TOPIC_WEIGHT = 0.5
"""A topic's name speaks as half of all messages together: a burst pipe is filed under water."""
SHOWN_WORDS = 3


@dataclass(frozen=True, slots=True)
class Cause:
    """`told` messages of `total` speak for it by `words`, the commonest first."""

    slug: str
    title: str
    told: int
    total: int
    words: tuple[str, ...]

    def sentence(self) -> str:
        if not self.told:
            return f"{self.title}: так назвали тему"
        words = ", ".join(f"«{word}»" for word in self.words)
        of = counted(self.total, ("обращения", "обращений", "обращений"))
        return f"{self.title}: так пишут в {self.told} из {of} ({words})"


def probable_cause(texts: Sequence[str], topic: str = "") -> Cause | None:
    """The cause most messages speak for, the earlier in the list of equal ones; None for none."""
    found: dict[str, Counter[str]] = {}
    told: Counter[str] = Counter()
    for text in texts:
        for slug, words in _spoken(text).items():
            told[slug] += 1
            found.setdefault(slug, Counter()).update(words)
    by_topic = _spoken(topic).keys()
    weights = {
        slug: weight * told[slug] + (TOPIC_WEIGHT * len(texts) if slug in by_topic else 0)
        for slug, _, weight, _ in _rows()
    }
    best = max(weights, key=lambda slug: weights[slug])
    if not weights[best]:
        return None
    said = tuple(word for word, _ in found.get(best, Counter()).most_common(SHOWN_WORDS))
    return Cause(best, _titles()[best], told[best], len(texts), said)


def _spoken(text: str) -> dict[str, set[str]]:
    """Causes of a text with the words that speak for them."""
    found: dict[str, set[str]] = {}
    for word in _WORD.findall(text[:MAX_CHARS].casefold().replace("ё", "е")):
        for length in range(len(word), 1, -1):
            slug = _beginnings().get(word[:length])
            if slug and _close(word, length):
                found.setdefault(slug, set()).add(word)
                break
    return found


def _close(word: str, length: int) -> bool:
    """A short beginning names only its own forms: «лед» is ice, «ледокол» is not."""
    return length > 4 or len(word) - length <= 3


@lru_cache(maxsize=1)
def _rows() -> list[tuple[str, str, float, list[str]]]:
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    parts = [line.split("|") for line in lines if line and not line.startswith("#")]
    return [
        (slug.strip(), title.strip(), float(weight), words.split())
        for slug, title, weight, words in parts
    ]


@lru_cache(maxsize=1)
def _titles() -> dict[str, str]:
    return {slug: title for slug, title, _, _ in _rows()}


@lru_cache(maxsize=1)
def _beginnings() -> dict[str, str]:
    return {word: slug for slug, _, _, words in _rows() for word in words}
