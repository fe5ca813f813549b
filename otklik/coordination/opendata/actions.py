"""Making texts fit for everybody, once each."""

from __future__ import annotations

from collections.abc import Iterable

from otklik.base import clock
from otklik.coordination.opendata.models import OpenText
from otklik.coordination.opendata.rules import digest, opened


def for_everybody(texts: Iterable[str]) -> dict[str, str]:
    """By the original: the text without personal data and links. One query when all are kept."""
    sums = {text: digest(text) for text in set(texts) if text}
    rows = OpenText.objects.filter(pk__in=sums.values())
    kept = dict(rows.values_list("digest", "text"))
    fresh = {code: opened(text) for text, code in sums.items() if code not in kept}
    if fresh:
        now = clock.now()
        OpenText.objects.bulk_create(
            [OpenText(digest=code, text=text, made_at=now) for code, text in fresh.items()],
            ignore_conflicts=True,
        )
    kept |= fresh
    return {"": "", **{text: kept[code] for text, code in sums.items()}}
