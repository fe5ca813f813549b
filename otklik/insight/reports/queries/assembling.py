"""The weekly note as numbers: a fixed number of statements whatever the number of cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from otklik.base import clock
from otklik.casework.appeals.queries import start_of
from otklik.casework.appeals.vocabulary import Channel
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.queries import centre_line
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.territory.models import Settlement
from otklik.directory.topics.models import Topic
from otklik.insight.cuts.rules import preceding
from otklik.insight.facts.queries import visible_to
from otklik.insight.reports.queries.counting import Span, by_day, counted_groups
from otklik.insight.reports.queries.framing import addressee_of, signer_of
from otklik.insight.reports.queries.quality import returns_of, scores_of, spots_of
from otklik.insight.reports.queries.rated import rating_of
from otklik.insight.reports.rules import Counts, Group, Line, Place, WeeklyNote, fold, lines

DUE_SOON = timedelta(days=7)
_Names = Mapping[str | int | None, str]


@dataclass(frozen=True)
class _Sides:
    channels: list[Line]
    topics: list[Line]
    bodies: list[Line]
    places: list[Place]


def weekly_note(
    access: Access,
    *,
    until: date,
    weeks: int = 1,
    since: date | None = None,
    now: datetime | None = None,
) -> WeeklyNote:
    """Count everything the note says of the period that ends with `until`.

    `since` wins over `weeks`. Only what this person may count is counted;
    raises Forbidden without the right to analysis. At most sixteen statements.
    """
    first = since or until - timedelta(days=7 * weeks - 1)
    town = Municipality.objects.get(pk=access.municipality_id)
    end = start_of(until + timedelta(days=1), town.tz)
    at = min(now or clock.now(), end)
    before_since, before_until = preceding(first, until)
    span = Span(since=first, until=until, before_since=before_since, before_until=before_until)
    facts = visible_to(access)
    due_until = min(at.astimezone(town.tz).date(), until) + DUE_SOON
    soon = start_of(due_until + timedelta(days=1), town.tz)
    groups = counted_groups(facts, span, at, soon)
    sides = _sides(town, groups)
    return WeeklyNote(
        municipality=town.name,
        region=town.region,
        centre=town.centre_name,
        centre_card=centre_line(town),
        addressee=addressee_of(town),
        signer=signer_of(town),
        since=first,
        until=until,
        before_since=before_since,
        before_until=before_until,
        at=at,
        due_until=due_until,
        whole=access.reach(Permission.ANALYTICS).everywhere,
        groups=groups,
        days=by_day(facts, span),
        channels=sides.channels,
        topics=sides.topics,
        bodies=sides.bodies,
        places=sides.places,
        scores=scores_of(access, span, town.tz),
        returns=returns_of(access, span, town.tz),
        spots=spots_of(access, span, town.tz),
        rating=rating_of(access, until, at),
    )


def _sides(town: Municipality, groups: list[Group]) -> _Sides:
    topics = {group.topic for group in groups if group.topic is not None}
    bodies = {group.body for group in groups if group.body is not None}
    topic_names: _Names = dict(Topic.objects.filter(pk__in=topics).values_list("pk", "name"))
    body_names: _Names = {one.pk: str(one) for one in Body.objects.filter(pk__in=bodies)}
    channel_names: _Names = {one.value: one.label for one in Channel}
    return _Sides(
        channels=lines(groups, lambda g: g.channel, channel_names, "канал не указан"),
        topics=lines(groups, lambda g: g.topic, topic_names, "Тема не определена"),
        bodies=lines(groups, lambda g: g.body, body_names, "Исполнитель не назначен"),
        places=_places(town, groups),
    )


def _places(town: Municipality, groups: list[Group]) -> list[Place]:
    """Every settlement, the most received first; cases without a place come last."""
    counts = fold(groups, lambda group: group.settlement)
    found = [
        Place(
            key=one.pk,
            label=str(one),
            counts=counts.get(one.pk, Counts()),
            population=one.population,
            lat=one.lat,
            lon=one.lon,
            boundary=one.boundary,
        )
        for one in Settlement.objects.filter(municipality=town)
    ]
    found.sort(key=lambda place: (-place.counts.received, place.label))
    if None in counts:
        found.append(Place(key=None, label="Место не указано", counts=counts[None]))
    return found
