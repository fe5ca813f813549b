"""Obscene and insulting words, also behind stars, Latin letters, digits and spaces.

A lexicon of roots bound to the beginning of a word, so that «употреблять» and «страхуй» stay calm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LATIN = str.maketrans(
    "aceopxykmthbui306@ё", "асеорхукмтнвииз0баe".replace("e", "е").replace("0", "о")
)
_BEGIN, _END = r"(?<![\w*@#])", r"(?![\w*@#])"
_WORDS = (
    r"(?:на|по|ни|до|о|за|а)?ху(?:й|йн|ев|ел|еть|я|и|ю|йло|йня)[а-я]*",
    r"(?:от|на|с|вы|под|рас|за|при|у)?п[ие]зд(?:[аеуыоя]|ец|ит|юл|ан)[а-я]*",
    (
        r"(?:за|вы|на|по|под|до|от|у|съ|въ|объ|разъ|разь|изъ)?еб(?:а[тнлшщ]|у[тчщ]|л[аои]|н[уы]|ет"
        r"|ан|ло|ырь|ищ)[а-я]*"
    ),
    r"долбоеб[а-я]*|заеб(?:ы[а-я]*)?|хули|епт[а-я]{0,2}|еб",
    r"бля(?:[дт]ь|д[иеяьюс][а-я]*)?",
    r"муд(?:ак|ач|озвон)[а-я]*|г[ао]ндон[а-я]*|пид[оа]р[а-я]*",
    r"сука|сукин[а-я]{0,2}|сучар[а-я]+|(?:на)?хер(?:ня|ню|ней|ни|ово|овы[а-я]+)?",
    r"говн[а-я]+|дерьм[а-я]+|жоп[а-я]+|ублюд[а-я]+|мраз[ьи]|сволоч[а-я]*|подон(?:ок|ки|ков)",
    r"идиот[а-я]*|тварь|твар(?:и|ей|ям)|урод(?:ы|ов|ам)?|суки|шлюх[а-я]*|дебил[а-я]*|кретин[а-я]*|гнид[а-я]+",
    (
        r"х[*#]{1,2}[йяюе][а-я]*|п[*#]{2,4}ц|п[*#]зд[а-я]*|бл[*#]{1,2}[ьт]?|е[*#][а-я]{1,6}|су[*#]а"
        r"|с[*#]ка|х[*#]{2,3}н?я?"
    ),
)
_WORD = re.compile(_BEGIN + "(?:" + "|".join(_WORDS) + ")" + _END)
_SPACED = re.compile(r"(?<!\w)(?:\w[ .*_-]{1,2}){2,30}\w(?!\w)")
_SPACED_ROOT = re.compile(r"ху[йяюе]|хйн|пизд|п[*]зд|еба[тнл]|ебу|бля|сука")
_LATINISED = re.compile(_BEGIN + r"(?:na)?(?:hu[yi]|pizd|blya[dt]|eban|zaeb)[a-z]*" + _END)


def obscene(text: str) -> Iterator[tuple[int, int]]:
    """Positions in `text`, in order of kinds: words, words in Latin letters, spaced ones."""
    plain = _same_length(text)
    latin = plain.translate(_LATIN)
    for pattern, where in ((_WORD, latin), (_LATINISED, plain)):
        for match in pattern.finditer(where):
            if _is_word(plain[match.start() : match.end()]):
                yield match.span()
    for match in _SPACED.finditer(latin):
        letters = [at for at in range(match.start(), match.end()) if latin[at].isalpha()]
        found = _SPACED_ROOT.search("".join(latin[at] for at in letters))
        if found is not None:
            yield letters[found.start()], letters[-1] + 1


def _is_word(word: str) -> bool:
    """Something with letters of one kind or stars, no bare «6ля» of digits alone."""
    return any("а" <= sign <= "я" or sign == "ё" for sign in word) or word.isascii()


def _same_length(text: str) -> str:
    """Lower case, letter for letter, so that positions stay."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text)
