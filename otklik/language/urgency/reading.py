"""Phrases of lemmas in the text, without those that are denied, mended or long past."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from otklik.language.lemmas import LONGEST_WORD, lemma
from otklik.language.sentences import sentences
from otklik.language.urgency.obscene import obscene
from otklik.language.urgency.vocabulary import Alarm

MAX_CHARS = 6000
GAP = 2
"""How many other words may stand between two words of a phrase."""
MOST_WORDS = 5
_LIST = Path(__file__).parent / "phrases.txt"
_WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*|\d+|[,;:()]")
_PAUSE = ","
_NOT = frozenset(("не", "ни", "никакой", "никто"))
_PERSONAL = frozenset((Alarm.CHILDREN, Alarm.THREAT, Alarm.SUICIDE, Alarm.CORRUPTION))
"""Alarms that no later good news and no distance in time takes back."""
_MENDED = (
    "устранить починить восстановить потушить отремонтировать исправить ликвидировать наладить"
)
_MENDED_OF = {
    Alarm.OUTAGE: "дать включить подать вернуть пустить",
    Alarm.HATCH: "закрыть поставить накрыть убрать",
    Alarm.WIRE: "убрать закрепить подвязать",
    Alarm.LIFE: "убрать откачать спилить",
    Alarm.GAS: "перекрыть",
}
_PAST = ("л", "ла", "ло", "ли", "лась", "лось", "лись", "лся")
_AGAIN = frozenset(("опять", "снова", "вновь"))
_LONG_AGO = re.compile(
    r"в прошлом году|в позапрошлом|прошл(?:ой|ым) (?:зимой|летом|весной|осенью)|лет назад|год назад"
    r"|года назад|когда-то|\bраньше\b",
    re.IGNORECASE,
)
_CALM_BEFORE = {
    Alarm.OUTAGE: frozenset(
        ("плановый", "график", "расписание", "план", "перебой", "запах", "утечка", "проблема")
    ),
    Alarm.CORRUPTION: _NOT,
}
# «Не хочу жить в этом доме», «погибших деревьев».
_CALM_AFTER = {
    Alarm.SUICIDE: frozenset(("в", "на", "с", "тут", "здесь", "там", "рядом", "около", "возле")),
    Alarm.LIFE: frozenset(("дерево", "куст", "растение", "саженец", "рыба", "цветок")),
}
_NOBODY: frozenset[str] = frozenset()
_INTENDED = frozenset(("планировать", "собираться", "планироваться"))
_CALMED = frozenset(("нет", "миновать", "отсутствовать"))
_DENIED_AFTER = frozenset(
    ("представлять", "нести", "создавать", "чувствовать", "быть", "наблюдаться")
)

Phrase = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Raised:
    """`words`: what in the text raised the alarm, in lower case, at most `MOST_WORDS`; `spans`:
    where they stand in it, in the same order."""

    alarm: Alarm
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    start: int
    forms: list[str]
    raw: list[str]
    places: list[tuple[int, int]]


def alarms(text: str) -> list[Raised]:
    """What the text raises, in the order of `Alarm`, with the words that did; [] for calm ones.

    Only its first `MAX_CHARS` characters count. A denial («угрозы нет», «не отключали»), a mended
    trouble («свет дали») and one long past («в прошлом году») raise nothing.
    """
    text = text[:MAX_CHARS]
    found: dict[Alarm, dict[str, tuple[int, int]]] = defaultdict(dict)
    for sentence in sentences(text):
        for alarm, start, end in _in_sentence(_read(sentence.text, sentence.start)):
            found[alarm].setdefault(text[start:end].casefold(), (start, end))
    for start, end in obscene(text):
        found[Alarm.OBSCENITY].setdefault(text[start:end].casefold(), (start, end))
    return [
        Raised(alarm, tuple(found[alarm])[:MOST_WORDS], tuple(found[alarm].values())[:MOST_WORDS])
        for alarm in Alarm
        if found[alarm]
    ]


def _read(text: str, start: int) -> _Sentence:
    words = [match for match in _WORD.finditer(text) if len(match.group(0)) <= LONGEST_WORD]
    raw = [match.group(0).casefold().replace("ё", "е") for match in words]
    places = [(start + match.start(), start + match.end()) for match in words]
    return _Sentence(text, start, [_lemma(word) for word in raw], raw, places)


def _in_sentence(sentence: _Sentence) -> Iterator[tuple[Alarm, int, int]]:
    long_ago = _LONG_AGO.search(sentence.text) is not None
    again = bool(_AGAIN.intersection(sentence.forms))
    index = _index()
    for at, form in enumerate(sentence.forms):
        starts = (*index.get(form, ()), *index.get("=" + sentence.raw[at], ()))
        for alarm, phrase in starts:
            where = _runs(phrase, sentence, at)
            if where is None or _denied(sentence, where, alarm):
                continue
            over = long_ago or _mended(sentence, where[-1], alarm)
            if over and not again and alarm not in _PERSONAL:
                continue
            yield alarm, sentence.places[where[0]][0], sentence.places[where[-1]][1]


def _runs(phrase: Phrase, sentence: _Sentence, at: int) -> list[int] | None:
    """Where the words of the phrase that begins at `at` stand, or None."""
    where = [at]
    for choices in phrase[1:]:
        following = _next(choices, sentence, where[-1])
        if following is None:
            return None
        where.append(following)
    return where


def _next(choices: frozenset[str], sentence: _Sentence, last: int) -> int | None:
    for at in range(last + 1, min(last + 2 + GAP, len(sentence.forms))):
        if sentence.forms[at] == _PAUSE:
            return None
        if sentence.forms[at] in choices or "=" + sentence.raw[at] in choices:
            return at
    return None


def _denied(sentence: _Sentence, where: Sequence[int], alarm: Alarm) -> bool:
    forms = sentence.forms
    if any(at and at - 1 not in where and forms[at - 1] in _NOT for at in where):
        return True
    if alarm is Alarm.CHILDREN:
        return False
    before, after = forms[max(where[0] - 2, 0) : where[0]], forms[where[-1] + 1 : where[-1] + 4]
    outage = alarm is Alarm.OUTAGE
    pairs = itertools.pairwise(after)
    return (
        bool(_CALM_BEFORE.get(alarm, _NOBODY).intersection(before))
        or bool(_CALM_AFTER.get(alarm, _NOBODY).intersection(after[:1]))
        or bool((_INTENDED if outage else _CALMED).intersection(after if outage else after[:2]))
        or any(first in _NOT and second in _DENIED_AFTER for first, second in pairs)
    )


def _mended(sentence: _Sentence, last: int, alarm: Alarm) -> bool:
    """Whether the rest of the sentence says, in the past tense, that the trouble is over."""
    verbs = _mending(alarm)
    return any(
        sentence.forms[at] in verbs
        and sentence.raw[at].endswith(_PAST)
        and sentence.forms[at - 1] not in _NOT
        for at in range(last + 1, len(sentence.forms))
    )


@lru_cache(maxsize=16)
def _mending(alarm: Alarm) -> frozenset[str]:
    words = f"{_MENDED} {_MENDED_OF.get(alarm, '')}".split()
    return frozenset(_lemma(word) for word in words)


def _lemma(word: str) -> str:
    return lemma(word) if word[:1].isalnum() else _PAUSE


@lru_cache(maxsize=1)
def _index() -> dict[str, list[tuple[Alarm, Phrase]]]:
    """Phrases by each of their first lemmas; both sides pass through the same dictionary."""
    index: dict[str, list[tuple[Alarm, Phrase]]] = defaultdict(list)
    alarm = Alarm.LIFE
    for line in _LIST.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            alarm = Alarm(line.strip("[]"))
        elif line and not line.startswith("#"):
            phrase = tuple(
                frozenset(
                    word if word.startswith("=") else _lemma(word) for word in choice.split("|")
                )
                for choice in line.split()
            )
            for first in phrase[0]:
                index[first].append((alarm, phrase))
    return dict(index)
