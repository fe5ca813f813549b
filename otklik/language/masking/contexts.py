"""What stands around a lone name of a person: what he does, what is his, who speaks of him."""

from __future__ import annotations

import re
from collections.abc import Sequence

from otklik.language.masking import endings, famous, roles, words
from otklik.language.masking.given import is_short_name
from otklik.language.masking.lists import pattern
from otklik.language.masking.tokens import Word

_OWNED = pattern("of_things_owned")
_OF_WOMAN = re.compile(r"(?:[оеё]в|ин|ын)ой$|(?:[оеё]в|ин|ын)у$")
_SELF = frozenset(("я", "зовут", "имя"))
_WHERE = frozenset(("до", "в", "имени", "им", "св", "святого", "святой", "угол", "и"))
_NUMBER = re.compile(r"[\s,]{1,3}\d{1,3}(?![\d-]|\s?\(|\s\d{3})")
_HOUSE = re.compile(r"[ ,]{1,3}(?:д(?:ом)?\.?\s?)?\d{1,3}(?!\d|[\s().-]{0,3}\d|\s?(?:лет|год))")
_BETWEEN, _BACK = 3, 10
_DEEDS = pattern("of_deeds")
_ESPECIALLY = frozenset(("особенно", "частности"))
_SKIPPED = frozenset(("ADVB", "PRCL", "NPRO", "CONJ", "NUMR"))
_FROM_HOME = re.compile(
    r"\s(?:с|со|из)\s(?:\S{1,14}\s){0,2}?"
    r"(?:этаж|квартир|подъезд|кв\.|\d{1,3}[- ]?(?:го|й)?\s?(?:этаж|квартир|подъезд|кв)|кв\s?\d)",
    re.IGNORECASE,
)
_ALONE_BEFORE = re.compile(r"(?:^|[\n.!?…:])\s*$")
_IN_LIST = re.compile(r"(?:^|\n)\s{0,3}\d{1,3}[.)]\s{0,2}$")
_EVERYBODY = frozenset(("пушкин", "ленин", "сталин", "гагарин", "горьк", "толст", "путин"))


def around(text: str, every: Sequence[Word], at: int) -> bool:
    """Whether a surname is a living person's by what stands around it."""
    word = every[at]
    if famous.is_famous(word.text) and famous.stem(word.text) in _EVERYBODY:
        return False
    if _asked_for(every, at):
        return True
    if famous.is_famous(word.text):
        if word.part.may("gent"):
            return _from_office(every, at) or _did(every, at) or _she_does(every, at)
        return _from_office(every, at) or acts(every, at)
    if word.part.geo:
        return _pointed_at(every, at) or (word.part.may("nomn femn") and acts(every, at))
    return (
        _pointed_at(every, at)
        or _called(text, every, at)
        or acts(every, at)
        or _she_does(every, at)
        or _owns(every, at)
        or _is_hers(every, at)
        or (word.part.may("nomn") and _FROM_HOME.match(text, word.end) is not None)
    )


def _from_office(every: Sequence[Word], at: int) -> bool:
    """«Матросов из дорожного отдела»."""
    after = every[at + 1] if at + 1 < len(every) else None
    from_it = after is not None and after.joined and after.text == "из"
    return from_it and every[at].part.nominative_person


def signs(text: str, every: Sequence[Word], at: int) -> bool:
    """«Нет воды.⏎Мамедова»: alone in the last line."""
    word = every[at]
    numbered = _IN_LIST.search(text, max(0, word.start - 8), word.start) is not None
    if numbered and word.closes:
        return True
    if not word.part.may("nomn") or text[word.end : word.end + 60].strip(" .!\n\t)"):
        return False
    head = text[max(0, word.start - 60) : word.start]
    if head.endswith("(") and text[word.end :].lstrip()[:1] == ")":
        return True
    return bool(head.strip()) and _ALONE_BEFORE.search(head) is not None


def _before(every: Sequence[Word], at: int) -> Word | None:
    return every[at - 1] if at and every[at].joined and not every[at].opens else None


def _asked_for(every: Sequence[Word], at: int) -> bool:
    """«Накажите Корнилова», «на Каримова жалуюсь»."""
    before, word = _before(every, at), every[at]
    if before is None or not word.part.may("accs masc", "datv", "accs femn"):
        return False
    if roles.is_thanks(before.text):
        return words.speech(before.text) in {"VERB", "INFN"}
    after = every[at + 1] if at + 1 < len(every) else None
    complains = after is not None and after.joined and roles.is_complaint(after.text)
    return complains and before.text.casefold() == "на"


def _did(every: Sequence[Word], at: int) -> bool:
    """«В марте Глушко прорубил окно»; but «на Глушко», «Чкалова перекрыта»."""
    before = every[at - 1].text if at else ""
    after = every[at + 1] if at + 1 < len(every) else None
    if after is None or not after.joined or not words.masculine_past(after.text):
        return False
    return every[at].part.may("nomn masc") and words.speech(before) not in {"PREP", "NOUN"}


def _she_does(every: Sequence[Word], at: int) -> bool:
    """«В соцзащите Морозова отказывает»: what no street does; but «у школы Чехова кричит»."""
    word, after = every[at], every[at + 1] if at + 1 < len(every) else None
    if after is None or not after.joined or not word.part.may("nomn femn"):
        return False
    if not _DEEDS.fullmatch(after.text.casefold()):
        return False
    if not (words.one_does(after.text) or words.feminine_past(after.text)):
        return False
    before = _before(every, at)
    if before is None or words.speech(before.text) in {"CONJ", "ADVB", "PRCL", "NPRO"}:
        return True
    within = any(word.text.casefold() in {"в", "во"} for word in every[max(0, at - 3) : at - 1])
    return within and not (roles.is_named(before.text) or roles.is_street(before.text))


def _pointed_at(every: Sequence[Word], at: int) -> bool:
    """«Сам Лукашин», «какая-то Крюкова»."""
    before = _before(every, at)
    if before is None:
        return False
    return roles.is_pointing(before.text) or (
        roles.is_thanks(before.text) and not every[at].part.geo
    )


def _called(text: str, every: Sequence[Word], at: int) -> bool:
    """«Ау, Крапива!»."""
    word = every[at]
    if not at or word.opens or text[every[at - 1].end : word.start] != ", ":
        return False
    return word.part.may("nomn") and text[word.end : word.end + 1] in {"!", "?"}


def _owns(every: Sequence[Word], at: int) -> bool:
    """«Забор Гладышева», «собака Лыткиных»."""
    before, word = _before(every, at), every[at]
    if before is None or not word.part.may("gent") or word.part.geo:
        return False
    return is_owned(before.text)


def is_owned(word: str) -> bool:
    """Whatever is a person's: «забор», «подпись»."""
    return _OWNED.fullmatch(word.casefold()) is not None


def _is_hers(every: Sequence[Word], at: int) -> bool:
    """«Принадлежит Носковой»: no street is called so without its word before it."""
    before, word = _before(every, at), every[at]
    if before is None or word.part.geo or not _OF_WOMAN.search(word.text):
        return False
    if word.text[-1] == "у" and not word.part.may("datv"):
        return False
    return words.speech(before.text) != "PREP" and not before.part.capital


def acts(every: Sequence[Word], at: int) -> bool:
    """The nearest verb agrees: «Лукашин сказал», «на приёме была Ветлугина»."""
    before = _before(every, at)
    if (
        before is not None
        and (before.opens or not before.part.capital)
        and _agrees(every[at], before)
    ):
        return True
    for ahead in range(at + 1, min(at + 1 + _BETWEEN, len(every))):
        if every[ahead].opens or not every[ahead].joined:
            return False
        if _agrees(every[at], every[ahead]):
            return True
        if words.speech(every[ahead].text) not in _SKIPPED:
            return False
    return False


def _agrees(word: Word, verb: Word) -> bool:
    part = word.part
    if verb.part.capital and not verb.opens and not word.text.isupper():
        return False
    if words.feminine_past(verb.text):
        return part.may("nomn femn") or (part.nominative_person and not part.cases)
    if words.masculine_past(verb.text):
        return part.may("nomn masc")
    return part.nominative_person and words.one_does(verb.text)


def singled_out(every: Sequence[Word], at: int) -> bool:
    """«В кассе хамят. Особенно Жукова»: of those who do what only people do."""
    word, before = every[at], every[at - 1] if at else None
    if before is None or not word.joined or before.text.casefold() not in _ESPECIALLY:
        return False
    person = (word.part.surname or word.part.adjective) and not word.text.isupper()
    if not person or (word.part.cases and not word.part.may("nomn")):
        return False
    return any(_DEEDS.fullmatch(one.text.casefold()) for one in every[max(0, at - _BACK) : at])


def shouted(text: str, every: Sequence[Word], at: int) -> bool:
    """«ИВАНЕНКО ПАРКУЕТСЯ», «У ПЕТРОВА ИЗ 9 КВАРТИРЫ»: among capitals only a sure surname beside
    its verb or its home is trusted."""
    word = every[at]
    if len(word.text) > 3 and word.part.cases and _FROM_HOME.match(text, word.end):
        before = every[at - 1].text.casefold() if at else ""
        return before not in roles.LIVING and not roles.is_street(before)
    sure = len(word.text) > 4 and word.part.may("nomn") and not word.part.geo
    return sure and not famous.is_famous(word.text) and acts(every, at)


def small_name(text: str, every: Sequence[Word], at: int) -> bool:
    """«я рустам», «позовите ольгу»: a name that is no other word, and no street's."""
    word, before = every[at], every[at - 1] if at else None
    part = word.part
    named = before is not None and before.text.casefold() in {"зовут", "звать"}
    if named and word.joined and part.name:
        return True
    if (
        len(word.text) < 4
        or not part.name
        or part.ordinary
        or part.geo
        or roles.is_street(word.text)
    ):
        return False
    if before is not None and before.text.casefold() in _SELF and word.joined:
        return True
    given = part.known and words.may_be_given(word.text)
    low = word.text.casefold()
    sure = given or (is_short_name(low) and endings.is_diminutive(low))
    return sure and before is not None and not _is_streets(text, every, at)


def _is_streets(text: str, every: Sequence[Word], at: int) -> bool:
    """The words around a name in small letters say that a place bears it."""
    word, before = every[at], every[at - 1]
    after = every[at + 1] if at + 1 < len(every) else None
    if after is not None and after.joined and (roles.is_street(after.text) or after.part.surname):
        return True
    if roles.is_named(before.text) or roles.is_street(before.text) or word.opens:
        return True
    where = before.text.casefold() in roles.LIVING | _WHERE
    return where or _NUMBER.match(text, word.end) is not None


def has_house(text: str, end: int) -> bool:
    """A house number follows: «Садовая, 5»."""
    return _HOUSE.match(text, end) is not None


def is_pair(every: Sequence[Word], at: int) -> bool:
    """Both of «Ольга и Сергей»: names in one case, joined by «и»."""
    return any(
        _named(every, at, other, between) for other, between in ((at + 2, at + 1), (at - 2, at - 1))
    )


def _named(every: Sequence[Word], at: int, other: int, between: int) -> bool:
    if not 0 <= other < len(every) or every[between].text not in {"и", "с", "да"}:
        return False
    last = every[max(at, other)]
    if not (every[between].joined and last.joined):
        return False
    one, two = every[at].part, every[other].part
    if not (one.capital and two.capital and one.name and two.name):
        return False
    both = {c.split()[0] for c in one.cases} & {c.split()[0] for c in two.cases}
    sure = not one.geo and not two.geo and not (one.ordinary and two.ordinary)
    return sure and ("nomn" in both or not (one.cases and two.cases))


def named_as(every: Sequence[Word], at: int) -> bool:
    """«По имени Нурбол»."""
    return (
        at > 1
        and every[at - 1].text.casefold() == "имени"
        and every[at - 2].text.casefold() in {"по", "под", "от"}
    )
