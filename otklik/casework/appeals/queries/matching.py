"""What a filter asks of cases, as conditions of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries.reach import visible_to
from otklik.casework.appeals.rules.filters import DATES, AppealFilter, edges_of, places_of
from otklik.casework.appeals.vocabulary import OPEN_STATUSES, Status
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.territory.queries import on_map, settlements

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
class Sought:
    """Conditions in two parts: `base`, and `beyond`, of which the order of a list knows nothing.

    Those beyond are words and the days of answer and of term: what they find may stand at one end
    of the list, all of it.
    """

    base: QuerySet[Appeal]
    beyond: Q

    def all(self) -> QuerySet[Appeal]:
        return self.base.filter(self.beyond)


def matching(access: Access, wanted: AppealFilter) -> QuerySet[Appeal]:
    """Visible appeals that fit the filter, unordered."""
    return sought(access, wanted).all()


def sought(access: Access, wanted: AppealFilter) -> Sought:
    found = visible_to(access).filter(_plain(wanted))
    beyond = Q()
    if any(getattr(wanted, name) for name in DATES):
        zone = _zone(access.municipality_id)
        found = found.filter(_period(wanted, "received_at", "", zone))
        beyond = _period(wanted, "answered_at", "answered_", zone)
        beyond &= _period(wanted, "due_at", "due_", zone)
    found = _flags(_on_map(found, wanted, access.municipality_id), wanted)
    return Sought(found, beyond & words_in(wanted.q) if wanted.q else beyond)


def _on_map(
    found: QuerySet[Appeal], wanted: AppealFilter, municipality_id: int
) -> QuerySet[Appeal]:
    """In the box, the outline, the cells; one without a point of its own stands at its place."""
    edges = edges_of(wanted.bbox)
    if edges is not None:
        found = found.filter(_box(edges, municipality_id))
    if wanted.places:
        found = found.filter(settlement_id__in=places_of(wanted.places))
    lon, lat = Coalesce("lon", "settlement__lon"), Coalesce("lat", "settlement__lat")
    for around, condition in on_map(wanted.area, wanted.cells, lon, lat):
        found = found.filter(_box(around, municipality_id), condition)
    return found


def _box(edges: tuple[float, float, float, float], municipality_id: int) -> Q:
    west, south, east, north = edges
    inside = {"lon__gte": west, "lon__lt": east, "lat__gte": south, "lat__lt": north}
    # Said one by one: a condition on another table would keep the index of points out of use.
    villages = settlements(municipality_id).filter(**inside).order_by().values_list("pk", flat=True)
    return Q(**inside) | Q(lat__isnull=True, settlement_id__in=list(villages))


def words_in(words: str) -> Q:
    """All word forms of Russian words; or the exact number of a case."""
    words = words.strip()
    if any(sign.isdigit() for sign in words) and len(words) <= 30 and " " not in words:
        by_number = Q(number=words) | Q(external_number=words) | Q(number__startswith=words)
        return by_number | Q(search=SearchQuery(words, config="russian"))
    return Q(search=SearchQuery(words, config="russian", search_type="websearch"))


def similar_in_spelling(access: Access, wanted: AppealFilter) -> Sought | None:
    """For a search that found nothing: each word, or the words most like it in spelling.

    None where a word has no like.
    """
    nearest: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        # One slip in a short word leaves a third of its trigrams.
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', '0.3', false)")
        cursor.execute(NEAREST_WORDS, [wanted.q, access.municipality_id, LIKE_WORDS])
        for word, stem in cursor.fetchall():
            nearest.setdefault(word, []).append(stem)
    if not nearest or any(stems == [None] for stems in nearest.values()):
        return None
    groups = ("(" + " | ".join(f"'{stem}'" for stem in stems) + ")" for stems in nearest.values())
    alike = SearchQuery(" & ".join(groups), config="simple", search_type="raw")
    found = sought(access, wanted.without("q"))
    return Sought(found.base, found.beyond & Q(search=alike))


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


def _period(wanted: AppealFilter, column: str, prefix: str, zone: ZoneInfo) -> Q:
    since, until = getattr(wanted, f"{prefix}since"), getattr(wanted, f"{prefix}until")
    condition = Q()
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


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The first moment of a local day."""
    return datetime.combine(day, time.min, tzinfo=zone)


def _zone(municipality_id: int) -> ZoneInfo:
    name = Municipality.objects.values_list("time_zone", flat=True).get(pk=municipality_id)
    return ZoneInfo(name)
