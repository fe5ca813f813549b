"""Bulk changes and reminders of terms, carried out by the worker."""

from __future__ import annotations

from procrastinate.contrib.django import app

from otklik.base import clock
from otklik.casework.control import actions
from otklik.casework.control.models import BulkRun
from otklik.casework.control.vocabulary import BulkState
from otklik.directory.organisation.models import Municipality


@app.task(name="control.apply_bulk", queue="casework", retry=3)
def apply_bulk(run_id: int) -> None:
    actions.apply_bulk(run_id=run_id)


@app.task(name="control.take_back", queue="casework", retry=3)
def take_back(run_id: int) -> None:
    actions.take_back(run_id=run_id)


@app.periodic(cron="* * * * *")
@app.task(name="control.resume_bulk", queue="casework", queueing_lock="control.resume_bulk")
def resume_bulk(timestamp: int) -> None:
    """Changes whose time of undoing is over, and those whose worker died; repeats are harmless.

    So are finished changes that somebody takes back.
    """
    waiting = BulkRun.objects.filter(
        state__in=(BulkState.HELD, BulkState.RUNNING), apply_after__lte=clock.now()
    )
    for pk in waiting.values_list("pk", flat=True):
        apply_bulk.configure(lock=f"bulk-{pk}").defer(run_id=pk)
    undoing = BulkRun.objects.filter(state=BulkState.UNDOING)
    for pk in undoing.values_list("pk", flat=True):
        take_back.configure(lock=f"bulk-{pk}").defer(run_id=pk)


@app.periodic(cron="*/15 * * * *")
@app.task(name="control.tell_of_terms", queue="default", queueing_lock="control.tell_of_terms")
def tell_of_terms(timestamp: int) -> None:
    """Four times an hour, because steps are counted in hours too and time zones differ."""
    for municipality_id in Municipality.objects.values_list("pk", flat=True):
        actions.tell_of_terms(municipality_id=municipality_id, now=clock.now())


@app.periodic(cron="20 * * * *")
@app.task(name="control.tell_of_parts", queue="default", queueing_lock="control.tell_of_parts")
def tell_of_parts(timestamp: int) -> None:
    """Every hour, because nine in the morning differs between time zones."""
    for municipality_id in Municipality.objects.values_list("pk", flat=True):
        actions.tell_of_parts(municipality_id=municipality_id, now=clock.now())
