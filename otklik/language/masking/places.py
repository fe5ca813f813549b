"""Whether a name is a street's, a school's or a ship's, not a living person's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from otklik.language.masking import famous, nobody, roles, words
from otklik.language.masking.contexts import named_as
from otklik.language.masking.shapes_of_names import run_at
from otklik.language.masking.tokens import Word

_NUMBER_AFTER = re.compile(
    r"[ \t\u00a0,]{0,3}(?:(?:№|д(?:ом)?\.?)[\s№]{0,2})?\d{1,3}"
    r"(?:\s?[а-яА-Я]\b|[\s,./!?;:-]|\)\s?\S|$)"
)
_NOT_HOUSE = re.compile(
    r"\W{0,3}\d{1,3}\s?(?:лет|год|раз|час|минут|день|дн|ч\b|мин|чел|июн|июл|январ|феврал|март|апрел|ма[яй]|август|сент|окт|нояб|дек|руб|-\d\d-\d\d|\.\d{1,2}\.\d|\d\d)"
)
_QUOTES = {"«": "»", '"': '"', "“": "”", "„": "“", "`": "`", "‘": "’"}
_NEAREST = 3
_SHOP = re.compile(
    r"(?:магазин|кафе|аптек|салон|бар|ресторан|гостиниц|пансионат|санатори|лагер|сад|садик|бан|саун|ателье|киоск"
    r"|пекарн|тц|трц|жк|кинотеатр|клуб|отел|фонтан|столов|парикмахерск|бассейн|детсад|турбаз|баз)\w{0,3}"
)
_OWNER = re.compile(r"хозя|владел|продав|арендатор")


def named_after(text: str, every: Sequence[Word], at: int) -> int:
    """How many words from `at` are a name that the place spoken of just before bears."""
    kind = _marker(text, every, at)
    if not kind or named_as(every, at):
        return 0
    size = 0
    while at + size < len(every) and roles.is_title(every[at + size].text):
        size += 1
    first = at + size
    while first < len(every) and every[first].initial:
        first += 1
    if first > at + size:
        return first + 1 - at
    return size + (_bearing(every, first, kind, size) if first < len(every) else 0)


def _bearing(every: Sequence[Word], first: int, kind: str, titles: int) -> int:
    """How much of the name from `first` the place bears."""
    person, shape = run_at(every, first)
    run = every[first : first + person]
    if kind == "loose" and _is_shop(every, first):
        return person or 1
    if kind == "loose" and not titles and not _honours(run or [every[first]], shape):
        return 0
    if "P" in shape and kind != "street" and not _honours(run, shape):
        return 0
    if kind != "short" and any(word.part.nominative_person for word in run):
        return 0
    if person and run_at(every, first + 1)[0] > person - 1:
        # «ул. Ленина Иванова Мария Петровна»: the name's owner begins after the street.
        return 1
    return person or 1


def _is_shop(every: Sequence[Word], first: int) -> bool:
    """«У магазина Светлана», «кафе Марина»: a woman's name in no case is on the sign."""
    word, before = every[first], every[first - 1]
    alone = first + 1 >= len(every) or not (
        every[first + 1].joined and every[first + 1].part.capital
    )
    sign = word.part.name and word.part.nominative_person and alone
    return bool(sign and word.joined and _SHOP.fullmatch(before.text.casefold()))


def goes_on(text: str, every: Sequence[Word], at: int, place_end: int) -> int:
    """«Улицы Ленина и Косухина», «собор Петра и Павла»: the second name is a place's as well."""
    if every[at].part.nominative_person or not every[at].part.may("gent"):
        return 0
    before = every[at - 1] if at else None
    if before is not None and before.text == "и" and place_end == at - 1:
        size, shape = run_at(every, at)
        return 0 if "P" in shape else size or 1
    return 0


def _honours(run: Sequence[Word], shape: str) -> bool:
    """After «школа», «парк» a name is the place's when it is in the genitive or in no case."""
    if "P" in shape and not famous.is_famous_pair(run[0].text, run[-1].text):
        return False
    return all(word.part.may("gent", "datv") or not word.part.cases for word in run)


def _marker(text: str, every: Sequence[Word], at: int) -> str:
    """A word of places stands right before: «ул.», «площадь имени»; «loose» is «школа», «парк»,
    «short» is «д.», «с.»."""
    if not at or every[at].start - every[at - 1].end > _NEAREST:
        return ""
    before, word = every[at - 1], every[at]
    if any(sign in text[before.end : word.start] for sign in ",\n:-"):
        return ""
    if roles.is_street(before.text):
        known = roles.is_title(word.text) or word.part.surname or word.part.name
        return "street" if known or word.text[:1].isupper() else ""
    if not word.text[:1].isupper():
        return ""
    if before.dotted and roles.is_short_settlement(before.text):
        return "short"
    return _loose(every, at)


def _loose(every: Sequence[Word], at: int) -> str:
    before = every[at - 1]
    settlement = roles.is_settlement(before.text)
    named = roles.is_named(before.text) and not (before.dotted and len(before.text) > 3)
    if not (settlement or named) or _institution_of_role(every, at):
        return ""
    return "short" if settlement else "loose"


def _institution_of_role(every: Sequence[Word], at: int) -> bool:
    """«Директор школы Сидорова», unless the school itself is Gagarin's."""
    if famous.is_famous(every[at].text):
        return False
    for back in range(at - 2, max(-1, at - 4), -1):
        before = every[back].text
        if roles.role_of(before) in {roles.OFFICIAL, roles.STAFF} or _OWNER.match(
            before.casefold()
        ):
            return True
        if every[back + 1].opens:
            return False
    return False


def is_place(text: str, every: Sequence[Word], at: int, size: int, shape: str, role: str) -> bool:
    """«Карла Маркса, 5», «Павлова улица», «Льва Толстого»: the name stands for a place."""
    run = every[at : at + size]
    if quoted(text, run) or _is_famous_run(run, shape) or nobody.begins(run):
        return True
    if "P" in shape or role or _surname_first(run, shape):
        return False
    if shape.count("I") > 1 and not run[-1].initial:
        street = beside_number(text, run[-1]) or _where(every, at)
        return street and run[-1].part.may("gent") and not run[0].opens
    if "I" in shape and (run[-1].initial or not run[-1].part.may("gent")):
        return False
    return _is_where(text, every, at, run)


def _is_where(text: str, every: Sequence[Word], at: int, run: Sequence[Word]) -> bool:
    """In the genitive, or in no case, beside what tells of a place."""
    named = [word for word in run if not word.initial]
    if not all(word.part.may("gent") for word in named) or named[-1].part.nominative_person:
        # «На Заки Валиди».
        fixed = all(word.part.may("gent") or not word.part.cases for word in named)
        return fixed and len(named) > 1 and _where(every, at)
    if _of_named(every, at) or street_after(text, run):
        return True
    return beside_number(text, run[-1]) or _where(every, at)


def _surname_first(run: Sequence[Word], shape: str) -> bool:
    """«На Цыбулько Яна»: a street bears the name before the surname."""
    return shape == "SN" and not run[0].part.name and not run[1].part.surname


def _is_famous_run(run: Sequence[Word], shape: str) -> bool:
    if "I" in shape:
        surname = next((word for word in run if not word.initial and not word.lone_letter), run[0])
        initials = [word.text for word in run if word is not surname]
        # A namesake signs with initials behind; a street bears them in front.
        return (
            not run[-1].initial
            and surname.part.may("gent", "datv")
            and not surname.part.nominative_person
            and famous.is_famous_initial(initials[0], surname.text)
        )
    if len(run) != 2:
        return False
    one, two = run[0].text, run[1].text
    return famous.is_famous_pair(one, two) or famous.is_famous_pair(two, one)


def quoted(text: str, run: Sequence[Word]) -> bool:
    """«Михаил Ульянов» in quotation marks is a ship or a shop."""
    before = text[max(0, run[0].start - 25) : run[0].start]
    for opening, closing in _QUOTES.items():
        place = before.rfind(opening)
        if place >= 0 and closing not in before[place + 1 :] and "\n" not in before[place:]:
            return closing in text[run[-1].end : run[-1].end + 25]
    return False


def beside_number(text: str, word: Word) -> bool:
    tail = text[word.end : word.end + 24]
    return _NUMBER_AFTER.match(tail) is not None and _NOT_HOUSE.match(tail) is None


def street_after(text: str, run: Sequence[Word]) -> bool:
    following = re.match(r"\W{1,3}([а-яё-]+)", text[run[-1].end : run[-1].end + 24])
    return following is not None and roles.is_street(following.group(1)) and len(following[1]) > 2


def _of_named(every: Sequence[Word], at: int) -> bool:
    """«Дворец спорта Ивана Ярыгина»."""
    if at < 2 or not (every[at].joined and every[at - 1].joined):
        return False
    before = every[at - 1].text
    told = words.speech(before) == "NOUN" and not words.is_someone(before)
    return told and not every[at - 1].part.capital and roles.is_named(every[at - 2].text)


def _where(every: Sequence[Word], at: int) -> bool:
    """«На Софьи Ковалевской», «до Юрия Гагарина»: where, not who."""
    if not at or every[at].opens or not every[at].joined:
        # «Пишите на a@b.ru. Крылова Елена».
        return False
    before = every[at - 1].text.casefold()
    complaint = at > 1 and roles.is_complaint(every[at - 2].text)
    return before in roles.LIVING and not complaint
