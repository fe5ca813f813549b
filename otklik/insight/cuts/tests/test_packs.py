"""Packed months, rows packed on the way and the rows themselves say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.appeals.vocabulary import Channel, Regime, Status
from otklik.insight.cuts.queries import cut, facts_of
from otklik.insight.cuts.queries.packs import packs_of
from otklik.insight.cuts.rules import Request
from otklik.insight.cuts.rules.links import NOT_SET
from otklik.insight.cuts.vocabulary import Counted, Dimension
from otklik.insight.facts.actions import pack_months, rebuild, refresh_facts
from otklik.insight.facts.models import FactMonth, FactStrip, QuestionFact
from otklik.insight.facts.tests.world import NOW, District, build

pytestmark = pytest.mark.django_db

DAYS = st.dates(date(2025, 12, 20), date(2026, 3, 20))
KEYS = {
    Dimension.BLOCK: ("1", NOT_SET),
    Dimension.TERM: ("1", "2", "3", NOT_SET, "9"),
    Dimension.WEEKDAY: ("1", "4", "7", NOT_SET),
    Dimension.KIND: ("complaint", NOT_SET),
    Dimension.DISTRICT: (NOT_SET, "7"),
    Dimension.APPLICANT_KIND: ("citizen", NOT_SET),
}


@pytest.fixture(scope="module")
def district(django_db_setup: None, django_db_blocker: Any) -> Iterator[District]:
    """Half of the months packed, half changed since; one district for all examples."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        found = build()
        found.live(40)
        for n, case in enumerate(Appeal.objects.order_by("pk")):
            Appeal.objects.filter(pk=case.pk).update(
                kind=("", "complaint", "statement")[n % 3],
                lat=(None, 52.1 + n / 300)[n % 4 > 0],
                lon=(None, 36.2 + n / 200)[n % 4 > 0],
                addressee_body=(None, *found.bodies)[n % 4],
            )
        rebuild(municipality_id=found.town.pk)
        pack_months()
        changed = QuestionFact.objects.filter(received_on__lt=date(2026, 2, 1)).first()
        assert changed is not None
        refresh_facts(municipality_id=found.town.pk, appeal_ids=[changed.appeal_id])
        assert {month.stale for month in FactMonth.objects.all()} == {True, False}
        yield found
        transaction.set_rollback(True)


def filters(district: District) -> st.SearchStrategy[AppealFilter]:
    flags = ("open", "overdue", "repeated", "reopened", "unassigned", "no_place", "no_point",
             "no_topic", "no_theme", "no_body", "scored", "late", "in_time", "closing")  # fmt: skip
    places = [one.pk for one in district.settlements]
    some: dict[str, st.SearchStrategy[Any]] = {
        "status": st.sampled_from(Status.values),
        "regime": st.sampled_from(Regime.values),
        "channel": st.sampled_from(Channel.values),
        "topic": st.sampled_from([one.pk for one in district.topics] + [10**15]),
        "topic_group": st.sampled_from([one.group for one in district.topics] + ["нет такой"]),
        "body": st.sampled_from([one.pk for one in district.bodies]),
        "addressee": st.sampled_from([one.pk for one in district.bodies]),
        "settlement": st.sampled_from(places),
        "places": st.lists(st.sampled_from(places), min_size=1).map(
            lambda found: ",".join(map(str, found))
        ),
        "bbox": st.sampled_from(["36.2,52.1,36.3,52.15", "36.25,52.0,37.0,53.0", "1,2,3"]),
        "score": st.integers(1, 5),
        "since": DAYS,
        "until": DAYS,
        "answered_since": DAYS,
        "answered_until": DAYS,
        **{flag: st.just(value=True) for flag in flags},
    }
    return st.lists(st.sampled_from(sorted(some)), max_size=3, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({name: some[name] for name in names}).map(
            lambda told: replace(AppealFilter(), **told)
        )
    )


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_any_filter_finds_the_same_questions(district: District, data: st.DataObject) -> None:
    wanted = data.draw(filters(district))
    side = data.draw(st.sampled_from([None, *KEYS]))
    also = () if side is None else ((side, data.draw(st.sampled_from(KEYS[side]))),)
    counted = data.draw(st.sampled_from(Counted))
    with clock.frozen(NOW):
        rows = facts_of(district.access, wanted, counted, NOW, also)
        packs = packs_of(district.access, wanted, counted, NOW, ["question_id"], also)
        found = [int(one) for pack in packs for one in pack["question_id"]]
    assert sorted(found) == sorted(rows.values_list("pk", flat=True))


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_cut_is_the_same_before_and_after_packing(
    district: District, data: st.DataObject
) -> None:
    sides = st.sampled_from([side for side in Dimension if side != Dimension.DAY])
    request = Request(
        rows=data.draw(sides),
        columns=data.draw(st.none() | sides),
        filter=replace(data.draw(filters(district)), since=date(2026, 1, 1), until=NOW.date()),
        counted=data.draw(st.sampled_from(Counted)),
    )
    told = []
    with clock.frozen(NOW):
        for stale in (True, False):
            FactMonth.objects.update(stale=True)
            if not stale:
                pack_months()
            found = cut(district.access, request, now=NOW)
            cells = {pair: cell.tally for pair, cell in found.cells.items()}
            heads = [(head.key, head.label, head.total.tally, head.before) for head in found.rows]
            told.append((cells, heads, found.total.tally, found.before))
    assert told[0] == told[1]


def test_packing_again_writes_nothing_and_a_month_without_questions_goes(
    district: District,
) -> None:
    pack_months()
    assert pack_months() == 0
    month = FactMonth.objects.order_by("-month")[0]
    end = (month.month + timedelta(days=31)).replace(day=1)
    QuestionFact.objects.filter(received_on__gte=month.month, received_on__lt=end).delete()
    assert FactMonth.objects.get(pk=month.pk).stale
    assert pack_months() == 1
    assert not FactMonth.objects.filter(pk=month.pk).exists()
    assert not FactStrip.objects.filter(month_id=month.pk).exists()
