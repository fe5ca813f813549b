"""An analyst sets up a cut, keeps it, opens it later and takes it away as a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from otklik.base.actor import Actor
from otklik.base.errors import Forbidden, NotFound, Refused
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.insight.cuts.actions import forget_cut, save_cut
from otklik.insight.cuts.queries import printed_cut, saved_cuts, saved_request, view_of
from otklik.insight.cuts.rules import Request
from otklik.insight.cuts.vocabulary import Counted, Dimension, Measure, SupplyForm
from otklik.insight.cuts.writers import write
from otklik.insight.facts.actions import rebuild
from otklik.insight.facts.tests.world import NOW, START, District, build

pytestmark = pytest.mark.django_db

REQUEST = Request(
    rows=Dimension.TOPIC,
    columns=Dimension.MONTH,
    filter=AppealFilter(since=date(2025, 12, 1), until=date(2026, 2, 28), channel="pos"),
    counted=Counted.QUESTIONS,
)


@pytest.fixture
def district() -> District:
    return build()


@pytest.mark.clause("tuapse:2.2.5")
def test_a_cut_is_chosen_kept_and_exported(district: District) -> None:
    district.topics[0].name = "=1+1"
    district.topics[0].save()
    for n in range(3):
        district.register(START, channel="pos", topic=district.topics[n % 2])
    rebuild(municipality_id=district.town.pk)
    saved = save_cut(
        access=district.access, name=" Темы  ПОС ", request=REQUEST, measure=Measure.IN_WORK
    )
    assert [kept.name for kept in saved_cuts(district.access)] == ["Темы ПОС"]
    request, measure = saved_request(district.access, saved.pk)
    assert (request, measure) == (replace(REQUEST, measures=(Measure.IN_WORK,)), Measure.IN_WORK)
    table = printed_cut(district.access, view_of(saved, None), now=NOW)
    file = write(table, SupplyForm.XLSX, made_at=NOW)
    book = load_workbook(BytesIO(file), data_only=True)
    rows: list[list[Any]] = [list(row) for row in book["Разрез"].values]
    assert {row[0] for row in rows[1:]} == {"=1+1", "Снег", "Всего"}
    assert rows[-1][-1] == 3
    assert sum(row[-1] for row in rows[1:-1]) == 3
    assert rows[0] == [
        "Тема",
        "декабрь\u00a02025",
        "январь\u00a02026",
        "февраль\u00a02026",
        "Всего",
    ]


def test_a_name_again_replaces(district: District) -> None:
    for rows in (Dimension.BODY, Dimension.CHANNEL):
        request = replace(REQUEST, rows=rows, columns=None)
        save_cut(access=district.access, name="Мой", request=request, measure=Measure.RECEIVED)
    (only,) = saved_cuts(district.access)
    assert saved_request(district.access, only.pk)[0].rows == Dimension.CHANNEL
    forget_cut(access=district.access, cut_id=only.pk)
    assert not saved_cuts(district.access)


def test_cuts_are_ones_own(district: District) -> None:
    saved = save_cut(access=district.access, name="Мой", request=REQUEST, measure=Measure.RECEIVED)
    colleague = replace(district.access, actor=Actor(kind="person", label="Коллега"), account_id=77)
    assert not saved_cuts(colleague)
    with pytest.raises(NotFound):
        saved_request(colleague, saved.pk)
    with pytest.raises(NotFound):
        forget_cut(access=colleague, cut_id=saved.pk)
    with pytest.raises(Forbidden):
        save_cut(
            access=district.outsider(), name="Чужой", request=REQUEST, measure=Measure.RECEIVED
        )
    with pytest.raises(Refused, match="нет названия"):
        save_cut(access=district.access, name=" ", request=REQUEST, measure=Measure.RECEIVED)
