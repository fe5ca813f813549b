"""The terms of single cases and the rules of a municipality."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Regime
from otklik.casework.deadlines.models import Deadline, DeadlineRule
from otklik.casework.deadlines.vocabulary import OPEN_STATES, DeadlineKind
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission


def deadlines_of(appeal_id: int) -> Sequence[Deadline]:
    """All terms of an appeal, the nearest first."""
    return list(Deadline.objects.filter(appeal_id=appeal_id).order_by("due_at", "pk"))


def may_extend(access: Access, appeal: Appeal, deadline: Deadline | None) -> bool:
    """Whether to offer the extension of this answer term to this person."""
    if deadline is None or deadline.kind != DeadlineKind.ANSWER:
        return False
    allowed = access.allows(
        Permission.EXTEND, body_id=appeal.executor_body_id, channel=appeal.channel
    )
    once = appeal.regime != Regime.LAW59 or not deadline.extended_days
    return allowed and once and deadline.state in OPEN_STATES


def rules_of(municipality_id: int) -> QuerySet[DeadlineRule]:
    """Built-in rules and the municipality's own, for the settings page."""
    return (
        DeadlineRule.objects.filter(
            Q(municipality_id=municipality_id) | Q(municipality__isnull=True)
        )
        .select_related("topic")
        .order_by("regime", "kind", "-priority", "slug")
    )


def unverified_rules(municipality_id: int) -> int:
    """How many rules still ask to be checked against the edition in force."""
    return rules_of(municipality_id).filter(verify=True).count()
