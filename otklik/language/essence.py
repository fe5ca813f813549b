"""What a message is about in one line: the most telling sentence, its kind, object and cause.

Suggestions only, explained by the words they rest on; a person confirms. Personal data are hidden
before anything else is looked at, so none can get into a suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from otklik.language.cleaning import clean
from otklik.language.lemmas import lemmas
from otklik.language.masking import mask
from otklik.language.sentences import sentences
from otklik.language.similarity.matters import profile

LIMIT = 200
_READ = 4000
_SENTENCES = 30

_GREETING = re.compile(
    r"^(?:\W*(?:здравствуйте|добрый (?:день|вечер)|доброе утро|доброго времени суток|приветствую"
    r"|уважаем\w+(?: [^\s,.!]+){0,6}?(?=[,.!])))[\s,.!—-]*",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:хочу (?:сообщить|пожаловаться|обратить внимание)(?: вам)?(?: на то)?|сообщаю(?: вам)?"
    r"|довожу до (?:вашего )?сведения|обращаюсь к вам (?:с просьбой|по вопросу)"
    r"|пишу вам(?: по поводу)?|дело в том)[\s,:—-]*(?:что[\s,:—-]+)?",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"^(?:с уважением|заранее (?:спасибо|благодар)|спасибо|жду ответа|прошу (?:разобраться"
    r"|принять меры|ответить)|надеюсь|на ваш\w* усмотрение|подпись|дата|тел)\b",
    re.IGNORECASE,
)
_TROUBLE = re.compile(
    r"\b(?:нет|не работа|не вывоз|не убира|не чист|не ходит|не гор|не топ|яма|ям[ыу]|прорв|теч[её]т"
    r"|протека|сломан|разбит|обруш|упал|отключ|гряз|мусор|свалк|запах|воня|холодн|темно|опасн"
    r"|затопил|провал|авари|сыплется|гниёт|ржав|не открыва|закрыли|задерж|опазд)\w*",
    re.IGNORECASE,
)
_WISH = re.compile(r"\b(?:прош[уи]|просим|требу[юе]|предлага|необходимо|нужн|почините|сделайте)")
_CLAUSE = re.compile(r"[,;:—–]\s|\s[—–-]\s|\s(?:и|но|а|так как|потому что|чтобы)\s")

KINDS = {
    "thanks": r"спасибо|благодар\w+|признательн\w+",
    "complaint": r"жалоб\w*|жалуюсь|бездейств\w+|отписк\w+|хам(?:ят|ит|ство|ски)\w*|возмущ\w+"
    r"|безобраз\w+|недовол\w+|нарушают мои права",
    "proposal": r"предлага(?:ю|ем)|предложени[ея]|было бы (?:хорошо|здорово|неплохо)|хорошо бы"
    r"|почему бы не|давайте",
    "asking": r"подскажите|скажите,|хотел\w* (?:бы )?(?:узнать|уточнить)|интересует|разъясните"
    r"|можно ли|каким образом|куда (?:мне )?обратиться",
    "request": r"прошу|просим|просьб\w+|пожалуйста|помогите|требу(?:ю|ем)|примите меры",
    "question": r"\?\s*$|\?\s",
    "fact": r"сообща(?:ю|ем)|довожу до сведения|информиру\w+|обратите внимание",
}
_KINDS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in KINDS.items()}

_NUMBER = r"(?:\s*(?:№\s*)?\d{1,4})?(?:\s*«[^»]{2,60}»|\s*\"[^\"]{2,60}\")?"
_OBJECTS: tuple[tuple[str, str, str], ...] = (
    ("landmark", "детский сад", r"детск\w{2,3} сад\w*"),
    ("landmark", "школа", r"школ[аыеу]|школой|гимнази\w+|лице[йя]\w*"),
    ("landmark", "больница", r"больниц\w+"),
    ("landmark", "поликлиника", r"поликлиник\w+"),
    ("landmark", "фельдшерский пункт", r"фап(?:а|е|у)?\b|фельдшерск\w+ пункт\w*"),
    ("landmark", "дом культуры", r"дом\w* культуры|\bдк\b"),
    ("landmark", "остановка", r"остановк\w+|остановочн\w+ павильон\w*"),
    ("landmark", "контейнерная площадка", r"контейнерн\w+ площадк\w+|мусорн\w+ площадк\w+"),
    ("landmark", "детская площадка", r"детск\w+ площадк\w+|игров\w+ площадк\w+"),
    ("landmark", "кладбище", r"кладбищ\w+"),
    ("landmark", "парк", r"парк[аеу]?\b|парком\b"),
    ("landmark", "сквер", r"сквер\w*"),
    ("landmark", "мост", r"мост(?:а|у|ом|ик\w*)?\b|на мосту"),
    ("landmark", "пляж", r"пляж\w*"),
    ("landmark", "библиотека", r"библиотек\w+"),
    ("landmark", "почта", r"отделени\w+ почты|почтов\w+ отделени\w+"),
    ("network", "водопровод", r"водопровод\w*|водонапорн\w+ башн\w+|водоразборн\w+ колонк\w+"),
    ("network", "теплотрасса", r"теплотрасс\w+|теплосет\w+"),
    ("network", "котельная", r"котельн\w+"),
    ("network", "канализация", r"канализаци\w+|ливн[её]вк\w+|канализационн\w+"),
    ("network", "газопровод", r"газопровод\w*|газов\w+ труб\w+"),
    ("network", "линия электропередачи", r"линии? электропередач\w*|\bлэп\b|электролини\w+"),
    ("network", "уличное освещение", r"уличн\w+ освещени\w+|фонар\w+|уличн\w+ свет\w*"),
    ("house", "подъезд", r"подъезд\w*"),
    ("house", "кровля", r"крыш\w+|кровл\w+"),
    ("house", "подвал", r"подвал\w*"),
    ("house", "лифт", r"лифт\w*"),
    ("other", "автомобильная дорога", r"дорог[аеиу]|дорогой|проезж\w+ част\w+|трасс[аеыу]"),
    ("other", "тротуар", r"тротуар\w*"),
)
_FOUND = [
    (kind, name, re.compile(rf"\b(?:{words})(?P<own>{_NUMBER})", re.IGNORECASE))
    for kind, name, words in _OBJECTS
]
_ORDER = {"house": 1, "other": 2}
_CAUSE = re.compile(
    r"\b(?:из-за(?: того,? что)?|по причине|вследствие|в результате|потому что|так как)\s+"
    r"([^.!?;\n]{4,160})",
    re.IGNORECASE,
)
_ENDS_CAUSE = re.compile(r",\s|\s[—–]\s")


@dataclass(frozen=True, slots=True)
class Essence:
    """`text`: one line of at most the limit, "" for an empty message; `words`: what spoke."""

    text: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KindFound:
    """`kind`: a key of the kinds below; `words`: as they stand in the text.

    request, problem, question, complaint, proposal, thanks, fact.
    """

    kind: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectFound:
    """`kind`: landmark, house, network or other; `name`: «школа № 3»."""

    kind: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Formal:
    """Everything that is suggested of one message."""

    essence: Essence
    kind: KindFound
    object: ObjectFound | None
    cause: str


def formal(text: str, reasons: Sequence[str] = ()) -> Formal:
    """Suggestions for the formal part of a message; `reasons`: words that spoke for its topic."""
    plain = _hidden(text)
    return Formal(_essence(plain, reasons, LIMIT), _kind(plain), _object(plain), _cause(plain))


def essence(text: str, reasons: Sequence[str] = (), limit: int = LIMIT) -> Essence:
    """The most telling sentence of a message, shortened at the border of a clause."""
    return _essence(_hidden(text), reasons, limit)


def kind_of(text: str) -> KindFound:
    return _kind(_hidden(text))


def object_of(text: str) -> ObjectFound | None:
    """What the message is about as a thing of the town; the first one named."""
    return _object(_hidden(text))


def cause_of(text: str) -> str:
    """The clause after «из-за», «по причине»; "" where the writer names no cause."""
    return _cause(_hidden(text))


def _hidden(text: str) -> str:
    return mask(clean(text[:_READ])).text


def _essence(plain: str, reasons: Sequence[str], limit: int) -> Essence:
    wanted = {word for reason in reasons for word in lemmas(reason)}
    best: tuple[float, str, tuple[str, ...]] | None = None
    for place, sentence in enumerate(sentences(plain)[:_SENTENCES]):
        bare = _bare(sentence.text)
        if not bare:
            continue
        weight, words = _weight(bare, wanted, place)
        if best is None or weight > best[0]:
            best = weight, bare, words
    if best is None:
        return Essence("")
    return Essence(shortened(best[1], limit), best[2])


def _bare(sentence: str) -> str:
    """Without a greeting, an introduction and the full stop; with a capital letter."""
    bare = _GREETING.sub("", " ".join(sentence.split()))
    bare = _LEAD.sub("", bare).strip(" .!,;:—–-")
    return bare[:1].upper() + bare[1:]


def _weight(sentence: str, wanted: set[str], place: int) -> tuple[float, tuple[str, ...]]:
    own = lemmas(sentence)
    spoke = [word for word in dict.fromkeys(own) if word in wanted]
    matters = profile(sentence).matters
    weight = 3.0 * len(spoke) + 2.0 * sum(matters.values())
    weight += 1.5 * bool(_TROUBLE.search(sentence)) + 0.8 * bool(_WISH.search(sentence.casefold()))
    weight -= 0.15 * place + 4.0 * bool(_EMPTY.match(sentence))
    if len(own) < 3:
        weight -= 1.5
    return weight, tuple(spoke)


def shortened(line: str, limit: int = LIMIT) -> str:
    """At most `limit` characters: cut at the last border of a clause, else at a word, with «…»."""
    line = " ".join(line.split())
    if len(line) <= limit:
        return line
    borders = [match.start() for match in _CLAUSE.finditer(line, limit // 3, limit)]
    if borders:
        return line[: borders[-1]].rstrip(" ,;:—–-")
    head = line[: limit - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:—–-") + "…"


def _kind(plain: str) -> KindFound:
    found = {name: _first(pattern, plain) for name, pattern in _KINDS.items()}
    trouble = _first(_TROUBLE, plain)
    if found["thanks"] and not trouble and not _asks(found):
        return KindFound("thanks", (found["thanks"],))
    for name, kind in (
        ("complaint", "complaint"),
        ("proposal", "proposal"),
        ("asking", "question"),
        ("request", "request"),
    ):
        if found[name]:
            return KindFound(kind, (found[name],))
    if found["question"] and not trouble:
        return KindFound("question", ("?",))
    if trouble:
        return KindFound("problem", (trouble,))
    if found["question"]:
        return KindFound("question", ("?",))
    return KindFound("fact", (found["fact"],) if found["fact"] else ())


def _asks(found: dict[str, str]) -> Iterable[str]:
    return [
        name for name in ("complaint", "proposal", "request", "asking", "question") if found[name]
    ]


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group().strip() if match else ""


def _object(plain: str) -> ObjectFound | None:
    found = []
    for rank, (kind, name, pattern) in enumerate(_FOUND):
        match = pattern.search(plain)
        if match:
            found.append((_ORDER.get(kind, 0), match.start(), rank, kind, name, match))
    if not found:
        return None
    *_, kind, name, match = min(found, key=lambda one: one[:3])
    own = re.sub(r"^№?\s*(?=\d)", "№ ", " ".join(match.group("own").split()))
    own = re.sub(r"\"([^\"]+)\"", r"«\1»", own)
    return ObjectFound(kind, f"{name} {own}".strip(), match.group().strip())


def _cause(plain: str) -> str:
    match = _CAUSE.search(plain)
    if not match:
        return ""
    said = _ENDS_CAUSE.split(match.group(1))[0]
    return shortened(said.strip(" ,.;:—–-"), 120)
