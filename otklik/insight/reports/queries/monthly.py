"""The monthly summary: five groupings of the facts, whatever their number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from otklik.casework.appeals.vocabulary import (
    OPEN_STATUSES,
    ApplicantKind,
    Channel,
    Regime,
    Repetition,
    Result,
    Status,
)
from otklik.directory.organisation.rules import Access
from otklik.directory.territory.models import Settlement
from otklik.directory.topics.models import Topic
from otklik.insight.cuts.rules import preceding
from otklik.insight.facts.models import QuestionFact
from otklik.insight.facts.queries import visible_to
from otklik.insight.reports.rules.monthly import Bands, Monthly, Outcome, Row, Who
from otklik.language.wording import capital

NO_TOPIC = "Тема не определена"
NO_SECTION = "Без раздела"
_UNGROUPED = ("", "Без группы")
NO_PLACE = "Место не указано"
_FIRST = Q(is_first=True)


def monthly(access: Access, since: date, until: date) -> Monthly:
    """Eight statements at most. Raises Forbidden without the right to analysis."""
    facts = visible_to(access)
    came = facts.filter(received_on__range=(since, until))
    found = _outcomes(until)
    sections = _grouped(came, found, "topic_group")
    topics = _grouped(came, found, "topic_group", "topic_id")
    places = _grouped(came, found, "settlement_id")
    channels = _grouped(came, found, "channel")
    return Monthly(
        who=_who(facts, since, until),
        channels=_rows(channels, lambda row: _channel(row["channel"])),
        places=_rows(places, _place_names(places)),
        sections=_together(_rows(sections, _section)),
        topics=_rows(topics, _topic_names(topics), section=True),
        bands=_bands(facts, since, until),
    )


def _outcomes(until: date) -> dict[str, Any]:
    """What had come of the questions by the end of the period."""
    answered = Q(status=Status.ANSWERED, answered_on__lte=until)
    later = Q(status=Status.ANSWERED) & ~Q(answered_on__lte=until)
    gone = Q(status=Status.FORWARDED) | answered & Q(result=Result.TRANSFERRED)
    left = Q(status__in=(Status.LEFT, Status.WITHDRAWN)) | answered & Q(result=Result.LEFT)
    conditions = {
        "supported": answered & Q(result=Result.SUPPORTED),
        "explained": answered & Q(result=Result.EXPLAINED),
        "refused": answered & Q(result=Result.NOT_SUPPORTED),
        "unsaid": answered & Q(result=""),
        "transferred": gone,
        "left": left,
        "in_work": Q(status__in=[str(one) for one in OPEN_STATUSES]) | later,
    }
    counted = {f"n_{name}": Count("pk", filter=where) for name, where in conditions.items()}
    return {"n_appeals": Count("pk", filter=_FIRST), "n_questions": Count("pk"), **counted}


def _grouped(
    came: QuerySet[QuestionFact], found: Mapping[str, Any], *by: str
) -> list[dict[str, Any]]:
    return [dict(row) for row in came.order_by().values(*by).annotate(**found)]


def _rows(
    groups: list[dict[str, Any]],
    name: Callable[[dict[str, Any]], str],
    *,
    section: bool = False,
) -> list[Row]:
    """The most questions first; what is not set comes last."""
    rows = [
        Row(
            label=capital(" ".join(name(group).split())),
            outcome=Outcome(**{key[2:]: group[key] for key in group if key.startswith("n_")}),
            section=_section(group) if section else "",
        )
        for group in groups
    ]
    last = (NO_TOPIC, NO_SECTION, NO_PLACE)
    return sorted(rows, key=lambda row: (row.label in last, -row.outcome.questions, row.label))


def _section(group: dict[str, Any]) -> str:
    found = str(group["topic_group"])
    return NO_SECTION if found in _UNGROUPED else found


def _together(rows: list[Row]) -> list[Row]:
    """Questions of a topic without a section and those without a topic are one row."""
    lost = [row for row in rows if row.label == NO_SECTION]
    if len(lost) < 2:
        return rows
    whole = Row(label=NO_SECTION, outcome=sum((row.outcome for row in lost), Outcome()))
    return [*(row for row in rows if row.label != NO_SECTION), whole]


def _channel(slug: str) -> str:
    return str(dict(Channel.choices).get(slug, slug))


def _place_names(groups: list[dict[str, Any]]) -> Callable[[dict[str, Any]], str]:
    keys = [row["settlement_id"] for row in groups if row["settlement_id"]]
    names = {
        one.pk: str(one) for one in Settlement.objects.filter(pk__in=keys).only("kind", "name")
    }
    return lambda row: names.get(row["settlement_id"], NO_PLACE)


def _topic_names(groups: list[dict[str, Any]]) -> Callable[[dict[str, Any]], str]:
    keys = [row["topic_id"] for row in groups if row["topic_id"]]
    names = dict(Topic.objects.filter(pk__in=keys).values_list("pk", "name"))
    return lambda row: names.get(row["topic_id"], NO_TOPIC)


def _who(facts: QuerySet[QuestionFact], since: date, until: date) -> Who:
    before = preceding(since, until)
    now, earlier = Q(received_on__range=(since, until)), Q(received_on__range=before)
    first = now & _FIRST
    conditions = {
        "appeals": first,
        "questions": now,
        "law59": first & Q(regime=Regime.LAW59),
        "repeated": first & (Q(repeated=True) | Q(repetition=Repetition.REPEAT)),
        "multiple": first & Q(repetition=Repetition.MULTIPLE),
        "collective": first & Q(applicant_kind=ApplicantKind.COLLECTIVE),
        "organisations": first & Q(applicant_kind=ApplicantKind.ORGANISATION),
        "anonymous": first & Q(applicant_kind=ApplicantKind.ANONYMOUS),
        "answered": first & Q(status=Status.ANSWERED, answered_on__lte=until),
        "forwarded": first & Q(status=Status.FORWARDED),
        "before": earlier & _FIRST,
        "questions_before": earlier,
    }
    return Who(
        **facts.filter(received_on__range=(before[0], until)).aggregate(
            **{name: Count("pk", filter=where) for name, where in conditions.items()}
        )
    )


def _bands(facts: QuerySet[QuestionFact], since: date, until: date) -> list[tuple[str, Bands]]:
    """Answers to cases (first questions) by channel, the most answers first."""
    given = facts.filter(
        _FIRST, status=Status.ANSWERED, answered_on__range=(since, until), days_taken__isnull=False
    )
    groups = given.order_by().values("channel").annotate(
        n_to_15=Count("pk", filter=Q(days_taken__lte=15)),
        n_to_30=Count("pk", filter=Q(days_taken__gt=15, days_taken__lte=30)),
        n_longer=Count("pk", filter=Q(days_taken__gt=30)),
        n_late=Count("pk", filter=Q(answered_at__gt=F("due_at"))),
    )  # fmt: skip
    rows: list[dict[str, Any]] = [dict(row) for row in groups]
    found = [
        (
            _channel(row["channel"]),
            Bands(**{key[2:]: row[key] for key in row if key.startswith("n_")}),
        )
        for row in rows
    ]
    return sorted(found, key=lambda pair: (-pair[1].total, pair[0]))
