"""Counting questions: the rows behind figures, and their marks for snapshots."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.cuts.queries import closing, facts_of, overdue
from otklik.insight.cuts.vocabulary import Counted as What
from otklik.insight.facts.models import QuestionFact
from otklik.insight.ratings.models import Contest
from otklik.insight.ratings.rules import marks
from otklik.insight.ratings.rules.marks import Counted
from otklik.insight.ratings.vocabulary import ContestState, RowSet, Subject

_ANSWERED = Q(status="answered")
_IN_TIME = _ANSWERED & Q(answered_at__lte=F("due_at"))


def rows_condition(rows: str, now: datetime) -> Q:
    """The questions of a row set among facts."""
    conditions = {
        RowSet.ALL: Q(),
        RowSet.CLOSING: closing(now),
        RowSet.ANSWERED: _ANSWERED,
        RowSet.UNANSWERED: overdue(now),
        RowSet.IN_TIME: _IN_TIME,
        RowSet.TIMED: _ANSWERED & Q(term_used__isnull=False),
        RowSet.RETURNED: _ANSWERED & Q(returned__gt=0),
        RowSet.NOT_RETURNED: _ANSWERED & Q(returned=0),
        RowSet.REOPENED: _ANSWERED & Q(reopened__gt=0),
        RowSet.NOT_REOPENED: _ANSWERED & Q(reopened=0),
        RowSet.CHECKED: _ANSWERED & Q(checks__gt=0),
        RowSet.SCORED: _ANSWERED & Q(score__isnull=False),
        RowSet.REPEATED: Q(repeated=True),
        RowSet.NOT_REPEATED: Q(repeated=False),
        RowSet.FAST: _ANSWERED & Q(fast_track=True),
    }
    if rows == RowSet.LATE:
        # «NOT in time» would lose answers without a term: comparison with nothing is unknown.
        late = Q(answered_at__gt=F("due_at")) | Q(due_at__isnull=True)
        late |= Q(answered_at__isnull=True)
        return overdue(now) | (_ANSWERED & late)
    return conditions[RowSet(rows)]


def covered_bodies(access: Access, channel: str) -> frozenset[int] | None:
    """Bodies whose cases this person sees whole, in the channel or in some; None when all are.

    A body of which he sees a case or two, because his own works on them too, is not rated: its
    figures would be false, and its being rated would tell of it.
    """
    reach = access.reach(Permission.ANALYTICS)
    if channel:
        reach = reach.at(channel)
    inner = reach.by_channel.values()
    if reach.everywhere or any(one.everywhere for one in inner):
        return None
    return reach.body_ids.union(*(one.body_ids for one in inner))


def sees_whole(access: Access, channel: str) -> bool:
    """Whether the right to analysis covers everything of the channel (of all channels)."""
    reach = access.reach(Permission.ANALYTICS)
    return (reach.at(channel) if channel else reach).everywhere


def excluded_questions(municipality_id: int) -> QuerySet[Contest]:
    """Questions that are not counted by decision."""
    found = Contest.objects.filter(municipality_id=municipality_id, state=ContestState.EXCLUDED)
    return found.order_by()


def countable(
    access: Access, wanted: AppealFilter, subject: Subject, now: datetime
) -> QuerySet[QuestionFact]:
    """Questions that count for somebody in a rating of these subjects, by this person's rights."""
    found = facts_of(access, wanted, What.QUESTIONS, now)
    left_out = excluded_questions(access.municipality_id).values("question_id")
    found = found.exclude(question_id__in=left_out)
    covered = covered_bodies(access, wanted.channel)
    if covered is not None:
        found = found.filter(body_id__in=covered)
    column = column_of(subject)
    return found.filter(**{f"{column}__isnull": False})


def column_of(subject: Subject) -> str:
    """Blocks and families are bodies added up, so one column tells all three."""
    return "settlement_id" if subject == Subject.SETTLEMENT else "body_id"


_FLAGS = (
    (marks.CLOSING, RowSet.CLOSING),
    (marks.ANSWERED, RowSet.ANSWERED),
    (marks.IN_TIME, RowSet.IN_TIME),
    (marks.TIMED, RowSet.TIMED),
    (marks.SCORED, RowSet.SCORED),
    (marks.RETURNED, RowSet.RETURNED),
    (marks.REOPENED, RowSet.REOPENED),
    (marks.CHECKED, RowSet.CHECKED),
    (marks.REPEATED, RowSet.REPEATED),
    (marks.FAST, RowSet.FAST),
)


def counted_by_key(
    facts: QuerySet[QuestionFact], subject: Subject, now: datetime
) -> dict[int, list[Counted]]:
    """Every question with its marks, by body or settlement. One statement."""
    mark = Coalesce(F("score"), 0) * marks.SCORE
    for flag, rows in _FLAGS:
        mark += Case(
            When(rows_condition(rows, now), then=Value(flag)),
            default=Value(0),
            output_field=IntegerField(),
        )
    marked = facts.order_by("question_id").annotate(mark=mark)
    names = ("question_id", "appeal_id", "mark", "term_used", "checks", "checks_passed")
    found: dict[int, list[Counted]] = defaultdict(list)
    for key, question, appeal, value, used, checks, passed in marked.values_list(
        column_of(subject), *names
    ).iterator(chunk_size=5000):
        share = passed * 1.0 / checks if checks else None
        found[key].append(Counted(question, appeal, value, used, share))
    return dict(found)
