"""Names of people in the cases that letters need."""

from __future__ import annotations

from otklik.language.lemmas import LONGEST_WORD, analyser

_FEMALE = ("вна", "чна", "шна", "кызы")
_MALE = ("ич", "оглы")


def gender_of(patronymic: str) -> str:
    """«femn», «masc», or empty when the patronymic does not tell."""
    word = patronymic.casefold()
    if word.endswith(_FEMALE):
        return "femn"
    return "masc" if word.endswith(_MALE) else ""


def dative_name(full_name: str) -> str:
    """«Иванова Мария Петровна» → «Ивановой М. П.»; what is not such a name stays as it is."""
    parts = full_name.split()
    if len(parts) != 3 or not (gender := gender_of(parts[2])):
        return full_name.strip()
    marks = "\u00a0".join(f"{part[0]}." for part in parts[1:])
    surname = "-".join(_dative(part, gender) for part in parts[0].split("-"))
    return f"{surname}\u00a0{marks}"


def _dative(surname: str, gender: str) -> str:
    """A surname the dictionary does not know as one keeps its form: better plain than wrong."""
    if len(surname) > LONGEST_WORD:
        return surname
    for parsed in analyser().parse(surname.lower()):
        if "Surn" in parsed.tag and {gender, "sing", "nomn"} <= parsed.tag.grammemes:
            changed = parsed.inflect({"datv", "sing", gender})
            return str(changed.word).capitalize() if changed else surname
    return surname
