"""Texts nobody writes and somebody sends; run as a program, it gives them all to one function."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from itertools import product
from typing import Any

MEGABYTE, LONGEST_NAME = 1_000_000, 20_000
SECONDS = 120
"""For one text: many times what is expected, so that only what does not end is caught."""
AT = datetime(2026, 2, 10, tzinfo=UTC)
_PIECES = {
    "letters": "а",
    "spaces": " ",
    "lines": "\n",
    "digits": "7",
    "dots": ".",
    "brackets": "(",
    "angles": "<",
    "tags": "<a ",
    "comments": "<!--",
    "scripts": "<script>",
    "mentions": "[id1|",
    "stars": "*id1 (",
    "entities": "&amp;",
    "quotes": '"«',
    "hyphens": "а-",
    "initials": "И. ",
    "people": "Иван Петрович Сидоров ",
    "streets": "улица Садовая дом 5 ",
    "houses": "5/",
    "phones": "8 (900) ",
    "mails": "a@",
    "mails_long": "a.b",
    "links": "http://",
    "passports": "45 12 ",
    "negations": "не ",
    "spaced": "х у й ",
    "dashes": "х-",
    "threats": "пахнуть газом ",
    "zalgo": "е\u0301\u0323",
    "right_to_left": "\u202eסביבה مرحبا ",
    "nulls": "\x00",
    "surrogates": "\ud83d",
    "controls": "\x1b\x7f\u200b\ufeff",
    "cyrillic_mixed": "Cо",
    "ordinals": "первый подъезд ",
    "settlements": "село Берёзовка ",
    "numbers": "1 000 ",
    "caps": "ИВАНОВ ",
    "prefixes": "недонепере" * 5 + " ",
}


def monsters() -> dict[str, str]:
    """Each about a megabyte; one of a hundred thousand pictograms."""
    found = {name: piece * (MEGABYTE // len(piece)) for name, piece in _PIECES.items()}
    found["surnames"] = _different(
        ("бо", "ва", "гу", "зе", "ки", "лу", "мо", "не", "по", "ру", "са", "ти"),
        ("ров", "нина", "ченко", "вский", "лых", "дзе", "ряк"),
        " ",
    )
    found["capitalised"] = _different("бвгджзклмнпрстфхцчшщ", "аеиоуыэюя", " ")
    found["sentences"] = _different(
        ("Ба", "Гу", "Ле", "Ми", "То"), ("лых", "рук", "дыш", "ня"), ". "
    )
    found["one_word"] = "непереводимость" * (MEGABYTE // 15)
    found["pictograms"] = "👨‍👩‍👧‍👦😡" * 12_500
    return found


def _different(pieces: Sequence[str], endings: Sequence[str], between: str) -> str:
    """Words with a capital, each unlike those before, about a megabyte of them."""
    words: list[str] = []
    size = 0
    for parts in product(pieces, pieces, pieces, pieces, endings):
        words.append("".join(parts).capitalize())
        size += len(words[-1]) + len(between)
        if size > MEGABYTE:
            break
    whole = between.join(words)
    return ((whole + between) * (MEGABYTE // len(whole) + 1))[:MEGABYTE]


def functions() -> Mapping[str, Callable[[str], Any]]:
    """Every public function of the library that is given a text from outside, by its name."""
    from otklik.language import cleaning, lemmas, masking, names, sentences, urgency, wording

    return {
        "cleaning.clean": cleaning.clean,
        "cleaning.clean with pictograms": lambda text: cleaning.clean(text, emoji=True),
        "cleaning.one_alphabet": cleaning.one_alphabet,
        "lemmas.tokens": lemmas.tokens,
        "lemmas.lemmas": lemmas.lemmas,
        "lemmas.lemma": lemmas.lemma,
        "lemmas.spellings": lemmas.spellings,
        "sentences.sentences": sentences.sentences,
        "names.dative_name": names.dative_name,
        "names.gender_of": names.gender_of,
        "wording.typo": wording.typo,
        "wording.sentence": wording.sentence,
        "masking.find": masking.find,
        "masking.for_work": masking.for_work,
        "masking.for_publication": masking.for_publication,
        "masking.mask_file_name": masking.mask_file_name,
        "masking.publish_file_name": masking.publish_file_name,
        "urgency.alarms": urgency.alarms,
        "urgency.advice": lambda text: urgency.advice(urgency.alarms(text)),
        **_with_knowledge(),
        **_comparing(),
    }


def _with_knowledge() -> Mapping[str, Callable[[str], Any]]:
    from otklik.language import classifier
    from otklik.language.places import Gazetteer, SettlementName, StreetName, find_place

    gazetteer = Gazetteer(
        settlements=[SettlementName(1, "Берёзовка", "village")],
        streets=[StreetName(1, 1, "Садовая", "улица")],
    )
    model = classifier.from_descriptions({"1": "вода водопровод", "2": "дорога яма"}, when="2026")
    return {
        "classifier.suggest": model.suggest,
        "classifier.suggest_many": lambda text: model.suggest_many([text, "яма"]),
        "places.find_place": lambda text: find_place(text, gazetteer),
    }


def _comparing() -> Mapping[str, Callable[[str], Any]]:
    from otklik.language import similarity

    index = similarity.Index()
    known = similarity.Message("Прорвало трубу на Садовой", AT)

    def told(text: str) -> similarity.Message:
        return similarity.Message(text, AT, similarity.Place(text, text, text))

    return {
        "similarity.fingerprint": similarity.fingerprint,
        "similarity.bands": lambda text: similarity.bands(similarity.signature(text)),
        "similarity.likeness": lambda text: similarity.likeness(text, text[: len(text) // 2]),
        "similarity.same_incident": lambda text: similarity.same_incident(told(text), known),
        "similarity.Index.add": lambda text: index.add(1, told(text)),
        "similarity.Index.candidates": lambda text: index.candidates(told(text)),
    }


def _late(*_: object) -> None:
    raise TimeoutError


def main(wanted: str) -> int:
    """0 when the function withstood all texts in time; else it says which it did not."""
    signal.signal(signal.SIGALRM, _late)
    function, bad = functions()[wanted], 0
    most = LONGEST_NAME if "file_name" in wanted else MEGABYTE
    for name, whole in monsters().items():
        text = whole[:most]
        signal.alarm(SECONDS)
        begun = time.perf_counter()
        try:
            function(text)
        except Exception as error:
            bad += 1
            sys.stdout.write(f"{wanted}({name}): {type(error).__name__}: {str(error)[:200]}\n")
        finally:
            signal.alarm(0)
        spent = time.perf_counter() - begun
        if "-v" in sys.argv and spent > 1:
            sys.stdout.write(f"{wanted}({name}): {spent:.1f} s\n")
    return bad


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
