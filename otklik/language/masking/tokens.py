"""A text as words with what stands between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from otklik.language.masking import roles, words
from otklik.language.masking.given import is_short_name
from otklik.language.masking.letters import letters
from otklik.language.masking.words import NOTHING, Part

# Letters of the neighbours' alphabets, read as the nearest of the Russian one.
_NEAREST = str.maketrans("әӘөӨүҮҗҖңҢһҺіІїЇєЄґҐқҚғҒұҰӣӢӯӮҷҶҳҲ", "аАоОуУжЖнНхХиИиИеЕгГкКгГуУиИуУчЧхХ")
_TOKEN = re.compile(r"Ф\.\s?И\.\s?О(?![а-яё])|[А-ЯЁа-яё]+(?:['’][А-ЯЁ][а-яё]+)?(?:-[А-ЯЁа-яё]+)*")
_NEAR = re.compile(r"[ \t\u00a0]{0,3}\n?[ \t\u00a0]{0,3}")
_AFTER_INITIAL = re.compile(r"\.[ \t\u00a0]{0,2}")
_TITLED = frozenset(("кызы", "оглы"))
_CLOSE = re.compile(r"[ \t]*(?:$|[\n;)])|\.?\s*$")
_STOP = re.compile(r"[.!?;\n…]")


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    start: int
    end: int
    part: Part
    dotted: bool
    joined: bool
    """Nothing but spaces between it and the word before."""
    opens: bool
    """The first word of a sentence."""
    closes: bool = False
    """The last word of a line or of a clause."""
    role: str = ""
    """Who is told to be named next: as `roles.role_of`."""
    letters: str = ""
    """What it may be in a name: letters of the shapes of names."""

    @property
    def initial(self) -> bool:
        return self.dotted and len(self.text) == 1 and self.text.isupper()

    @property
    def lone_letter(self) -> bool:
        return len(self.text) == 1 and self.text.isupper() and self.text not in "АИКОСУВЯ"


def split(text: str) -> list[Word]:
    text = text.translate(_NEAREST)
    matches = [(match.group(0), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    looked_at = _worth_a_look([match[0] for match in matches])
    found: list[Word] = []
    last = 0
    for index, (word, start, end) in enumerate(matches):
        gap = text[last:start] if start - last < 12 else "\n\n"
        before = found[-1] if found else None
        part = words.part(word) if index in looked_at else NOTHING
        dotted = text[end : end + 1] == "."
        found.append(
            Word(
                text=word,
                start=start,
                end=end,
                part=part,
                dotted=dotted,
                joined=before is not None
                and (
                    gap == " "
                    or _touches(gap, before.initial or before.lone_letter)
                    or (gap == "." and _is_initial(text, start, end) and before.part.surname)
                ),
                opens=before is None or _breaks(gap, before),
                closes=_CLOSE.match(text, end) is not None,
                role=roles.role_of(word),
                letters=letters(word, part, dotted=dotted),
            )
        )
        last = end
    return found


def _is_initial(text: str, start: int, end: int) -> bool:
    """«Петров.П.П.»."""
    return end - start == 1 and text[end : end + 1] == "."


def _breaks(gap: str, before: Word) -> bool:
    if gap == " " or not _STOP.search(gap):
        return False
    short = len(before.text) <= 3 and gap.strip() == "."
    return not short


def _touches(gap: str, after_initial: bool) -> bool:
    return _NEAR.fullmatch(gap) is not None or (
        after_initial and _AFTER_INITIAL.fullmatch(gap) is not None
    )


def _worth_a_look(every: Sequence[str]) -> set[int]:
    """Capitalised words, and words in small letters where a name may be: looking every word up in
    the dictionary would take most of the time."""
    chosen: set[int] = set()
    for index, word in enumerate(every):
        if word[0].isupper():
            if len(word) > 1:
                chosen.add(index)
        elif words.is_patronymic(word) or word in _TITLED:
            chosen.update(range(max(0, index - 3), min(index + 2, len(every))))
        elif roles.role_of(word) or words.may_be_given(word) or is_short_name(word):
            chosen.update(range(max(0, index - 1), min(index + 2, len(every))))
    return chosen
