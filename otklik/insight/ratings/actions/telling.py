"""Who is told of snapshots and of contested cases."""

from __future__ import annotations

from collections.abc import Callable

from otklik.base import clock
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import accesses_of
from otklik.directory.organisation.rules import Access
from otklik.exchange.notifications.actions import tell
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.insight.ratings.models import Contest, Snapshot
from otklik.insight.ratings.queries import may_contest, may_head
from otklik.insight.ratings.queries.snapshots import WORKING
from otklik.insight.ratings.vocabulary import Subject, System


def tell_participants(found: Snapshot, text: str, url: str) -> None:
    """Everybody who works on cases: the published rating is for them."""
    _tell(found, text, url, "published", lambda one: any(one.may(right) for right in WORKING))


def tell_bodies(found: Snapshot, text: str, url: str) -> None:
    """Those who may contest what was counted for their bodies; not those of the whole centre."""
    if found.subject != Subject.BODY:
        return
    channel = System(found.system).channel
    bodies = [one["subject_id"] for one in found.tallies]

    def concerned(one: Access) -> bool:
        return not may_head(one, channel) and any(
            may_contest(one, body, channel) for body in bodies
        )

    _tell(found, text, url, "made", concerned)


def tell_heads(contest: Contest, text: str, url: str) -> None:
    channel = System(contest.snapshot.system).channel
    key = f"contest:{contest.pk}"
    _tell(contest.snapshot, text, url, key, lambda one: may_head(one, channel))


def tell_contestant(contest: Contest, text: str, url: str) -> None:
    """Whoever contested, and those who may contest for the body."""
    channel = System(contest.snapshot.system).channel
    key = f"contest:{contest.pk}:decided"

    def concerned(one: Access) -> bool:
        if one.account_id == contest.filed_by_id:
            return True
        return not may_head(one, channel) and may_contest(one, contest.body_id, channel)

    _tell(contest.snapshot, text, url, key, concerned)


def _tell(
    found: Snapshot, text: str, url: str, key: str, concerned: Callable[[Access], bool]
) -> None:
    place = Municipality.objects.get(pk=found.municipality_id)
    people = accesses_of(place.pk, clock.today(place.tz))
    tell(
        municipality_id=place.pk,
        account_ids=[pk for pk, one in people.items() if concerned(one)],
        kind=NoticeKind.RATING,
        text=text,
        url=url,
        key=f"rating:{found.pk}:{key}",
    )
