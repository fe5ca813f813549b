"""A run: its progress, what it did or would do, row by row."""

from __future__ import annotations

from io import StringIO

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from otklik.base.errors import Conflict, OtklikError
from otklik.base.tables import write_csv
from otklik.casework.intake import queries
from otklik.casework.intake.actions import as_file, run_import_chunk, start_import
from otklik.casework.intake.models import ImportRun
from otklik.casework.intake.queries.imports import REPORT_HEADER
from otklik.casework.intake.vocabulary import RunState, Source
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render

AT_ONCE = 2000
"""Rows brought in while the person waits; longer files go to the worker."""
PROBLEMS_SHOWN = 100


def carry_on(access: Access, run: ImportRun) -> None:
    """Do a short run now; a long one was given to the worker when it began."""
    if run.upload is None or run.rows_total > AT_ONCE:
        return
    try:
        with as_file(run.upload) as path:
            run_import_chunk(access=access, run_id=run.pk, file=path)
    except Conflict:
        return
    except OtklikError:
        # The run itself now says why it stopped, and its page shows it.
        return


@desk(Permission.IMPORT)
def run(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.run_of(request.access, pk)
    running = found.state == RunState.RUNNING
    problems = queries.problems_of(found).select_related("appeal")
    total = problems.count()
    context = {
        "run": found,
        "running": running,
        "failed": found.state == RunState.FAILED,
        "steps": "Файл|Столбцы|Проверка|Загрузка",
        "step": 3 if found.dry_run else 4,
        "problems": problems[:PROBLEMS_SHOWN],
        "problems_total": total,
        "problems_hidden": max(0, total - PROBLEMS_SHOWN),
        "progress_url": reverse("imports:progress", args=[pk]),
        "changes": queries.changes_of(found).select_related("appeal")[:PROBLEMS_SHOWN],
        "can_load": found.dry_run and found.upload_id and found.created + found.updated,
        "source": Source(found.source).label,
    }
    crumbs = [("Импорт", reverse("imports:start")), (found.file_name, "")]
    return render(request, "desk/imports/run.html", context, crumbs=crumbs)


@desk(Permission.IMPORT)
def progress(request: DeskRequest, pk: int) -> HttpResponse:
    """The bar alone, asked for every two seconds; a finished run reloads its page."""
    found = queries.run_of(request.access, pk)
    running = found.state == RunState.RUNNING
    context = {
        "run": found,
        "running": running,
        "progress_url": reverse("imports:progress", args=[pk]),
    }
    response = render(request, "desk/imports/progress.html", context)
    if not running:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@desk(Permission.IMPORT)
def loading(request: DeskRequest, pk: int) -> HttpResponse:
    """After the dry run: the same file and columns, in earnest."""
    checked = queries.run_of(request.access, pk)
    if checked.upload is None:
        raise Conflict("Файл этой проверки уже удалён.", "Загрузите его ещё раз.")
    with as_file(checked.upload) as path:
        found = start_import(
            access=request.access,
            file=path,
            source=Source(checked.source),
            mapping=checked.mapping,
            profile=checked.profile,
            sheet=checked.sheet,
            upload=checked.upload,
            file_name=checked.file_name,
            at_once=AT_ONCE,
        )
    carry_on(request.access, found)
    return redirect("imports:run", found.pk)


@desk(Permission.IMPORT)
def report(request: DeskRequest, pk: int) -> HttpResponse:
    """Every row, or with `?problems=1` those refused or remarked upon."""
    found = queries.run_of(request.access, pk)
    out = StringIO()
    only = request.GET.get("problems") == "1"
    write_csv(out, REPORT_HEADER, queries.report_rows(found, problems_only=only))
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"Отчёт о загрузке {found.pk}.csv"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
