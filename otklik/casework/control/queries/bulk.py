"""Bulk changes a person may look at."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.casework.control.models import BulkRun
from otklik.casework.control.vocabulary import (
    RIGHTS,
    UNDO_WITHIN,
    BulkState,
    BulkVerb,
    RowState,
)
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

DID = (RowState.DONE, RowState.RETURNED, RowState.KEPT)
"""Rows whose change was made, also when it was taken back later."""


def runs_of(access: Access) -> QuerySet[BulkRun]:
    """One's own; of everybody for whoever controls the whole municipality."""
    found = BulkRun.objects.filter(municipality_id=access.municipality_id)
    if access.reach(Permission.CONTROL).everywhere:
        return found
    return found.filter(account_id=access.account_id or 0)


def recent_runs(access: Access, limit: int = 10) -> list[BulkRun]:
    """The last ones with how many rows were done and refused."""
    done = Count("rows", filter=Q(rows__state__in=DID))
    refused = Count("rows", filter=Q(rows__state=RowState.REFUSED))
    rows = runs_of(access).annotate(total=Count("rows"), done=done, refused=refused)
    return list(rows.order_by("-pk")[:limit])


def run_of(access: Access, pk: int) -> BulkRun:
    """One with its rows; NotFound when hidden or absent."""
    run = runs_of(access).filter(pk=pk).prefetch_related("rows__appeal__executor_body").first()
    if run is None:
        raise NotFound("Такого действия нет или оно вам не доступно.", "Обновите страницу.")
    return run


def may_undo(access: Access, run: BulkRun) -> bool:
    """Whether to offer undoing: held still, or finished not long ago and not a reminder."""
    if not access.may(RIGHTS[BulkVerb(run.verb)]):
        return False
    if run.state == BulkState.HELD:
        return True
    fresh = run.done_at is not None and clock.now() <= run.done_at + UNDO_WITHIN
    return run.state == BulkState.DONE and run.verb != BulkVerb.REMIND and fresh
