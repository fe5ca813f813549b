"""The work of one body in a period: four statements and its own report of the period."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Avg, Count, F, Q, QuerySet

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import OPEN_STATUSES, Status
from otklik.coordination.returns.models import Return
from otklik.coordination.returns.vocabulary import ReturnState
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.topics.models import Topic
from otklik.insight.cuts.rules import preceding
from otklik.insight.facts.models import QuestionFact
from otklik.insight.facts.queries import visible_scores, visible_to
from otklik.insight.reports.rules.executor import Late, TopicLine, Work

MOST = 25


def work_of(access: Access, body: Body, since: date, until: date, *, at: datetime) -> Work:
    """Cases the body answers for (main executor of the first question); `at` ends the period."""
    facts = visible_to(access).filter(body_id=body.pk, is_first=True)
    before = preceding(since, until)
    came, earlier = Q(received_on__range=(since, until)), Q(received_on__range=before)
    answered = Q(status=Status.ANSWERED, answered_on__range=(since, until))
    later = Q(status=Status.ANSWERED, answered_on__gt=until)
    standing = Q(received_on__lte=until) & (_open() | later)
    counts = facts.aggregate(
        received=Count("pk", filter=came),
        before=Count("pk", filter=earlier),
        answered=Count("pk", filter=answered),
        late=Count("pk", filter=answered & Q(answered_at__gt=F("due_at"))),
        in_work=Count("pk", filter=standing),
        overdue=Count("pk", filter=standing & Q(due_at__lt=at)),
        repeated=Count("pk", filter=came & Q(repeated=True)),
        reopened=Count("pk", filter=came & Q(reopened__gt=0)),
        returned=Count("pk", filter=answered & Q(returned__gt=0)),
        days=Avg("days_taken", filter=answered),
        to_15=Count("pk", filter=answered & Q(days_taken__lte=15)),
        to_30=Count("pk", filter=answered & Q(days_taken__gt=15, days_taken__lte=30)),
        longer=Count("pk", filter=answered & Q(days_taken__gt=30)),
    )
    scores = visible_scores(access).filter(body_id=body.pk, given_on__range=(since, until))
    given = scores.aggregate(scores=Count("pk"), score=Avg("score"))
    overdue = facts.filter(standing, due_at__lt=at).order_by("due_at").values("appeal_id")[:MOST]
    late = Appeal.objects.filter(pk__in=[row["appeal_id"] for row in overdue]).order_by("due_at")
    return Work(
        **counts,
        **given,
        topics=_topics(facts, came, answered),
        late_cases=[
            Late(number=number, due_on=due.astimezone(body.municipality.tz).date())
            for number, due in late.values_list("number", "due_at")
            if due is not None
        ],
        said=_said(body, since, until),
    )


def _topics(facts: QuerySet[QuestionFact], came: Q, answered: Q) -> list[TopicLine]:
    """Topics of the period, the most received first."""
    rows = (
        facts.filter(came | answered)
        .order_by()
        .values("topic_id")
        .annotate(received=Count("pk", filter=came), answered=Count("pk", filter=answered))
        .order_by("-received", "topic_id")[:MOST]
    )
    found = list(rows)
    keys = [row["topic_id"] for row in found if row["topic_id"]]
    names = dict(Topic.objects.filter(pk__in=keys).values_list("pk", "name"))
    return [
        TopicLine(
            name=names.get(row["topic_id"] or 0, "Тема не определена"),
            received=row["received"],
            answered=row["answered"],
        )
        for row in found
    ]


def _open() -> Q:
    return Q(status__in=[str(one) for one in OPEN_STATUSES])


def _said(body: Body, since: date, until: date) -> list[tuple[str, str]]:
    """What the body wrote in the form of the head for this period, once it was accepted."""
    report = (
        Return.objects.filter(body=body, since=since, until=until, state=ReturnState.ACCEPTED)
        .order_by("-pk")
        .first()
    )
    if report is None:
        return []
    return [
        (part.label, str(report.values[part.key]))
        for part in report.parts()
        if not part.counted
        and isinstance(report.values.get(part.key), str | int)
        and str(report.values[part.key]).strip()
    ]
