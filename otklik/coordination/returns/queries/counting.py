"""Figures of a body for a period, counted from its cases."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Q

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import OPEN_STATUSES, Status
from otklik.coordination.returns.vocabulary import Counted
from otklik.directory.organisation.models import Body


def figures(body: Body, since: date, until: date) -> dict[str, int]:
    """Cases whose main executor is the body, in one statement.

    Received and answered: in the period. In time: answered there by the term, or without a term.
    Overdue: answered there after the term, or still open when it ended, the term having passed.
    """
    zone = body.municipality.tz
    first = datetime.combine(since, time.min, zone)
    end = datetime.combine(until + timedelta(days=1), time.min, zone)
    answered = Q(status=Status.ANSWERED, answered_at__gte=first, answered_at__lt=end)
    unanswered = Q(status__in=OPEN_STATUSES) | Q(answered_at__gte=end)
    found: dict[str, int] = Appeal.objects.filter(
        municipality_id=body.municipality_id, executor_body=body, received_at__lt=end
    ).aggregate(
        **{
            Counted.RECEIVED: Count("pk", filter=Q(received_at__gte=first)),
            Counted.ANSWERED: Count("pk", filter=answered),
            Counted.IN_TIME: Count(
                "pk",
                filter=answered & (Q(due_at__isnull=True) | Q(answered_at__lte=F("due_at"))),
            ),
            Counted.OVERDUE: Count(
                "pk",
                filter=(answered & Q(answered_at__gt=F("due_at")))
                | (unanswered & Q(due_at__lt=end)),
            ),
        }
    )
    return {str(name): count for name, count in found.items()}
