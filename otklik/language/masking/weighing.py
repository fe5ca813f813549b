"""Whether a run of words that the tagger takes for a person is one: streets named after people,
ships, makes of cars and the first words of sentences deceive it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from otklik.language.masking import contexts, famous, nobody, places, roles, words
from otklik.language.masking.lists import pattern
from otklik.language.masking.second_reader import adjective_alone
from otklik.language.masking.tokens import Word

_DEEDS = pattern("of_deeds")
_ADDRESSED = re.compile(
    r",\s(?:а\s|ну\s)?(?:вы|ты|вас|вам|у\sвас|не\s\w+те|спасибо|соглас|поддержива|подскажите|напишите|позвоните"
    r"|ул\.|пер\.|тел|\+7|8[\s(-]?\d{3}|\d{1,2}\s(?:лет|год)|отзовитесь|приезжайте|прочтите|читайте)"
)
_ADDRESSING = re.compile(r",\s[а-яё]|[!?]")
_LIKE_SURNAME = re.compile(r"[оеё]в(?:а|у|ым)?$")
_WITHIN = frozenset(("в", "во", "из", "до", "имени", "им"))
_LISTED = frozenset(("и", "или", "да"))
_FAR = 6
_OBLIQUE = ("gent", "datv", "ablt", "loct", "accs")
_OF_WOMAN = re.compile(r"(?:[оеё]в|ин|ын|ск|цк)(?:ой|ую|у)$")


def trimmed(every: Sequence[Word], first: int, last: int) -> tuple[int, int]:
    """The run without words at its ends that name nobody: «Напишите Шамилю», «Пёс Барсик»."""
    while first < last and _is_aside(every[first]):
        first += 1
    while first < last and not (every[last - 1].part.capital or len(every[last - 1].text) == 1):
        last -= 1
    return first, last


def is_person(text: str, every: Sequence[Word], first: int, last: int) -> bool:
    """Whether the words from `first` up to `last` name a living person."""
    run = every[first:last]
    if not run or places.quoted(text, run) or any(_is_thing(word) for word in run):
        return False
    if places.street_after(text, run) or contexts.has_house(text, run[-1].end):
        return _calls_itself(run)
    named = [word for word in run if len(word.text) > 1]
    if len(named) == 0:
        return False
    if len(named) == 1:
        return _one_word(text, every, first, last, named[0])
    return _several(text, every, first, named)


def _is_aside(word: Word) -> bool:
    part = word.part
    if not part.capital and len(word.text) > 1:
        return True
    if part.name or part.surname or part.patronymic or part.strange or len(word.text) == 1:
        return False
    return words.speech(word.text) not in {"NOUN", "ADJF", "ADJS"} or roles.is_nobody(word.text)


def _is_thing(word: Word) -> bool:
    low = word.text.casefold()
    if nobody.is_thing(low):
        return True
    if "-" in low and any(roles.is_named(piece) for piece in low.split("-")):
        return True
    return roles.is_street(low) or roles.is_named(low) or roles.is_title(low)


def _calls_itself(run: Sequence[Word]) -> bool:
    """Beside a number or «улица» stands a street, unless the name can be no genitive."""
    named = [word for word in run if len(word.text) > 1]
    return len(named) > 1 and all(word.part.nominative_person for word in named)


def _one_word(text: str, every: Sequence[Word], first: int, last: int, word: Word) -> bool:
    """One word, with initials or without them."""
    at = every.index(word, first, last)
    if _is_nobody(every, at):
        return False
    if every[first].opens and last - first == 1:
        return _opening(text, every, first)
    where = _is_where(every, first) and last - first == 1
    if where or _belongs(every, first) or _is_honoured(every, first):
        return False
    return _may_be_borne(every, at)


def _is_nobody(every: Sequence[Word], at: int) -> bool:
    word = every[at]
    if word.text.isupper() or famous.is_famous(word.text) or nobody.is_no_one(every, at):
        return True
    return word.part.adjective and not adjective_alone(every, at)


def _may_be_borne(every: Sequence[Word], at: int) -> bool:
    """As a name: whatever is no other word, and those other words that are surnames."""
    word, part = every[at], every[at].part
    if part.name or part.patronymic:
        return not (part.ordinary and part.surname) or _living(every, at)
    if part.surname:
        return not part.ordinary or _living(every, at)
    if part.geo:
        return False
    said = words.speech(word.text)
    if part.ordinary and said == "ADJF":
        return word.text.endswith(("ых", "их")) and _is_plural_surname(every, at)
    return not part.ordinary or said in {"ADJS", "PRTS"} or words.is_someone(word.text)


def _living(every: Sequence[Word], at: int) -> bool:
    """An ordinary word borne as a surname."""
    word = every[at]
    if not word.part.may("nomn") or _LIKE_SURNAME.search(word.text):
        return True
    if word.text.endswith(("ых", "их")):
        return _is_plural_surname(every, at)
    return contexts.acts(every, at) or words.is_someone(word.text)


def _is_told(text: str, every: Sequence[Word], at: int) -> bool:
    """«Карнут обещал», «Турал, вы правы», «Бохо, ул. Садовая», «Игрек, 45 лет»: what only people
    do, or are."""
    if _ADDRESSED.match(text, every[at].end):
        return True
    for word in every[at + 1 : at + 4]:
        if not word.joined or word.opens:
            return False
        if _DEEDS.fullmatch(word.text.casefold()):
            return words.one_does(word.text) or words.feminine_past(word.text)
        if words.speech(word.text) not in {"PRCL", "ADVB", "PREP", "NPRO"}:
            return False
    return False


def _is_plural_surname(every: Sequence[Word], at: int) -> bool:
    """«Черных обещает», not «Черных лесов»."""
    after = every[at + 1] if at + 1 < len(every) else None
    return after is None or not after.joined or words.speech(after.text) not in {"NOUN", "ADJF"}


def _opening(text: str, every: Sequence[Word], at: int) -> bool:
    """The first word of a sentence begins with a capital whatever it is."""
    word = every[at]
    part = word.part
    if part.may("voct") and _ADDRESSING.match(text, word.end):
        return True
    if part.strange and not part.geo and _is_told(text, every, at):
        return True
    if not (part.name or part.surname or part.patronymic) or part.geo:
        return False
    if part.may("datv masc") and not part.may("nomn", "gent"):
        return True
    if part.ordinary or not part.may("nomn"):
        return False
    tail = text[word.end : word.end + 2]
    return tail[:1] in {",", ".", "!"} or contexts.acts(every, at)


def _is_where(every: Sequence[Word], at: int) -> bool:
    """«На Титова», «между Щепкина и Запольной», «в Покровке и Антоновке»."""
    for back in range(at - 1, max(-1, at - 1 - _FAR), -1):
        low = every[back].text.casefold()
        if low in roles.LIVING or low in _WITHIN:
            complaint = back > 0 and roles.is_complaint(every[back - 1].text)
            return not complaint
        if not (low in _LISTED or every[back].part.capital) or every[back + 1].opens:
            return False
    return False


def _belongs(every: Sequence[Word], at: int) -> bool:
    """«Картины Петрова-Водкина», «с аллеи Пахмутовой»: a thing is named after somebody."""
    word, before = every[at], every[at - 1] if at else None
    if before is None or not word.joined or word.opens or before.part.capital:
        return False
    if word.part.nominative_person or (word.part.cases and not word.part.may("gent")):
        return False
    if words.speech(before.text) != "NOUN" or words.is_someone(before.text):
        return False
    return not contexts.is_owned(before.text) and not roles.role_of(before.text)


def _is_honoured(every: Sequence[Word], at: int) -> bool:
    """«Имя космонавта Леонова», «маршал Жуков»."""
    before = every[at - 1] if at and every[at].joined else None
    return before is not None and roles.is_title(before.text) and not before.role


def _several(text: str, every: Sequence[Word], first: int, named: Sequence[Word]) -> bool:
    person = any(w.part.name or w.part.surname or w.part.patronymic for w in named)
    if not person or any(word.text.isupper() for word in named):
        return False
    if any(word.part.patronymic for word in named[1:]):
        return True
    if _are_famous(named):
        return False
    if named[0].part.surname and named[-1].part.name and not named[-1].part.surname:
        return True
    genitive = all(w.part.may("gent", "accs", "datv") or not w.part.cases for w in named)
    if genitive and (_is_where(every, first) or _belongs(every, first)):
        return False
    sure = any(word.part.name or word.part.strange for word in named)
    return sure and (not (named[0].opens and named[0].part.ordinary) or _signs(named))


def _are_famous(named: Sequence[Word]) -> bool:
    one, two = named[0].text, named[-1].text
    if famous.is_famous_pair(one, two) or famous.is_famous_pair(two, one):
        return True
    return any(famous.is_famous(word.text) for word in named)


def _signs(named: Sequence[Word]) -> bool:
    """«Кривошей Глафира»: a noun that opens a line beside a name in the nominative."""
    name = named[-1].part
    return words.is_subject(named[0].text) and name.name and name.may("nomn")
