"""Keeping a cut under a name."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.cuts.events import CutForgotten, CutSaved
from otklik.insight.cuts.models import SavedCut
from otklik.insight.cuts.rules import Request
from otklik.insight.cuts.vocabulary import Measure
from otklik.records.journal.actions import record


@transaction.atomic
def save_cut(*, access: Access, name: str, request: Request, measure: Measure) -> SavedCut:
    """Keep a cut for oneself; the same name again replaces it (tuapse:2.2.5)."""
    access = access.require_any(Permission.ANALYTICS)
    name = " ".join(name.split())[:200]
    if not name:
        raise Refused("У разреза нет названия.", "Назовите его так, чтобы узнать потом.")
    saved, _ = SavedCut.objects.update_or_create(
        municipality_id=access.municipality_id,
        account_id=access.account_id,
        name=name,
        defaults={
            "rows": request.rows,
            "columns": request.columns or "",
            "measure": measure,
            "counted": request.counted,
            "filter": request.filter.pairs(),
            "saved_at": clock.now(),
        },
    )
    event = CutSaved(subject_id=saved.pk, name_given=name)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return saved


@transaction.atomic
def forget_cut(*, access: Access, cut_id: int) -> None:
    """Drop one's own cut; NotFound for another's."""
    saved = SavedCut.objects.filter(
        pk=cut_id, municipality_id=access.municipality_id, account_id=access.account_id
    ).first()
    if saved is None:
        raise NotFound("Такого сохранённого разреза у вас нет.", "Обновите список.")
    event = CutForgotten(subject_id=saved.pk, name_given=saved.name)
    saved.delete()
    record(event, actor=access.actor, municipality_id=access.municipality_id)
