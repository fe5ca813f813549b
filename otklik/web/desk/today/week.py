"""Seven days against the seven before, for the head's two minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.urls import reverse

from otklik.casework.appeals.queries import start_of, visible_to
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access


def week(access: Access, today: date, zone: ZoneInfo) -> dict[str, Any]:
    """Received, answered, late and low scores of the last seven days, with the change, and the
    days as a chart. Two queries."""
    since, before = today - timedelta(days=6), today - timedelta(days=13)
    now_from, then_from = start_of(since, zone), start_of(before, zone)
    found = visible_to(access)
    received, answered = Q(received_at__gte=now_from), Q(answered_at__gte=now_from)
    then_received = Q(received_at__gte=then_from, received_at__lt=now_from)
    then_answered = Q(answered_at__gte=then_from, answered_at__lt=now_from)
    late = Q(answered_at__gt=F("due_at"))
    counts = found.filter(Q(received_at__gte=then_from) | Q(answered_at__gte=then_from)).aggregate(
        received=Count("pk", filter=received),
        received_before=Count("pk", filter=then_received),
        answered=Count("pk", filter=answered),
        answered_before=Count("pk", filter=then_answered),
        late=Count("pk", filter=answered & late),
        late_before=Count("pk", filter=then_answered & late),
    )
    period = AppealFilter(since=since, until=today)
    answers = AppealFilter(answered_since=since, answered_until=today)
    return {
        "since": since,
        "tiles": [
            _tile("Поступило", counts["received"], counts["received_before"], period),
            _tile("Отвечено", counts["answered"], counts["answered_before"], answers),
            _tile(
                "Отвечено позже срока",
                counts["late"],
                counts["late_before"],
                replace(answers, late=True),
            ),
        ],
        "chart": _chart(access, since, today, zone),
    }


def _tile(label: str, count: int, before: int, wanted: AppealFilter) -> dict[str, Any]:
    delta = count - before
    sign = "+" if delta > 0 else "−" if delta < 0 else ""
    return {
        "label": label,
        "count": count,
        "url": f"{reverse('desk:appeals')}?{wanted.query()}",
        "delta": f"{sign}{abs(delta)} к прошлой неделе" if delta else "как на прошлой неделе",
    }


def _chart(access: Access, since: date, today: date, zone: ZoneInfo) -> dict[str, Any]:
    start = since - timedelta(days=21)
    rows = (
        visible_to(access)
        .filter(received_at__gte=start_of(start, zone))
        .annotate(day=TruncDate("received_at", tzinfo=zone))
        .values("day")
        .annotate(count=Count("pk"))
    )
    found = {row["day"]: row["count"] for row in rows}
    days = [start + timedelta(days=n) for n in range((today - start).days + 1)]
    data = [
        {
            "value": found.get(day, 0),
            "url": f"{reverse('desk:appeals')}?{AppealFilter(since=day, until=day).query()}",
        }
        for day in days
    ]
    return {
        "option": {
            "xAxis": {"type": "category", "data": [f"{day:%d.%m}" for day in days]},
            "yAxis": {"type": "value"},
            "series": [{"type": "bar", "name": "Поступило", "data": data}],
        },
        "rows": [(day, found.get(day, 0)) for day in days],
    }
