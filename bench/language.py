"""How many messages a second one core classifies, and finds the place of and masks."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import psutil

from bench.figures import Figure, once

SAMPLE = 3000
WARM = 300


def measure() -> list[Figure]:
    from otklik.casework.appeals.models import Appeal
    from otklik.casework.classification.actions import learn
    from otklik.casework.classification.queries import suggest_topics
    from otklik.directory.organisation.models import Municipality
    from otklik.directory.organisation.rules import Access
    from otklik.directory.territory.queries import gazetteer
    from otklik.language.masking import mask
    from otklik.language.places import find_place
    from otklik.language.urgency import alarms

    place = Municipality.objects.get(is_demo=True)
    begun = time.perf_counter()
    learn(access=Access.system(place.pk))
    learnt = time.perf_counter() - begun
    texts = list(Appeal.objects.order_by("pk").values_list("text", flat=True)[:SAMPLE])
    names = gazetteer(place.pk)

    def read(text: str) -> None:
        find_place(text, names)
        mask(text)

    def topics(few: Sequence[str]) -> None:
        suggest_topics(place.pk, few)

    return [
        once("Обучение подсказчика тем", learnt, 300, "с"),
        _rate("Тема, одно ядро", topics, texts, 1000),
        _rate("Место и скрытие личного, одно ядро", _each(read), texts, 300),
        _rate("Слова, которые просят внимания, одно ядро", _each(alarms), texts, 300),
        once("Память программы", psutil.Process().memory_info().rss / 2**20, 700, "МБ"),
    ]


def _each(work: Callable[[str], object]) -> Callable[[Sequence[str]], None]:
    def all_of(texts: Sequence[str]) -> None:
        for text in texts:
            work(text)

    return all_of


def _rate(
    name: str, work: Callable[[Sequence[str]], None], texts: Sequence[str], bound: float
) -> Figure:
    """Messages a second, once the dictionary of words is warm."""
    work(texts[:WARM])
    begun = time.process_time()
    work(texts)
    rate = len(texts) / (time.process_time() - begun)
    return once(name, rate, bound, "сообщ./с", least=True)
