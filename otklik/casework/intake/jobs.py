"""Imports carried on by the worker."""

from __future__ import annotations

from time import monotonic

from procrastinate.contrib.django import app

from otklik.base import clock
from otklik.base.actor import Actor, ActorKind
from otklik.base.errors import Conflict
from otklik.casework.intake import actions
from otklik.casework.intake.actions import as_file, clear_uploads, notices, run_import_chunk
from otklik.casework.intake.models import ImportRun
from otklik.casework.intake.queries import stalled_runs
from otklik.casework.intake.vocabulary import RunState
from otklik.directory.organisation.queries import accesses_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

_SECONDS = 60.0


@app.task(name="intake.run_import", queue="imports", retry=3)
def run_import(run_id: int) -> None:
    """Carry a run on for about a minute, then hand over to the next job."""
    run = ImportRun.objects.select_related("upload").get(pk=run_id)
    if run.upload is None or run.state != RunState.RUNNING:
        return
    until = monotonic() + _SECONDS
    try:
        with as_file(run.upload) as file:
            run = run_import_chunk(
                access=_access_of(run),
                run_id=run_id,
                file=file,
                on_step=lambda _: monotonic() < until,
            )
    except Conflict:
        return
    if run.state == RunState.RUNNING:
        defer_import(run_id)


@app.periodic(cron="*/3 * * * *")
@app.task(name="intake.resume_imports", queue="imports", queueing_lock="intake.resume_imports")
def resume_imports(timestamp: int) -> None:
    """Take up runs whose worker died, and clear away files no longer needed."""
    for run_id in stalled_runs():
        defer_import(run_id)
    clear_uploads()


def _access_of(run: ImportRun) -> Access:
    """The right was checked when the person started the import; the journal names that person."""
    kind: ActorKind = "person" if run.account_id else "system"
    actor = Actor(kind, run.actor_label, run.account_id, _role_of(run))
    return Access(
        actor=actor,
        municipality_id=run.municipality_id,
        account_id=run.account_id,
        unlimited=True,
    )


def _role_of(run: ImportRun) -> str:
    """The role by which the person imports; empty for the program itself."""
    if run.account_id is None:
        return ""
    today = clock.today(run.municipality.tz)
    held = accesses_of(run.municipality_id, today, [run.account_id]).get(run.account_id)
    return held.under(Permission.IMPORT).actor.role if held else ""


def defer_import(run_id: int) -> None:
    """Queue the run's next job, in the caller's transaction."""
    run_import.configure(lock=f"import-{run_id}").defer(run_id=run_id)


@app.task(name="intake.take_message", queue="default", retry=5)
def take_message(message_id: int) -> None:
    """Make a case of a message that came through a channel."""
    actions.take_message(message_id=message_id)


@app.task(name="intake.tell_executor", queue="default")
def tell_executor(appeal_id: int, body_id: int, question: int) -> None:
    notices.tell_executor(appeal_id=appeal_id, body_id=body_id, question=question)


@app.task(name="intake.tell_unassigned", queue="default")
def tell_unassigned(appeal_id: int) -> None:
    notices.tell_unassigned(appeal_id=appeal_id)


@app.task(name="intake.tell_approvers", queue="default")
def tell_approvers(reply_id: int, revision: int) -> None:
    notices.tell_approvers(reply_id=reply_id, revision=revision)


@app.task(name="intake.tell_author", queue="default")
def tell_author(reply_id: int) -> None:
    notices.tell_author(reply_id=reply_id)


@app.task(name="intake.tell_low_score", queue="default")
def tell_low_score(survey_id: int) -> None:
    notices.tell_low_score(survey_id=survey_id)
