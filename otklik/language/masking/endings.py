"""What the look of a word says of it where the dictionary is silent or knows too much."""

from __future__ import annotations

import re

from otklik.language.masking.lists import pattern, read

_PATRONYMIC = re.compile(
    r"[а-яё]+(?:(?:[оеё]вич|[^о]ич|[аеёиоь][нлмктв]ыч)(?:а|у|ем|ом|е)?"
    r"|(?:[оеё]вн|ьевн|(?:ин|ит|вв)ичн)(?:а|е|у|ой|ою|ы)|(?:ооло|ууло)вн\w{1,2})"
)
# «Сан Саныч», «Марь Иванна», «Никитишна»: as they are spoken.
_SPOKEN = re.compile(
    r"(?:[а-яё]{1,8}(?:[аи][нлмх]ыч|еич|ьич)(?:а|у|ем|ом|е)?"
    r"|(?:ива|степа|рома|богда|са)нн(?:а|е|у|ой|ы)"
    r"|(?:никола[вй]|михал|михайл|василь|анатоль|виталь|арсень|пал)н(?:а|е|у|ой|ы)"
    r"|[а-яё]{2,8}ишн(?:а|е|у|ой|ы))"
)
_NOT_SPOKEN = re.compile(r"(?:излишн|лишн|вишн|затишн|здешн|внешн|пышн|крышн)\w*|мишн\w*|саан\w*")
_NOT_PATRONYMIC = pattern("like_patronymics")
SURNAME = re.compile(
    r"[а-яё]{2,}(?:(?:ов|ев|ёв|ин|ын)(?:а|у|ым|ой|е|ых|ы|ыми)?|(?:ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую)"
    r"|енко|[а-яё](?:ь|ш|т|с|н|р|л|д)ко|[чщ]ук|юк|[оы]х|[яа]н(?:а|у|ом|ов|ы|цу|ца|цем)?|идзе|швили|дзе|[аеи]йло|йко|ович|евич|ец|ак|як"
    r"|(?:[ао]швил|ашвил)и|[аеиу]ладзе|(?:ба|са|ла|ма|ту|го|ша)[её]в\w{0,2}|заде|[аеи]ускас|[аи]ускене|[аеу]ллин\w{0,2})"
)
_EASTERN_NAME = re.compile(
    r"[а-яё]{2,}(?:жан|джан|жон|джон|бек|бай|бой|хан|хон|гуль|гул|нур|али|улла|уллох|ддин|иддин|берди|кул|мурод"
    r"|мурат|мамат|нис[ао]|биби|джамал|шод|дор|наз|ноз|бану|бону|мир|мырза|султан|гали|жамал|жав|маа)"
    r"(?:а|у|ом|е|и|ю|я|ы|ем)?"
)
ADJECTIVE = re.compile(r"[а-яё]{3,}(?:ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую)")
_DIMINUTIVE = re.compile(
    r"[а-яё]{2,}(?:[оеё]чк|[еои]ньк|[уюе]шк|[иеу]шеньк|[ую]лечк|[её]нк|[ао]шк|ул|юш|усь|ус|[оюеё]х|[лшнсдт]ик|чик|к)"
    r"(?:а|у|е|ой|и|ы|ю|я|ом|ек|ёк)?"
)
_BY_ENDING = (
    (("ова", "ева", "ёва"), frozenset(("nomn femn", "gent masc", "accs masc"))),
    (("ову", "еву", "ёву"), frozenset(("datv masc", "accs femn"))),
    (("овым", "евым", "ёвым"), frozenset(("ablt masc",))),
    (("овой", "евой", "ёвой"), frozenset(("gent femn", "datv femn", "ablt femn"))),
    (("ове", "еве", "ёве"), frozenset(("loct masc",))),
    (("овых", "евых", "ёвых"), frozenset(("gent plur", "accs plur"))),
    (("ов", "ев", "ёв"), frozenset(("nomn masc",))),
)
_NOT_SURNAMES = frozenset(("лев", "ева", "лёв"))
_OFFICE = re.compile(
    r"[а-яё]{3,}(?:канал|сет|снаб|энерго|сервис|хоз|строй|транс|пром|надзор|телеком|банк|маркет"
    r"|реестр|торг|фонд|связ|завод|сбыт|гварди|зеленхоз|автодор|лес)(?:а|у|ом|е|и|ь|ей|ы|я|ю|ям)?"
)
_FEW_NAMES = read("spoken_names")


def is_patronymic(low: str) -> bool:
    """By the ending alone."""
    if len(low) < 5 or _NOT_PATRONYMIC.fullmatch(low):
        return False
    return _PATRONYMIC.fullmatch(low) is not None or is_spoken(low)


def is_spoken(low: str) -> bool:
    """A patronymic as it is spoken: «Палыч», «Иванна»."""
    return _SPOKEN.fullmatch(low) is not None and _NOT_SPOKEN.fullmatch(low) is None


def is_spoken_name(low: str) -> bool:
    """«Пал», «Марь»: a name only before such a patronymic."""
    return low in _FEW_NAMES


def is_eastern_name(low: str) -> bool:
    return len(low) > 4 and _EASTERN_NAME.fullmatch(low) is not None


def is_office(low: str) -> bool:
    """«Курскводоканал», «Росреестр»."""
    return _OFFICE.fullmatch(low) is not None


def is_diminutive(low: str) -> bool:
    """«лерочка», «тёмка»: only where a name must stand."""
    return len(low) > 3 and _DIMINUTIVE.fullmatch(low) is not None


def cases(low: str) -> frozenset[str]:
    """By the ending, where it leaves no doubt: the dictionary takes «Никифоров» for many of the
    name Никифор."""
    if low in _NOT_SURNAMES:
        return frozenset()
    for endings, told in _BY_ENDING:
        if low.endswith(endings):
            return told
    return frozenset()
