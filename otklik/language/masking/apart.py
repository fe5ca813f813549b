"""Names that stand apart from any sentence: signatures, headings of letters, answers to «кто?»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from otklik.language.masking import famous, nobody, places, roles, words
from otklik.language.masking.contexts import has_house
from otklik.language.masking.spans import PERSON, Span
from otklik.language.masking.tokens import Word

_MOST = 3
_SAID = re.compile(
    r"(?:^|(?<=[^\w-]))(?:(?:это\s)?(?:снова|опять)?\s?я|мы|беспокоит|пишет|обращается|обратил(?:ся|ась)|звонил[аи]?|звонит|подпись"
    r"|с\sув(?:ажением)?(?:\sк\s[Вв]ам)?|заявитель(?:ница)?|фио|ф\.\s?и\.\s?о\.?|автор|при[её]м|на\sпри[её]ме|зовут|звать|фамилия(?:\sмоя)?"
    r"|отчество|отправитель|получатель|кому|от\sкого|со\sслов|принял[аи]?|исполнил[аи]?|жалуется|опять|снова"
    r"|представитель|ув)[\s.,:;—–/(-]{1,4}$",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?:подпись|беспокоит|обратил(?:ся|ась)|звонил[аи]?|позвонил[аи]?|фамилия|фио|ф\.\s?и\.\s?о\.?|со\sслов|обращается|к\s[Вв]ам|ув\."
    r"|ответственн\w{2}|отв\.|контактное лицо|исполнитель|исп\.|получатель|отправитель"
    r"|заявитель(?:ница)?|это\s(?:опять|снова)"
    r"|по\sфамилии|некто|некий)[ ,:;—–/(-]{1,4}$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[\s.!)/_]*$|\s\d\d\.\d\d\.\d{4}|[\s,;(]{1,4}(?:тел\.?\s?|т\.\s?)?\+?\d[\d\s()-]{5,}|[\s,;(]{1,3}[\w.-]+@"
)
_AFTER_STOP = re.compile(r"(?:[.!?…\n]|--|—|–)\s*[_/(]?$")
_AFTER_COMMA = re.compile(r",\s$")
_AFTER_CALL = re.compile(r"\d{2}[\s,(]{1,3}$|@[\w.-]+[\s,(]{1,3}$")
_HEAD = re.compile(r"\s?(?::|[—–]\s|,\s(?!\d))")
_GAP = re.compile(r"\.?[ \u00a0]{0,2}")
_NOT_NAMES = frozenset(
    ("отчество", "имя", "фамилия", "телефон", "адрес", "вопрос", "ответ", "дата", "тема", "жалоба",
     "спасибо", "совет", "приём", "администрация", "коллектив", "жители", "жильцы", "люди")
)  # fmt: skip
_SMALL = re.compile(
    r"(?<![\w-])(?:[а-яё]{3,20}(?:[оеё]в|ин|[оеё]ва|ина|енко|ский|ская|ук|юк|ян|швили|дзе)\s(?!т\.\s?[дпек])[а-яё]\.\s?[а-яё]\."
    r"|(?!т\.\s?[дпек])[а-яё]\.\s?[а-яё]\.\s?[а-яё]{3,20}(?:[оеё]в|ин|[оеё]ва|ина|енко|ский|ская|ук|юк|ян)(?![\w-])"
    r"|[а-яё]{3,20}(?:[оеё]в|ин|[оеё]ва|ина|енко)\s(?![васкуоия]\s)[а-яё]\s(?![васкуоия]\b)[а-яё](?=[,;]|\s*$))"
)


def apart(text: str, every: Sequence[Word]) -> Iterator[Span]:
    for match in _SMALL.finditer(text):
        yield Span(PERSON, match.start(), match.end(), roles.CITIZEN)
    at, groups = 0, _groups(text, every)
    while at < len(every):
        size = groups[at]
        if size and _stands(text, every, at, size):
            yield Span(PERSON, every[at].start, every[at + size - 1].end, roles.APPLICANT)
        at += size or 1


def _groups(text: str, every: Sequence[Word]) -> list[int]:
    """How many capitalised words stand together from each word on: 0 when too many for a name."""
    together = [0] * (len(every) + 1)
    for at in range(len(every) - 1, -1, -1):
        if _may_stand(every[at]):
            tied = together[at + 1] > 0 and _tied(text, every[at], every[at + 1])
            together[at] = 1 + (together[at + 1] if tied else 0)
    return [size if size <= _MOST else 0 for size in together]


def _may_stand(word: Word) -> bool:
    if not (word.part.capital or (len(word.text) == 1 and word.text.isupper())):
        return False
    return word.text.casefold() not in _NOT_NAMES and not word.role


def _tied(text: str, before: Word, word: Word) -> bool:
    if before.dotted and len(before.text) > 1:
        # «Отв. Тришкина».
        return False
    return _GAP.fullmatch(text, before.end, word.start) is not None


def _stands(text: str, every: Sequence[Word], at: int, size: int) -> bool:
    run = every[at : at + size]
    head = text[max(0, run[0].start - 40) : run[0].start]
    if size == 1 and nobody.is_no_one(every, at):
        return False
    if places.named_after(text, every, at) or _of_place(text, run):
        return False
    if _ASKED.search(head):
        return all(len(word.text) < 2 or _is_noun(word) for word in run)
    if _SAID.search(head):
        return _may_be(run, strict=False)
    return _may_be(run, strict=True) and _at_an_edge(text, run, head)


def _of_place(text: str, run: Sequence[Word]) -> bool:
    if not any(len(word.text) > 1 for word in run) or has_house(text, run[-1].end):
        return True
    return any(roles.is_street(w.text) or roles.is_named(w.text) or w.part.adjective for w in run)


def _at_an_edge(text: str, run: Sequence[Word], head: str) -> bool:
    ends = _TAIL.match(text, run[-1].end) is not None
    stop = run[0].opens and _AFTER_STOP.search(head) is not None
    if ends and (stop or _AFTER_CALL.search(head)):
        return True
    begins = not head or head.endswith("\n")
    begins = begins and (
        _HEAD.match(text, run[-1].end) is not None or not text[run[-1].end :].strip()
    )
    return (begins or (ends and _AFTER_COMMA.search(head) is not None)) and not _is_where(run)


def _is_where(run: Sequence[Word]) -> bool:
    """«Вера, надежда, любовь»; «…, Мороз»."""
    part = run[0].part
    return len(run) == 1 and part.ordinary and (not part.name or run[0].opens)


def _may_be(run: Sequence[Word], *, strict: bool) -> bool:
    named = [word for word in run if len(word.text) > 1]
    initials = len(run) > len(named)
    likely = [word for word in named if _is_likely(word)]
    if not all(_is_possible(word) for word in named) or (strict and not likely and not initials):
        return False
    if len(named) == 1 and not initials:
        return _alone(named[0], strict=strict)
    return bool(likely) or (initials and not named[0].part.geo)


def _alone(word: Word, *, strict: bool) -> bool:
    part = word.part
    if (
        part.geo
        and not part.name
        and not word.text.endswith(("ов", "ев", "ин", "ова", "ева", "ина"))
    ):
        return False
    if famous.is_famous(word.text) and part.may("gent"):
        return False
    if strict:
        sure = (
            part.surname
            or part.name
            or part.eastern
            or (part.strange and words.is_subject(word.text))
        )
        plain = part.ordinary and not part.name and word.opens
        return sure and not plain and (not part.cases or part.may("nomn"))
    return part.surname or part.name or part.strange or words.is_someone(word.text)


def _is_noun(word: Word) -> bool:
    """Whatever a surname may be: not a place, an office or a verb."""
    part = word.part
    if part.geo and not part.surname:
        return False
    return _is_likely(word) or words.speech(word.text) in {"NOUN", "ADJF", "ADJS", ""}


def _is_likely(word: Word) -> bool:
    part = word.part
    return (
        part.surname
        or part.name
        or part.patronymic
        or part.eastern
        or (part.strange and not part.geo)
    )


def _is_possible(word: Word) -> bool:
    return _is_likely(word) or (words.is_noun(word.text) and not word.part.geo)
