"""Making snapshots, their next editions, and publishing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, Refused
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.calendars.queries import calendar_for
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.ratings.actions.telling import tell_bodies, tell_participants
from otklik.insight.ratings.events import SnapshotMade, SnapshotPublished
from otklik.insight.ratings.formulas import EDITIONS, IN_FORCE, Edition
from otklik.insight.ratings.formulas.tally import Settings, Tally
from otklik.insight.ratings.models import CountedCases, Snapshot
from otklik.insight.ratings.queries import (
    chosen_of,
    latest_edition,
    may_head,
    may_make,
    snapshot,
)
from otklik.insight.ratings.queries.counting import (
    countable,
    counted_by_key,
    excluded_questions,
)
from otklik.insight.ratings.queries.snapshots import all_counted
from otklik.insight.ratings.queries.subjects import Rateable, gathered, rateable
from otklik.insight.ratings.rules.marks import Counted, packed, tally_of, without
from otklik.insight.ratings.vocabulary import SnapshotState, Subject, System
from otklik.language.wording import period_words
from otklik.records.journal.actions import record

Kept = list[tuple[Rateable, list[Counted]]]


@transaction.atomic
def make_snapshot(
    *,
    access: Access,
    since: date,
    until: date,
    subject: Subject = Subject.BODY,
    system: System = System.WHOLE,
) -> Snapshot:
    """Keep the rating of an ended period with every question counted, as a preliminary one.

    Raises Forbidden without the whole analysis of the system, Refused for a period not ended,
    Conflict when it is kept already.
    """
    access = _maker(access, system)
    place = Municipality.objects.select_for_update().get(pk=access.municipality_id)
    if since > until:
        raise Refused("Начало периода позже конца.", "Поменяйте даты местами.")
    if until >= clock.today(place.tz):
        raise Refused("Период ещё не закончился.", "Снимок составляется за прошедшие дни.")
    same = Snapshot.objects.filter(
        municipality=place, subject=subject, system=system, since=since, until=until
    )
    if same.exists():
        raise Conflict(
            "Снимок за этот период уже есть.",
            "Откройте его; после решений об исключении составьте новую редакцию.",
        )
    counted = _count(
        access, AppealFilter(since=since, until=until, channel=system.channel), subject
    )
    made = Snapshot(
        municipality=place, subject=subject, system=system, since=since, until=until,
        settings=asdict(chosen_of(place.pk, system).settings),
        excluded=sorted(excluded_questions(place.pk).values_list("question_id", flat=True)),
    )  # fmt: skip
    return _keep(access, made, counted, IN_FORCE)


@transaction.atomic
def make_edition(*, access: Access, snapshot_id: int) -> Snapshot:
    """The next edition: the same count by the same formula without what was excluded since.

    Nothing else may differ, so it is counted from what the snapshot kept and not from the cases.
    """
    before = snapshot(access, snapshot_id).snapshot
    access = _maker(access, System(before.system))
    Municipality.objects.select_for_update().get(pk=access.municipality_id)
    if not latest_edition(before):
        raise Conflict("У снимка уже есть более новая редакция.", "Составьте следующую из неё.")
    excluded = set(excluded_questions(before.municipality_id).values_list("question_id", flat=True))
    kept: Kept = []
    for told in before.tallies:
        one = Rateable(told["subject_id"], told["name"], told["group"], frozenset())
        kept.append((one, all_counted(before, one.pk)))
    news = excluded & {one.question_id for _, ones in kept for one in ones}
    if not news:
        raise Refused(
            "Исключать нечего: новых решений по этому снимку нет.",
            "Редакция составляется после решения об исключении.",
        )
    left = [(one, without(ones, news)) for one, ones in kept]
    made = Snapshot(
        municipality_id=before.municipality_id, subject=before.subject, system=before.system,
        since=before.since, until=before.until, edition=before.edition + 1,
        settings=before.settings, excluded=sorted({*before.excluded, *news}),
    )  # fmt: skip
    return _keep(access, made, left, EDITIONS[before.formula])


@transaction.atomic
def publish_snapshot(*, access: Access, snapshot_id: int) -> Snapshot:
    """Show the rating to all participants by the head's decision (ust-kubinsky:3.1.i)."""
    found = snapshot(access, snapshot_id).snapshot
    system = System(found.system)
    if not may_head(access, system.channel):
        raise Forbidden(
            "Рейтинг публикует руководитель.",
            "Нужны право на анализ всего центра и право подписывать или давать поручения.",
        )
    access = access.under(Permission.INSTRUCT, Permission.SIGN)
    locked = Snapshot.objects.select_for_update().get(pk=found.pk)
    if locked.is_published:
        raise Conflict("Рейтинг уже опубликован.", "Обновите страницу.")
    if not latest_edition(locked):
        raise Conflict("Есть более новая редакция.", "Опубликуйте её.")
    place = Municipality.objects.get(pk=locked.municipality_id)
    days = chosen_of(place.pk, system).contest_days
    locked.state = SnapshotState.PUBLISHED
    locked.published_at = clock.now()
    locked.published_by_id = access.account_id
    locked.published_label = access.actor.label
    locked.contest_until = calendar_for(place.pk).add_working_days(clock.today(place.tz), days)
    locked.save()
    event = SnapshotPublished(**_told(locked))
    record(event, actor=access.actor, municipality_id=place.pk)
    period = period_words(locked.since, locked.until)
    tell_participants(
        locked,
        f"Опубликован рейтинг {period}: {locked}",
        _page(locked),
    )
    return locked


def _maker(access: Access, system: System) -> Access:
    access = access.require_any(Permission.ANALYTICS)
    if not may_make(access, system.channel):
        raise Forbidden(
            "Снимок рейтинга составляет тот, кто видит анализ всего центра и готовит отчёты.",
            "Попросите аналитика или руководителя центра.",
        )
    return access


def _count(access: Access, wanted: AppealFilter, subject: Subject) -> Kept:
    now = clock.now()
    facts = countable(access, wanted, subject, now)
    by_key = counted_by_key(facts, subject, now)
    subjects = rateable(subject, access.municipality_id, by_key)

    def join(one: Rateable, parts: list[list[Counted]]) -> list[Counted]:
        return sorted((c for part in parts for c in part), key=lambda c: c.question_id)

    known = {one.pk: one for one in subjects}
    lists = gathered(subjects, by_key, join)
    alive = [one for one in subjects if one.keys & by_key.keys()]
    return [(known[one.pk], counted) for one, counted in zip(alive, lists, strict=True)]


def _keep(access: Access, made: Snapshot, counted: Kept, edition: Edition) -> Snapshot:
    tallies = [tally_of(ones, subject_id=one.pk, name=one.name, group=one.group)
               for one, ones in counted]  # fmt: skip
    made.formula = edition.slug
    made.tallies = [asdict(one) for one in tallies]
    made.places = _places(edition, tallies, made.settings)
    made.made_at, made.made_label = clock.now(), access.actor.label
    made.save()
    CountedCases.objects.bulk_create(
        CountedCases(snapshot=made, subject_id=one.pk, **packed(ones)) for one, ones in counted
    )
    event = SnapshotMade(**_told(made), excluded=len(made.excluded))
    record(event, actor=access.actor, municipality_id=made.municipality_id)
    period = period_words(made.since, made.until)
    tell_bodies(
        made,
        f"Предварительный рейтинг {period}: проверьте учтённые вопросы",
        _page(made),
    )
    return made


def _places(
    edition: Edition, tallies: Sequence[Tally], settings: Mapping[str, Any]
) -> dict[str, list[float | None]]:
    rows = edition.rate(tallies, replace(Settings(), **settings))
    return {
        str(row.subject_id): [
            row.place,
            round(row.total, 6),
            None if row.margin is None else round(row.margin, 6),
        ]
        for row in rows
    }


def _told(made: Snapshot) -> dict[str, Any]:
    return {
        "subject_id": made.pk,
        "subject_kind": made.subject,
        "system": made.system,
        "since": made.since,
        "until": made.until,
        "edition": made.edition,
    }


def _page(made: Snapshot) -> str:
    return f"/desk/rating/snapshots/{made.pk}/"
