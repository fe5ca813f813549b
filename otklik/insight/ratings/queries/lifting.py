"""What would lift the place of a body: its open questions and the formula run again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from otklik.directory.organisation.rules import Access
from otklik.insight.cuts.queries.conditions import OPEN
from otklik.insight.facts.models import QuestionFact
from otklik.insight.ratings.queries.counting import countable
from otklik.insight.ratings.queries.rating import Rating
from otklik.insight.ratings.rules.lifting import Step, Waiting, Way, peers_of, steps
from otklik.insight.ratings.vocabulary import Subject

DAYS = 7
MOST = 500


@dataclass(frozen=True, kw_only=True)
class Lifting:
    """`near`, `late`: the open questions, soonest term first; `until`: the end of «near»."""

    steps: Sequence[Step]
    near: Sequence[QuestionFact]
    late: Sequence[QuestionFact]
    until: datetime

    def questions(self, step: Step) -> list[QuestionFact]:
        """The questions a step speaks of."""
        found = self.late if step.way == Way.LATE else self.near
        return list(found[: step.count])


def lifting(access: Access, found: Rating, body_id: int, *, now: datetime) -> Lifting | None:
    """What the open questions of the rating's period would change. One query.

    None when the body is not in the rating.
    """
    if found.tally(body_id) is None:
        return None
    until = now + timedelta(days=DAYS)
    facts = countable(access, found.filter, Subject.BODY, now)
    open_now = facts.filter(OPEN, body_id=body_id, due_at__lte=until).order_by(
        "due_at", "question_id"
    )[:MOST]
    near = [one for one in open_now if one.due_at is not None and one.due_at >= now]
    late = [one for one in open_now if one.due_at is not None and one.due_at < now]
    peers = peers_of(found.edition.rate, found.settings, found.tallies, body_id)
    return Lifting(
        steps=steps(
            peers, [_waiting(one, now) for one in near], [_waiting(one, now) for one in late]
        ),
        near=near,
        late=late,
        until=until,
    )


def _waiting(fact: QuestionFact, now: datetime) -> Waiting:
    """The share of the term as the facts take it of an answer given now."""
    assert fact.due_at is not None
    term = (fact.due_at - fact.starts_at).total_seconds()
    used = (now - fact.starts_at).total_seconds() / term if term else 1.0
    return Waiting(fact.fast_track, min(1.0, max(0.0, used)))
