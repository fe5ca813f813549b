"""Whether a lone surname, name or patronymic is a person at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from otklik.language.masking import contexts, endings, famous, nobody, places, roles, words
from otklik.language.masking.given import is_rare_name, is_virtue
from otklik.language.masking.tokens import Word

_OF_PLACE = re.compile(
    r"район|област|округ|сельсовет|поселен|больниц|рэс|муниципальн|городск|сельск|отдел|управлен"
    r"|комитет|школ|дом|црб|фап",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(r"(?:ск|цк|н)(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ые|ых)$")
_FIXED = re.compile(r"(?:енко|чук|[^аеиоуыэюя]юк|швили|[аи]дзе|[дзрлсткнм]янц?)$")
_MAY_BE_GENITIVE = re.compile(r"(?:[оеё]ва|ина|ына|ого|ой|и|ы)$")
_CALL_AFTER = re.compile(r"[\s,:]{1,3}(?:тел\.?\s?)?[+(]{0,2}\d(?:[\s()-]{0,2}\d){8}")
# «Ислам, 7 лет».
_AGED = re.compile(r",? \d{1,2} (?:лет|год(?:а|ик)?|мес)")
_FAMILY = frozenset(("семья", "семьи", "семье", "семью", "семьёй", "семьей"))
_WHERE = roles.LIVING | {"из", "в", "во"}
_TRUSTED = roles.TOWARDS - {"от", "с", "со"}


def alone(text: str, every: Sequence[Word], at: int, role: str) -> bool:
    """A single word: a surname after «сосед», a name anywhere, a patronymic with a capital."""
    word = every[at]
    if contexts.named_as(every, at):
        return word.part.capital
    nothing = not (role or _may_be_personal(word)) or _too_short(text, word)
    if nothing or places.quoted(text, [word]) or nobody.is_no_one(every, at):
        return False
    if not word.part.capital:
        return _small(text, every, at, role)
    if _adjective_of_place(text, word) or places.street_after(text, [word]):
        return False
    if role:
        return _introduced(text, every, at, role)
    return _unannounced(text, every, at)


def _may_be_personal(word: Word) -> bool:
    part = word.part
    personal = part.surname or part.name or part.patronymic or part.adjective
    return personal or not part.capital


def _too_short(text: str, word: Word) -> bool:
    """«ВОВ» is no Вова."""
    short = len(word.text) < 3 and not word.part.eastern
    return short or (word.text.isupper() and len(word.text) < 4 and not text[:40].isupper())


def _unannounced(text: str, every: Sequence[Word], at: int) -> bool:
    """Nothing before says that a person is named."""
    word = every[at]
    called = word.part.surname and _CALL_AFTER.match(text, word.end)
    if called or contexts.singled_out(every, at):
        return True
    if word.part.patronymic and word.part.known:
        return not places.beside_number(text, word)
    if word.part.name and _name_by_surroundings(text, every, at):
        return True
    if _by_surroundings(text, every, at):
        return True
    if word.part.name and _sure_name(every, at):
        return _name_alone(text, every, at)
    return word.part.surname and _surname_alone(text, every, at)


def _name_by_surroundings(text: str, every: Sequence[Word], at: int) -> bool:
    thanked = at > 0 and every[at].joined and roles.is_thanks(every[at - 1].text)
    if _AGED.match(text, every[at].end) and not every[at].text.isupper():
        return True
    return thanked or contexts.is_pair(every, at) or contexts.signs(text, every, at)


def _by_surroundings(text: str, every: Sequence[Word], at: int) -> bool:
    word = every[at]
    part = word.part
    if not part.surname or (part.ordinary and (not part.habit or word.opens)):
        return False
    if places.beside_number(text, word) and not part.nominative_person:
        return False
    following = _next(every, at)
    if following and following.text.casefold() in {"день", "дня", "пост", "крест", "яр"}:
        return False
    if word.text.isupper():
        return contexts.shouted(text, every, at)
    if contexts.around(text, every, at):
        return True
    quiet = not part.geo and not famous.is_famous(word.text)
    return quiet and contexts.signs(text, every, at)


def _small(text: str, every: Sequence[Word], at: int, role: str) -> bool:
    """Small letters are trusted only right after a word that introduces a person."""
    if contexts.small_name(text, every, at):
        return True
    if not role or not at or roles.role_of(every[at - 1].text) != role:
        return False
    word = every[at]
    if not word.joined and role != roles.APPLICANT:
        return False
    if roles.role_of(word.text) or word.part.ordinary:
        return False
    diminutive = word.part.strange and endings.is_diminutive(word.text)
    surname = word.part.strange and word.part.surname
    return word.part.known or surname or (diminutive and role == roles.CITIZEN)


def _introduced(text: str, every: Sequence[Word], at: int, role: str) -> bool:
    word, part = every[at], every[at].part
    shouted = word.text.isupper()
    if roles.role_of(word.text) or (shouted and len(word.text) < 5 and not part.name):
        return False
    if part.name or part.patronymic:
        return not shouted or part.known
    closest = roles.role_of(every[at - 1].text) == role if at else False
    if part.surname:
        return not _famous_place(text, every, at, closest)
    of_adjective = part.adjective and _is_surname_of(every, at) if closest else False
    if of_adjective or (closest and _is_of_family(every, at)):
        return True
    if part.strange and not shouted and (not part.geo or (closest and _one(every, at))):
        office = roles.is_named(every[at - 1].text) or every[at - 1].part.capital
        return part.guessed or ((role != roles.OFFICIAL or not closest) and not office)
    return _habitual(every, at, role, closest)


def _one(every: Sequence[Word], at: int) -> bool:
    """The word before speaks of one person, and not of where he lives."""
    before = every[at - 1].text
    return words.is_someone(before) and not before.casefold().startswith("жител")


def _is_of_family(every: Sequence[Word], at: int) -> bool:
    """«Семья Подгорных», «врач Седых принимает»."""
    word, following = every[at], _next(every, at)
    if not word.joined or not word.text.endswith(("ых", "их")):
        return False
    if following and following.joined and words.speech(following.text) in {"NOUN", "ADJF"}:
        return False
    return _one(every, at) or every[at - 1].text.casefold() in _FAMILY


def _is_surname_of(every: Sequence[Word], at: int) -> bool:
    """«Врачу Хмелевской»; not «мастер Северского участка»."""
    following = _next(every, at)
    if not _one(every, at) or not every[at].joined:
        return False
    if following and following.joined and words.speech(following.text) in {"NOUN", "ADJF"}:
        return False
    return words.agree(every[at - 1].text, every[at].text)


def _famous_place(text: str, every: Sequence[Word], at: int, closest: bool) -> bool:
    """«Жители Пирогова», «маршала Жукова»; but «воспитательница Седова» is alive."""
    word = every[at]
    if not famous.is_famous(word.text) or word.part.nominative_person:
        return False
    dash = text[every[at - 1].end : word.start].strip() in {"—", "–", "-", ":"} if at else False
    if dash or (closest and word.joined and not roles.is_title(every[at - 1].text)):
        return False
    return word.part.may("gent") or places.beside_number(text, word)


def _habitual(every: Sequence[Word], at: int, role: str, closest: bool) -> bool:
    """An ordinary word in the place of a surname: «сосед Пшеничный ставит», «фамилия Бык»."""
    word = every[at]
    if roles.is_title(word.text):
        # «Имя Героя Советского Союза».
        return False
    if closest and word.joined and not word.text.isupper() and not word.part.geo:
        before = every[at - 1]
        if words.is_noun(word.text) and words.agree(before.text, word.text):
            return not (roles.is_named(word.text) or roles.is_street(word.text))
    if closest and is_rare_name(word.text.casefold(), ordinary=False):
        return True
    if closest and every[at - 1].text.casefold() in {"фамилия", "зовут"}:
        return True
    if role == roles.APPLICANT or word.part.geo or not words.is_subject(word.text):
        return False
    following = _next(every, at)
    return bool(following and following.joined and words.speech(following.text) == "VERB")


def _next(every: Sequence[Word], at: int) -> Word | None:
    return every[at + 1] if at + 1 < len(every) else None


def _sure_name(every: Sequence[Word], at: int) -> bool:
    word, following = every[at], _next(every, at)
    if not word.part.ordinary:
        return True
    if word.text.isupper() or word.opens or not word.joined:
        return False
    title = following is not None and following.joined and following.part.capital
    return is_virtue(word.text.casefold()) and not title


def _name_alone(text: str, every: Sequence[Word], at: int) -> bool:
    word = every[at]
    if places.beside_number(text, word) and not word.part.nominative_person:
        return False
    if _is_streets(every, at):
        return False
    before = every[at - 1].text.casefold() if at and word.joined else ""
    near = before in roles.TOWARDS and words.may_be_given(word.text)
    return near or not word.part.geo or word.part.may("nomn")


def _is_streets(every: Sequence[Word], at: int) -> bool:
    """«До Олега Кошевого», «у Ильи Муромца»."""
    word, following = every[at], _next(every, at)
    if following is None or not following.joined or not following.part.capital or not at:
        return False
    where = words.speech(every[at - 1].text) == "PREP"
    return where and word.part.may("gent") and following.text.endswith(("ого", "ца", "ой"))


def _adjective_of_place(text: str, word: Word) -> bool:
    if not _ADJECTIVE.search(word.text):
        return False
    return _OF_PLACE.match(text[word.end : word.end + 14].lstrip(" ")) is not None


def _surname_alone(text: str, every: Sequence[Word], at: int) -> bool:
    word = every[at]
    part = word.part
    famed = famous.is_famous(word.text) and not (at and word.part.may("gent plur"))
    if famed or part.geo or part.ordinary or word.text.isupper():
        return False
    if places.beside_number(text, word) or not (part.known or _trusted(every, at)):
        return False
    before = every[at - 1].text.casefold() if at and word.joined else ""
    if part.may("ablt") and not part.may("gent", "nomn", "datv") and not part.adjective:
        return True
    if before in _WHERE:
        complains = before in roles.LIVING and at > 1
        return complains and roles.is_complaint(every[at - 2].text) and part.may("accs")
    if before in roles.TOWARDS:
        return _towards(text, word, before)
    return _by_form(text, every, at, before)


def _towards(text: str, word: Word, before: str) -> bool:
    """«К Петренко» is a person; «с Конарева», «от Чкалова до…» are streets."""
    if before == "от":
        return " до " not in text[word.end : word.end + 30]
    return before != "с" or word.part.may("ablt") or not word.part.may("gent")


def _by_form(text: str, every: Sequence[Word], at: int, before: str) -> bool:
    """A street bears its name in the genitive; whatever cannot be one is a person."""
    word, part = every[at], every[at].part
    if _FIXED.search(word.text) or part.nominative_person or part.may("ablt masc"):
        return True
    if before and words.is_someone(before) and not roles.is_title(before):
        return True
    dative = part.may("datv masc") and not part.may("gent")
    family = bool(before) and part.may("gent plur") and not part.may("nomn")
    if dative or family:
        return True
    return _tells(text, every, at)


def _tells(text: str, every: Sequence[Word], at: int) -> bool:
    """What follows is what a person does."""
    word, following = every[at], _next(every, at)
    if following is None:
        return False
    if word.opens and word.part.may("nomn") and not _MAY_BE_GENITIVE.search(word.text):
        return _begins_to_tell(text, word, following)
    return following.joined and words.feminine_past(following.text)


def _trusted(every: Sequence[Word], at: int) -> bool:
    """A surname by its ending alone: its surroundings must say the same."""
    word = every[at]
    before = every[at - 1].text.casefold() if at and word.joined else ""
    if before in _TRUSTED or (before and words.is_someone(before)) or _FIXED.search(word.text):
        return True
    return word.text.endswith(
        ("ов", "ев", "ёв", "овым", "евым", "ову", "еву", "овых", "евых", "овы")
    )


def _begins_to_tell(text: str, word: Word, following: Word) -> bool:
    """«Ковальчук с Ткачук поделили…», «Левченко, Гончар и…», «Остапенко опять…»."""
    if not following.joined:
        return text[word.end : following.start] == ", " and following.part.surname
    return following.text in {"и", "с"} or words.speech(following.text) in {"VERB", "ADVB", "PRCL"}
