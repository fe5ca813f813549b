"""A change of the calendar that touches every running term: seen before, then carried through."""

from __future__ import annotations

import time
from datetime import timedelta

from bench.figures import Figure, once

PREVIEW, APPLIED = 10, 120


def measure() -> list[Figure]:
    from django.db import transaction

    from otklik.casework.deadlines.actions.recounting import carry_on, start_recount
    from otklik.casework.deadlines.models import Deadline
    from otklik.casework.deadlines.queries.recounting import preview_of_now
    from otklik.directory.organisation.models import Municipality
    from otklik.directory.organisation.rules import Access

    access = Access.system(Municipality.objects.get(is_demo=True).pk)
    with transaction.atomic():
        # Every term of the year runs again and ends a day off its place.
        Deadline.objects.filter(kind="answer").update(state="running")
        Deadline.objects.filter(kind="answer").update(due_at=_shifted())
        begun = time.perf_counter()
        seen = preview_of_now(access)
        preview = time.perf_counter() - begun
        begun = time.perf_counter()
        run = start_recount(access=access, reason="Измерение")
        carry_on(recount_id=run.pk, on_step=lambda _: True)
        applied = time.perf_counter() - begun
        transaction.set_rollback(True)
    return [
        once(f"Что сдвинет календарь, сроков: {seen.total}", preview, PREVIEW, "с"),
        once(f"Пересчёт, сдвинуто сроков: {seen.moved}", applied, APPLIED, "с"),
    ]


def _shifted() -> object:
    from django.db.models import DateTimeField, ExpressionWrapper, F

    return ExpressionWrapper(F("due_at") + timedelta(days=1), output_field=DateTimeField())
