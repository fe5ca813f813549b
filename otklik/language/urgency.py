"""Words that ask for haste or for care: threat to life, children, outages, obscenity, corruption.

A phrase is a run of lemmas; other words, but no comma, may stand between them, and a negation
before it cancels it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from otklik.language.lemmas import LONGEST_WORD, lemma
from otklik.language.sentences import sentences

MAX_CHARS = 6000
GAP = 2
"""How many other words may stand between two words of a phrase."""


class Alarm(StrEnum):
    LIFE = "life"
    CHILDREN = "children"
    OUTAGE = "outage"
    OBSCENITY = "obscenity"
    CORRUPTION = "corruption"

    @property
    def words(self) -> str:
        return _TITLES[self]


@dataclass(frozen=True, slots=True)
class Raised:
    """`words`: what in the text raised the alarm, as written there, at most `MOST_WORDS`."""

    alarm: Alarm
    words: tuple[str, ...]


MOST_WORDS = 5
_TITLES = {
    Alarm.LIFE: "угроза жизни и здоровью",
    Alarm.CHILDREN: "дети",
    Alarm.OUTAGE: "отключение",
    Alarm.OBSCENITY: "брань",
    Alarm.CORRUPTION: "коррупция",
}
# One phrase a line; «a|b» are words of which any will do.
_PHRASES = {
    Alarm.LIFE: """
        угроза|опасность|риск жизнь|здоровье|обрушение|взрыв|пожар
        угрожать|опасный жизнь|здоровье
        погибнуть|умереть|погибать|умирать
        пострадать|травмировать|травма|увечье
        сбить человек|пешеход|ребенок|женщина|мужчина|бабушка
        ударить|убить|бить ток
        запах|пахнуть|утечка|вонять газ
        оголить|оголенный|оборвать|оборванный|искрить|висеть провод|кабель
        провод искрить|оборвать|лежать|оголить|оголенный
        обрушиться|рухнуть|обвалиться|обвал|обрушение
        рушиться|падать потолок|балкон|крыша|стена|фасад
        потолок|балкон|крыша|стена рушиться|обрушиться|упасть|падать
        пожар|возгорание|задымление|загореться|взрыв|взорваться
        напасть|покусать|искусать|укусить|укус|кусать собака|человек|ребенок|я|он|она
        собака напасть|покусать|искусать|укусить|кусать|бросаться
        открытый|открыть люк|колодец
        провалиться|упасть|угодить люк|колодец|яма
        тонуть|утонуть|захлебнуться
        самоубийство|суицид|повеситься
        отравиться|отравление
        скорый не|нельзя приехать|проехать|подъехать|добраться
        замерзать|замерзнуть дом|квартира|люди|человек|дети|ребенок|старик
        аварийный дом|дерево|состояние
        """,
    Alarm.CHILDREN: """
        ребенок|дети|детишки|малыш|младенец|грудничок|школьник|школьница|дошкольник|подросток|детвора
        детский площадка|сад|садик|поликлиника|больница|лагерь|городок
        детсад|многодетный|первоклассник|несовершеннолетний
        """,
    Alarm.OUTAGE: """
        нет|отсутствовать|пропасть|исчезнуть|отсутствие свет|вода|отопление|газ|тепло|интернет
        нет|отсутствовать|пропасть|отсутствие электричество|электроэнергия|водоснабжение
        нет|отсутствовать|пропасть сотовый|мобильный|телефонный связь
        без свет|вода|отопление|газ|электричество|тепло
        отключить|отключать|отключение|отрубить|вырубить|выключить свет|вода|отопление|газ
        отключить|отключать|отключение|отрубить электричество|электроэнергия|тепло|подача
        свет|вода|отопление|газ|тепло нет|отключить|отключать|пропасть|отсутствовать|вырубать
        электричество|электроэнергия нет|отключить|отключать|пропасть|отсутствовать|вырубать
        прорвать|прорыв|порыв|лопнуть труба|трубопровод|водопровод|теплотрасса
        труба|водопровод|теплотрасса прорвать|лопнуть|порвать
        батарея|радиатор холодный|холодное|ледяной
        холодный|холодное|ледяной батарея|радиатор
        обесточить|обесточенный|блэкаут
        """,
    Alarm.CORRUPTION: """
        взятка|взяточник|взяточничество|взяточница|мздоимство
        откат|откатить|распил|распилить деньга|бюджет|тендер|конкурс|подряд|дорога|чиновник
        коррупция|коррупционер|коррупционный|коррумпированный
        вымогать|вымогательство|вымогатель
        украсть|разворовать|своровать|присвоить|прикарманить|воровать деньга|бюджет|средство|миллион
        деньга|бюджет|средство|миллион украсть|разворовать|своровать|присвоить|прикарманить
        кумовство|казнокрад|казнокрадство
        конфликт интерес
        хищение|растрата|превышение полномочие
        злоупотребление|злоупотреблять должностной|полномочие|служебный|власть
        """,
}  # fmt: skip
_NOT = frozenset(("не", "ни"))
_WORD = re.compile(r"[А-Яа-яЁё]+(?:-[А-Яа-яЁё]+)*|\d+|[,;:()]")
_PAUSE = ","
_ANY = r"[а-яё*@#.]"
_OBSCENE = re.compile(
    r"(?<![\w*@#])(?:"
    r"(?:на|по|ни|до|о|за|а)?ху(?:й|йн|ев|ёв|ел|ёл|еть|я|и|ю|йло|йня)[а-яё]*"
    r"|(?:от|на|с|вы|под|рас|за|при|у)?п[ие]зд(?:[аеуыоя]|ец|ит|юл|ан)[а-яё]*"
    r"|(?:за|вы|на|по|под|до|от|у|съ|въ|объ|разъ|долбо|разь|изъ)?[её]б(?:а[тнлшщ]|у[тчщ]|л[аои]|н[уы]|ёт|ет|ан|ло|ырь)[а-яё]*"
    r"|бля(?:[дт]ь|д[иеяьюс][а-яё]*)?"
    r"|муд(?:ак|ач|озвон)[а-яё]*|г[ао]ндон[а-яё]*|пид[оа]р[а-яё]*"
    r"|(?:х[*@#.]{1,2}[йяюе]|п[*@#]{2,4}ц|п[*@#]зд[а-яё]*|бл[*@#]{1,2}(?:ь|т)?|[её][*@#][а-яё]{1,6}|су[*@#]а|с[*@#]ка)"
    r")(?![\w*@#])",
    re.IGNORECASE,
)

Phrase = tuple[frozenset[str], ...]


def alarms(text: str) -> list[Raised]:
    """What the text raises, in the order of `Alarm`, with the words that did; [] for calm ones."""
    found: dict[Alarm, list[str]] = defaultdict(list)
    for sentence in sentences(text[:MAX_CHARS]):
        words = [m for m in _WORD.finditer(sentence.text) if len(m.group(0)) <= LONGEST_WORD]
        forms = [_lemma(m.group(0)) for m in words]
        for at, form in enumerate(forms):
            for alarm, phrase in _index().get(form, ()):
                last = _runs(phrase, forms, at)
                if last is not None:
                    quote = sentence.text[words[at].start() : words[last].end()]
                    found[alarm].append(quote.casefold())
    found[Alarm.OBSCENITY] = [
        match.group(0).casefold() for match in _OBSCENE.finditer(text[:MAX_CHARS])
    ]
    return [
        Raised(alarm, tuple(dict.fromkeys(found[alarm]))[:MOST_WORDS])
        for alarm in Alarm
        if found[alarm]
    ]


def _runs(phrase: Phrase, forms: Sequence[str], at: int) -> int | None:
    """Where the phrase that begins at `at` ends, or None."""
    if at and forms[at - 1] in _NOT:
        return None
    last = at
    for choices in phrase[1:]:
        near = forms[last + 1 : last + 2 + GAP]
        near = near[: near.index(_PAUSE)] if _PAUSE in near else near
        following = next((last + 1 + i for i, form in enumerate(near) if form in choices), None)
        if following is None:
            return None
        last = following
    # «угрозы нет» and «не угрожает» are calm, «света нет» is the alarm itself.
    calm = last + 1 < len(forms) and forms[last + 1] == "нет" and "нет" not in phrase[-1]
    return None if calm and len(phrase) > 1 and phrase[0] & _threats() else last


def _lemma(word: str) -> str:
    if not word[:1].isalnum():
        return _PAUSE
    return lemma(word.casefold().replace("ё", "е"))


@lru_cache(maxsize=1)
def _threats() -> frozenset[str]:
    return frozenset(_lemma(word) for word in ("угроза", "опасность", "риск"))


@lru_cache(maxsize=1)
def _index() -> dict[str, list[tuple[Alarm, Phrase]]]:
    """Phrases by each of their first lemmas; both sides pass through the same dictionary."""
    index: dict[str, list[tuple[Alarm, Phrase]]] = defaultdict(list)
    for alarm, lines in _PHRASES.items():
        for line in lines.strip().splitlines():
            phrase = tuple(
                frozenset(_lemma(word) for word in choice.split("|")) for choice in line.split()
            )
            for first in phrase[0]:
                index[first].append((alarm, phrase))
    return dict(index)
