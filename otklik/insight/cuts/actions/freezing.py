"""Freezing the numbers of a cut on a date, and noting to whom they were supplied."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.cuts.actions.saving import cleaned
from otklik.insight.cuts.events import CutFrozen, CutSupplied
from otklik.insight.cuts.models import FrozenCut, Supply
from otklik.insight.cuts.queries import frozen_cut, numbers_of, printed_cut
from otklik.insight.cuts.rules import View, digest_of, outward
from otklik.insight.cuts.rules.printed import MAPPED
from otklik.insight.cuts.rules.reach import kept
from otklik.insight.cuts.vocabulary import SupplyForm
from otklik.records.journal.actions import record

MOST_CELLS = 50_000
"""Numbers one frozen cut holds at most."""


@transaction.atomic
def freeze(*, access: Access, name: str, view: View) -> FrozenCut:
    """Count now with one's own right and keep the numbers for good.

    Raises Refused without a period, without a name, and for a table too large.
    """
    access = access.require_any(Permission.ANALYTICS)
    asked = view.request.filter
    if asked.since is None or asked.until is None:
        raise Refused("Срез снимается за период.", "Укажите начало и конец периода.")
    now, name = clock.now(), cleaned(name)
    table = printed_cut(access, view, now=now, name=name)
    if len(table.rows) * len(table.columns) > MOST_CELLS:
        raise Refused(
            "Таблица слишком велика, чтобы хранить её срезом.",
            "Сузьте отбор или возьмите более крупные части.",
        )
    numbers = table.as_json()
    frozen = FrozenCut.objects.create(
        municipality_id=access.municipality_id,
        account_id=access.account_id,
        author_label=access.actor.label[:300],
        name=name,
        made_at=now,
        since=asked.since,
        until=asked.until,
        numbers=numbers,
        reach=kept(access.reach(Permission.ANALYTICS)),
        digest=digest_of(numbers),
    )
    event = CutFrozen(subject_id=frozen.pk, name_given=name, digest=frozen.digest)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return frozen


@transaction.atomic
def supply(
    *, access: Access, frozen_id: int, to: str, form: SupplyForm, purpose: str = ""
) -> Supply:
    """Note to whom a frozen cut is supplied outside, and in which file (ust-kubinsky:2.2.4).

    Raises Refused without an addressee, for a layer of the map of what has no place on it, and
    for a table without counts.
    """
    access = access.require_any(Permission.ANALYTICS)
    frozen = frozen_cut(access, frozen_id)
    to = " ".join(to.split())[:300]
    if not to:
        raise Refused("Не сказано, кому предоставлен срез.", "Назовите орган или организацию.")
    if form == SupplyForm.GEOJSON and frozen.numbers["side"] not in MAPPED:
        raise Refused(
            "Слой карты есть только у среза по населённым пунктам.", "Выберите другой вид."
        )
    if not outward(numbers_of(frozen)).columns:
        raise Refused(
            "В срезе только доли и средние: малые числа в них не скрыть.",
            "Снимите срез числами и предоставьте его.",
        )
    made = Supply.objects.create(
        cut=frozen,
        to=to,
        purpose=" ".join(purpose.split())[:500],
        form=form,
        at=clock.now(),
        account_id=access.account_id,
        by_label=access.actor.label[:300],
    )
    event = CutSupplied(subject_id=frozen.pk, name_given=frozen.name, to=to, form=str(form.label))
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return made
