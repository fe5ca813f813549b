"""Russian names in Latin letters: «Gulnara Akhmetova», «IVANOVA T.»."""

from __future__ import annotations

import re
from collections.abc import Iterator

from otklik.language.masking.spans import PERSON, Span

_FIRST = (
    r"(?i:ale(?:ks|x)(?:andra?|e[iy])|andre[iy]|anna|anastasi(?:ya|a|ia)|anton|artem|boris|denis"
    r"|dmitr(?:iy|ii|y|i)|(?:y)?e(?:katerina|lena)|evgen(?:iy|ii|y|iya|ia)|galina|gulnara|irina|inna"
    r"|igor|ivan|il'?ya|ksenia|larisa|lyudmila|marina|mari(?:ya|ia)|mikhail|nadezhda"
    r"|natal(?:'?ya|ia|i)|nikola[iy]|oleg|ol'?ga|pavel|p[ey]o?tr|roman|ruslan|serge[iy]|svetlana"
    r"|tat'?(?:yana|iana)|timur|vadim|valentina?|vasil(?:iy|y|ii)|viktor(?:iya|ia)?|vladimir"
    r"|vyacheslav|yuri[iy]|yuliya|aigul|aynur|ramil|rustam|azat|leysan|kamila|madina|zarina)"
)
_LAST = r"(?:ova?|eva?|ina?|enko|skiy|sk(?:y|aya|aia)|chuk|yan|dze|ich|ullina?|uk)"
_WORD = r"[A-Z][a-z]{2,15}"
_INITIALS = r"[A-Z]\.(?: ?[A-Z]\.)?"
_ANY = (
    rf"(?:{_INITIALS} ?)?[A-Za-z][A-Za-z]{{1,15}}"
    rf"(?: [A-Z][A-Za-z]{{2,15}}| {_INITIALS})?(?![\w.-]*@)"
)
_NAME = re.compile(
    r"(?<![\w@./])(?=[A-Z]|" + _FIRST + r")(?:"
    rf"{_WORD} {_WORD}{_LAST}|{_WORD}{_LAST} {_WORD}"
    rf"|[A-Z][A-Za-z]{{2,15}}(?i:{_LAST}) {_INITIALS}"
    rf"|{_INITIALS} ?[A-Z][A-Za-z]{{2,15}}(?i:{_LAST})"
    rf"|{_FIRST} [A-Za-z]{{3,20}}|[A-Za-z]{{3,20}} {_FIRST}"
    r"|[A-Z]{2,15}(?:OVA?|EVA?|INA?|ENKO) [A-Z]{3,15}"
    r"|[A-Z]{3,15} [A-Z]{2,15}(?:OVA?|EVA?|INA?|ENKO)"
    rf"|(?<=From: ){_ANY}|(?<=To: ){_ANY}|(?<=Regards, ){_ANY}"
    rf"|(?<=regards, ){_ANY}|(?<=Sent by ){_ANY}"
    rf"|(?<![«\"“] )(?=[A-Z]){_FIRST}(?: [A-Z]\.)?(?=[,.:;!?\n]|\s*$| [а-яё])"
    r")(?![\w@])"
)
_QUOTED = "«\"“'"


def latin_names(text: str, role: str) -> Iterator[Span]:
    for match in _NAME.finditer(text):
        if text[match.start() - 1 : match.start()] not in set(_QUOTED):
            yield Span(PERSON, match.start(), match.end(), role)
