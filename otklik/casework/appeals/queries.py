"""Reading cases. Every list starts from `visible_to(access)`, before counting and paging."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.casework.appeals.models import Appeal, Assignment, Door, Question
from otklik.casework.appeals.rules.filters import AppealFilter, edges_of, places_of
from otklik.casework.appeals.vocabulary import OPEN_STATUSES, Status
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.queries import bodies, reached
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import BodyKind, Permission
from otklik.directory.territory.queries import on_map

COUNT_CAP = 10_000
NOWHERE = -1
_NOWHERE_ON_MAP = Q(lat__isnull=True) & (
    Q(settlement__isnull=True) | Q(settlement__lat__isnull=True)
)
LIKE_WORDS = 6
NEAREST_WORDS = """
SELECT word, near.stem
FROM unnest(tsvector_to_array(to_tsvector('russian', %s))) AS word
LEFT JOIN LATERAL (
    SELECT stem FROM appeals_word WHERE municipality_id = %s AND stem %% word
    ORDER BY similarity(stem, word) DESC, stem LIMIT %s
) AS near ON true
"""


@dataclass(frozen=True)
class Page:
    """One page by key: `after` continues, `before` goes back; both are opaque cursors."""

    rows: list[Appeal]
    after: str
    before: str


def visible_to(access: Access) -> QuerySet[Appeal]:
    """The appeals this person may know about."""
    found = Appeal.objects.filter(municipality_id=access.municipality_id)
    return found.filter(reached(access, Permission.VIEW_APPEALS))


def sees(access: Access, appeal: Appeal | None) -> bool:
    """Whether this person may know about a case at hand. No queries."""
    return appeal is not None and covers(access, Permission.VIEW_APPEALS, appeal)


def covers(access: Access, permission: Permission, appeal: Appeal) -> bool:
    """Whether a right reaches a case at hand by any of its bodies, or as own work. No queries."""
    if appeal.municipality_id != access.municipality_id:
        return False
    own = access.account_id if access.account_id in appeal.account_ids else None
    bodies: tuple[int | None, ...] = (None, *appeal.body_ids)
    return any(
        access.allows(permission, body_id=body, account_id=own, channel=appeal.channel)
        for body in bodies
    )


def matching(access: Access, wanted: AppealFilter) -> QuerySet[Appeal]:
    """Visible appeals that fit the filter, unordered."""
    zone = _zone(access.municipality_id)
    found = visible_to(access).filter(_plain(wanted) & _periods(wanted, zone))
    found = _on_map(found, wanted)
    found = _flags(found, wanted)
    return search(found, wanted.q) if wanted.q else found


def _on_map(found: QuerySet[Appeal], wanted: AppealFilter) -> QuerySet[Appeal]:
    """In the box, the outline, the cells; one without a point of its own stands at its place."""
    edges = edges_of(wanted.bbox)
    if edges is not None:
        found = found.filter(_box(edges))
    if wanted.places:
        found = found.filter(settlement_id__in=places_of(wanted.places))
    lon, lat = Coalesce("lon", "settlement__lon"), Coalesce("lat", "settlement__lat")
    for around, condition in on_map(wanted.area, wanted.cells, lon, lat):
        found = found.filter(_box(around), condition)
    return found


def _box(edges: tuple[float, float, float, float]) -> Q:
    west, south, east, north = edges
    own = Q(lon__gte=west, lon__lt=east, lat__gte=south, lat__lt=north)
    village = Q(
        settlement__lon__gte=west,
        settlement__lon__lt=east,
        settlement__lat__gte=south,
        settlement__lat__lt=north,
    )
    return own | (Q(lat__isnull=True) & village)


def search(found: QuerySet[Appeal], words: str) -> QuerySet[Appeal]:
    """All word forms of Russian words; or the exact number of a case."""
    words = words.strip()
    if any(sign.isdigit() for sign in words) and len(words) <= 30 and " " not in words:
        by_number = Q(number=words) | Q(external_number=words) | Q(number__startswith=words)
        return found.filter(by_number | Q(search=SearchQuery(words, config="russian")))
    query = SearchQuery(words, config="russian", search_type="websearch")
    return found.filter(search=query)


def similar_in_spelling(access: Access, wanted: AppealFilter) -> QuerySet[Appeal]:
    """For a search that found nothing: each word, or the words most like it in spelling."""
    found = matching(access, wanted.without("q"))
    nearest: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        # One slip in a short word leaves a third of its trigrams.
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', '0.3', false)")
        cursor.execute(NEAREST_WORDS, [wanted.q, access.municipality_id, LIKE_WORDS])
        for word, stem in cursor.fetchall():
            nearest.setdefault(word, []).append(stem)
    if not nearest or any(stems == [None] for stems in nearest.values()):
        return found.none()
    groups = ("(" + " | ".join(f"'{stem}'" for stem in stems) + ")" for stems in nearest.values())
    return found.filter(search=SearchQuery(" & ".join(groups), config="simple", search_type="raw"))


def page(found: QuerySet[Appeal], *, cursor: str = "", limit: int = 50) -> Page:
    """Newest first, by the key (received_at, id). A cursor is «+key» (older) or «-key» (newer)."""
    backwards = cursor.startswith("-")
    moment, pk = read_cursor(cursor)
    rows = found.select_related("topic", "executor_body", "settlement", "applicant")
    rows = rows.defer("search", "external_hash")
    if moment is not None:
        rows = rows.filter(_beyond(moment, pk, backwards))
    order = ("received_at", "id") if backwards else ("-received_at", "-id")
    taken = list(rows.order_by(*order)[: limit + 1])
    more, taken = len(taken) > limit, taken[:limit]
    if backwards:
        taken.reverse()
    has_older = more if not backwards else bool(taken)
    has_newer = more if backwards else bool(cursor and taken)
    return Page(
        rows=taken,
        after=_cursor("+", taken[-1]) if taken and has_older else "",
        before=_cursor("-", taken[0]) if taken and has_newer else "",
    )


def count(found: QuerySet[Appeal], cap: int = COUNT_CAP) -> tuple[int, bool]:
    """How many, and whether the count stopped at the cap (cost grows with what is shown)."""
    number = found.order_by().values("pk")[: cap + 1].count()
    return (cap, True) if number > cap else (number, False)


def card(access: Access, appeal_id: int) -> Appeal:
    """One case with its questions and assignments; NotFound when hidden or absent."""
    assignments = Assignment.objects.select_related("body", "account").order_by("role", "pk")
    questions = Question.objects.select_related("topic", "settlement").prefetch_related(
        Prefetch("assignments", queryset=assignments)
    )
    found = (
        visible_to(access)
        .select_related(
            "applicant",
            "topic",
            "executor_body",
            "settlement",
            "street",
            "house",
            "municipality",
            "repeats",
            "complained_body",
            "addressee_body",
        )
        .prefetch_related(Prefetch("questions", queryset=questions))
        .filter(pk=appeal_id)
        .first()
    )
    if found is None:
        raise NotFound("Такого обращения нет или оно вам не доступно.", "Проверьте номер.")
    return found


def may_classify(access: Access, appeal: Appeal) -> bool:
    """Whether the right to classify covers the case, by any of the bodies that have it."""
    return covering_body(access, appeal) is not NOWHERE


def classifying(access: Access, appeal_id: int) -> Access:
    """The access of one who may classify this case, the head of a block for its bodies.

    Raises Forbidden without the right and NotFound for a case that is hidden.
    """
    access.require_any(Permission.CLASSIFY)
    if access.allows(Permission.CLASSIFY):
        return access.require(Permission.CLASSIFY)
    appeal = visible_to(access).filter(pk=appeal_id).first() or card(access, appeal_id)
    body_id = covering_body(access, appeal)
    return access.require(Permission.CLASSIFY, body_id=body_id, channel=appeal.channel)


def covering_body(access: Access, appeal: Appeal) -> int | None:
    """The body by which a person may classify the case, None for all; NOWHERE when he may not."""
    for body_id in (None, appeal.executor_body_id, *appeal.body_ids):
        if access.allows(Permission.CLASSIFY, body_id=body_id, channel=appeal.channel):
            return body_id
    return NOWHERE


def repeats_of(appeal: Appeal, *, days: int = 365) -> QuerySet[Appeal]:
    """Earlier cases of the same applicant (same phone or e-mail) or with the same text."""
    person, place = appeal.applicant, appeal.municipality_id
    by_person = Appeal.objects.filter(municipality_id=place, applicant__municipality_id=place)
    ways = [
        (person.email, by_person.filter(applicant__email=person.email)),
        (person.phone, by_person.filter(applicant__phone=person.phone)),
        (
            appeal.fingerprint,
            Appeal.objects.filter(municipality_id=place, fingerprint=appeal.fingerprint),
        ),
    ]
    # A union of look-ups: one condition with «or» over two tables would read the whole year.
    found = [way.order_by().values("pk") for known, way in ways if known]
    if not found:
        return Appeal.objects.none()
    return (
        Appeal.objects.filter(pk__in=found[0].union(*found[1:]) if found[1:] else found[0])
        .filter(received_at__gte=appeal.received_at - timedelta(days=days))
        .filter(received_at__lt=appeal.received_at)
        .exclude(pk=appeal.pk)
        .order_by("-received_at")
    )


def _plain(wanted: AppealFilter) -> Q:
    names = {
        "status": "status",
        "regime": "regime",
        "channel": "channel",
        "topic": "topic_id",
        "topic_group": "topic__group",
        "body": "executor_body_id",
        "addressee": "addressee_body_id",
        "settlement": "settlement_id",
        "street": "street_id",
        "score": "score",
        "repetition": "repetition",
        "theme": "theme",
    }
    given = {
        column: getattr(wanted, name)
        for name, column in names.items()
        if getattr(wanted, name) not in (None, "")
    }
    return Q(**given)


def _periods(wanted: AppealFilter, zone: ZoneInfo) -> Q:
    condition = Q()
    columns = (
        ("received_at", wanted.since, wanted.until),
        ("answered_at", wanted.answered_since, wanted.answered_until),
        ("due_at", wanted.due_since, wanted.due_until),
    )
    for column, since, until in columns:
        if since:
            condition &= Q(**{f"{column}__gte": start_of(since, zone)})
        if until:
            condition &= Q(**{f"{column}__lt": start_of(until + timedelta(days=1), zone)})
    return condition


def _flags(found: QuerySet[Appeal], wanted: AppealFilter) -> QuerySet[Appeal]:
    is_open = Q(status__in=OPEN_STATUSES)
    conditions: tuple[tuple[bool, Q], ...] = (
        (wanted.open, is_open),
        (wanted.overdue, is_open & Q(due_at__lt=clock.now())),
        (wanted.repeated, Q(repeats__isnull=False)),
        (wanted.reopened, Q(reopened__gt=0)),
        (wanted.unassigned, is_open & Q(executor_body__isnull=True)),
        (wanted.no_place, Q(settlement__isnull=True)),
        (wanted.no_point, _NOWHERE_ON_MAP),
        (wanted.no_topic, Q(topic__isnull=True)),
        (wanted.no_theme, Q(theme="")),
        (wanted.no_body, Q(executor_body__isnull=True)),
        (wanted.scored, Q(score__isnull=False)),
        (wanted.late, Q(answered_at__gt=F("due_at"))),
        (wanted.in_time, Q(answered_at__lte=F("due_at"))),
        (wanted.closing, Q(status=Status.ANSWERED) | (is_open & Q(due_at__lt=clock.now()))),
    )
    for wanted_flag, condition in conditions:
        if wanted_flag:
            found = found.filter(condition)
    return found


def doors(municipality_id: int) -> QuerySet[Door]:
    """Mailboxes and accounts with those whose they are."""
    found = Door.objects.filter(municipality_id=municipality_id)
    return found.select_related("body", "account").order_by("body__order", "body__name", "pk")


def body_behind(municipality_id: int, *, box: str, account_id: int) -> Body | None:
    """Whom a message is for: the owner of the box, else of the account; else nobody known."""
    own = doors(municipality_id)
    box = box.strip().casefold()
    door = own.filter(box=box).first() if box else None
    if door is not None:
        return door.body
    named = bodies(municipality_id).filter(email__iexact=box).first() if box else None
    if named is not None:
        return named
    door = own.filter(account_id=account_id).first()
    return door.body if door else None


def addressees(municipality_id: int) -> QuerySet[Body]:
    """Whom citizens may write to: bodies of local self-government, what they run, officials."""
    return bodies(municipality_id).exclude(kind=BodyKind.EXTERNAL)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a local day."""
    return datetime.combine(day, time.min, tzinfo=zone)


def _zone(municipality_id: int) -> ZoneInfo:
    name = Municipality.objects.values_list("time_zone", flat=True).get(pk=municipality_id)
    return ZoneInfo(name)


def _beyond(moment: datetime, pk: int, backwards: bool) -> Q:
    if backwards:
        return Q(received_at__gt=moment) | Q(received_at=moment, pk__gt=pk)
    # The first condition lets the index range start at the key.
    return Q(received_at__lte=moment) & (Q(received_at__lt=moment) | Q(pk__lt=pk))


def _cursor(sign: str, row: Any) -> str:
    return f"{sign}{row.received_at.isoformat()}_{row.pk}"


def read_cursor(cursor: str) -> tuple[datetime | None, int]:
    """The key that a cursor of `page` holds; no moment when it is not one."""
    moment, _, pk = cursor[1:].replace(" ", "+").rpartition("_")
    try:
        return datetime.fromisoformat(moment), int(pk)
    except ValueError:
        return None, 0
