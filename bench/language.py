"""How many messages a second one core classifies and masks."""

from __future__ import annotations

import time

from bench.figures import Figure, once

SAMPLE = 3000


def measure() -> list[Figure]:
    from otklik.casework.appeals.models import Appeal
    from otklik.casework.classification.actions import learn, suggest_many
    from otklik.directory.organisation.models import Municipality
    from otklik.directory.organisation.rules import Access
    from otklik.language.masking import mask

    place = Municipality.objects.get(is_demo=True)
    begun = time.perf_counter()
    learn(access=Access.system(place.pk))
    learnt = time.perf_counter() - begun
    sample = list(Appeal.objects.order_by("pk")[:SAMPLE])
    suggest_many(municipality_id=place.pk, appeals=sample[:100])
    begun = time.perf_counter()
    suggest_many(municipality_id=place.pk, appeals=sample)
    for appeal in sample:
        mask(appeal.text)
    rate = len(sample) / (time.perf_counter() - begun)
    return [
        once("Обучение подсказчика тем", learnt, 300, "с"),
        once("Тема и скрытие личного, одно ядро", rate, 500, "сообщ./с", least=True),
    ]
