"""Candidates of a new message among a million: in memory, and in the database beside the cases."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from itertools import cycle

import numpy as np
import psutil

from bench.figures import Figure, once, timed

MANY = 1_000_000
CHUNK = 100_000
BOUND_MS, BOUND_MB = 50, 450
LETTER = "Прошу включить двор нашего дома в программу: нет парковки, разбиты тротуары и площадка."
ASKED = "Третий день нет горячей воды в доме 5, управляющая компания молчит, дети мёрзнут."
SINCE = datetime(2023, 11, 1, tzinfo=UTC)
DAYS = 1000
STREETS = 2000
REPEATS = 40


def in_memory() -> list[Figure]:
    """An index alone, as a program without a database would hold it; one message in twenty is
    the same mass letter."""
    from otklik.language.similarity import BANDS, Index, Message, Place
    from otklik.language.similarity.index import COLUMNS, SETTLEMENT, STREET, row_of

    chance = np.random.default_rng(1)
    before = psutil.Process().memory_info().rss
    place = Place("Лугинск", "Садовая", "5")
    letter = row_of(Message(LETTER, SINCE, place))
    columns = chance.integers(1, 2**32, size=(MANY, COLUMNS), dtype=np.uint64)
    columns[:, STREET] = chance.integers(1, 2000, size=MANY)
    columns[:, SETTLEMENT] = chance.integers(1, 60, size=MANY)
    columns[::20, :BANDS] = letter[:BANDS]
    columns[::500, STREET], columns[::3, SETTLEMENT] = letter[STREET], letter[SETTLEMENT]
    first = int(SINCE.timestamp() // 60)
    minutes = chance.integers(first, first + DAYS * 24 * 60, size=MANY, dtype=np.uint64)
    index = Index()
    index.load(range(MANY), columns, minutes)
    del columns, minutes
    taken = (psutil.Process().memory_info().rss - before) / 2**20
    at = SINCE + timedelta(days=DAYS / 2)
    asked = cycle([Message(text, at, place) for text in (ASKED, LETTER)])
    return [
        timed("Похожие из 1 000 000, в памяти", lambda: index.candidates(next(asked)), BOUND_MS,
              REPEATS),
        once("Указатель 1 000 000 текстов, память", taken, BOUND_MB, "МБ"),
    ]  # fmt: skip


def in_database() -> list[Figure]:
    """The lookup of the card, over cases of one municipality."""
    from otklik.casework.appeals.models import Appeal
    from otklik.casework.likeness.queries import alike, candidates_of
    from otklik.directory.organisation.rules import Access

    _fill()
    at = SINCE + timedelta(days=DAYS / 2)
    near = Appeal.objects.filter(received_at__gte=at).select_related(
        "settlement", "street", "house"
    )
    cases = list(near.order_by("received_at")[:REPEATS])
    for number, case in enumerate(cases):
        case.text = LETTER if number % 2 else ASKED
    asked, shown = cycle(cases), cycle(cases)
    access = Access.system(cases[0].municipality_id)
    return [
        timed("Похожие из 1 000 000, в базе: кандидаты", lambda: candidates_of(next(asked)),
              BOUND_MS, REPEATS),
        timed("То же с оценкой каждого, как на карточке", lambda: alike(access, next(shown)),
              4 * BOUND_MS, REPEATS),
    ]  # fmt: skip


def _fill() -> None:
    """Copies of one case with times, streets and bands of their own, made by the database."""
    from django.db import connection

    from otklik.casework.appeals.models import Appeal
    from otklik.language.similarity import bands, signature

    known = Appeal.objects.count()
    if known >= MANY:
        return
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        _streets()
        for low in range(known, MANY, CHUNK):
            cursor.execute(_copies(), [SINCE, DAYS, low, min(low + CHUNK, MANY) - 1])
        cursor.execute(_signatures(), bands(signature(LETTER)))
        cursor.execute("VACUUM ANALYZE appeals_appeal")
        cursor.execute("VACUUM ANALYZE likeness_textsignature")
    print(f"Миллион обращений готов за {time.perf_counter() - begun:.0f} с")


def _streets() -> None:
    """Streets in the settlements of the demo, half of them in the first one."""
    from otklik.directory.territory.models import Settlement, Street

    villages = list(Settlement.objects.order_by("pk").values_list("pk", flat=True))
    homes = [villages[0 if n % 2 else n % len(villages)] for n in range(STREETS)]
    made = [Street(settlement_id=home, name=f"Проезд {n}") for n, home in enumerate(homes)]
    Street.objects.bulk_create(made, ignore_conflicts=True)


def _copies() -> str:
    from otklik.casework.appeals.models import Appeal

    own = {
        "number": "'Б-' || g",
        "received_at": "%s::timestamptz + random() * %s * interval '1 day'",
        "street_id": "s.id",
        "settlement_id": "s.settlement_id",
        "external_number": "''",
        "inbound_message_id": "NULL",
        "house_id": "NULL",
        "text": "'Выдуманное обращение ' || g",
        "fingerprint": "''",
        "code_hash": "''",
    }
    columns = [
        str(field.column)
        for field in Appeal._meta.local_concrete_fields
        if not field.primary_key and not field.generated
    ]
    values = [own.get(column, f"one.{column}") for column in columns]
    return f"""
        WITH known AS (
            SELECT id, settlement_id, row_number() OVER (ORDER BY id) - 1 AS n
            FROM territory_street WHERE name LIKE 'Проезд %%'
        )
        INSERT INTO appeals_appeal ({", ".join(columns)})
        SELECT {", ".join(values)}
        FROM (SELECT * FROM appeals_appeal ORDER BY id LIMIT 1) AS one,
             generate_series(%s, %s) AS g JOIN known AS s ON s.n = g %% {STREETS}
    """


def _signatures() -> str:
    """Bands by chance, those of the mass letter for one case in twenty."""
    from otklik.casework.likeness.models import BAND_COLUMNS

    chance = "CASE WHEN id %% 20 = 0 THEN %s ELSE (random() * 9e18)::bigint END"
    return f"""
        INSERT INTO likeness_textsignature
            (appeal_id, municipality_id, received_at, {", ".join(BAND_COLUMNS)})
        SELECT id, municipality_id, received_at, {", ".join([chance] * len(BAND_COLUMNS))}
        FROM appeals_appeal ON CONFLICT DO NOTHING
    """
