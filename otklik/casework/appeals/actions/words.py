"""The dictionary of the words of all cases, for a search with slips of the pen."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Max

from otklik.casework.appeals.models import Appeal, WordsRead

CHUNK = 5000
"""Cases read by one statement, and how many of the newest are read once more: a case of a
long transaction appears after its neighbours with higher ids."""

_THE_ROW = 1
_GATHER = """
INSERT INTO appeals_word (municipality_id, stem)
SELECT DISTINCT municipality_id, stem
FROM appeals_appeal, unnest(tsvector_to_array(search)) AS stem
WHERE id > %s AND id <= %s AND stem ~ '^[а-яё]{3,60}$'
ON CONFLICT DO NOTHING
"""


def gather_words() -> int:
    """Take the words of cases not read yet; returns how many new ones. Safe to repeat."""
    WordsRead.objects.get_or_create(pk=_THE_ROW)
    new = 0
    with transaction.atomic():
        read = WordsRead.objects.select_for_update().get(pk=_THE_ROW)
        last = Appeal.objects.aggregate(last=Max("pk"))["last"] or 0
        if last == read.up_to:
            return 0
        with connection.cursor() as cursor:
            for low in range(max(read.up_to - CHUNK, 0), last, CHUNK):
                cursor.execute(_GATHER, [low, min(low + CHUNK, last)])
                new += cursor.rowcount
        read.up_to = last
        read.save(update_fields=["up_to"])
    return new
