"""Which places of a name a word may take, as letters of the shapes of names."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from otklik.language.masking import roles, words
from otklik.language.masking.words import NOTHING, Part

# S surname, N name, P patronymic, I initial, U a word the dictionary lacks, E eastern surname,
# V a name as it is spoken before P, D a surname like an adjective,
# L a letter without its full stop, J two initials written as one word,
# X short capitalised word, W capitalised ordinary word, A word before «кызы», K «кызы», «оглы».
_AMBIGUOUS = "АИКОСУВЯ"
"""Words of one letter, so no initials without a full stop."""
_BODIES = frozenset(
    ("УК", "ЖК", "ДК", "ТЦ", "РФ", "АО", "ИП", "ЧП", "ОП", "СК", "БЦ", "ТК", "ДС", "ПК", "РК", "КС",
     "ТП", "МО", "ФЗ", "ГК", "ЗА", "НА", "НЕ", "ПО", "ОТ", "ДО", "ИЗ", "ВЫ", "МЫ", "НИ", "НУ", "ТО",
     "ДА", "ОН", "ТЫ", "РЖ", "ВК", "ДТ", "КП", "СП", "ГИ", "БТ", "КБ", "УЗ", "РБ", "РТ", "ЕР", "ГУ")
)  # fmt: skip
_TITLED = frozenset(("кызы", "оглы", "кизи", "угли", "уулу", "огли", "гызы", "оглу"))
_ANY: dict[str, Callable[[Part], bool]] = {
    "P": lambda part: part.patronymic,
    "S": lambda part: part.surname and (part.known or part.capital),
    "N": lambda part: part.name,
    "V": lambda part: part.spoken and part.capital and not part.patronymic,
    "D": lambda part: part.adjective and not part.surname,
}


def letters(text: str, part: Part, *, dotted: bool) -> str:
    """All that the word may be; empty for most words of a text."""
    if len(text) == 1:
        return _of_letter(text, dotted=dotted) if text.isupper() else ""
    titled = ["K"] if text.casefold() in _TITLED else []
    if part is NOTHING:
        return "".join(titled)
    found = titled + [letter for letter, fits in _ANY.items() if fits(part)]
    if len(text) < 5 and "P" in found:
        found.remove("P")
    if part.capital:
        found += _of_capital(text, part)
    return "".join(found)


@lru_cache(maxsize=200)
def _of_letter(text: str, *, dotted: bool) -> str:
    found = "I" if dotted or text not in _AMBIGUOUS else ""
    return found if text == "Я" else f"{found}L"


def _of_capital(text: str, part: Part) -> list[str]:
    found = ["E"] if part.eastern else []
    if len(text) == 2 and text.isupper() and text not in _BODIES:
        found.append("J")
    if roles.is_nobody(text):
        return found
    found.append("A")
    if (part.strange and not text.isupper()) or part.surname:
        found.append("U")
    said = words.speech(text)
    if len(text) <= 5 and said not in {"PREP", "CONJ", "VERB"}:
        found.append("X")
    if said in {"NOUN", "ADJF", "ADJS", ""}:
        found.append("W")
    return found
