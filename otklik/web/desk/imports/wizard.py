"""Steps of the wizard: the file, then its columns."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.base.errors import OtklikError
from otklik.casework.intake import queries
from otklik.casework.intake.actions import as_file, keep_upload, save_profile, start_import
from otklik.casework.intake.models import ImportProfile, ImportUpload
from otklik.casework.intake.queries import Preview, preview
from otklik.casework.intake.rules import Field
from otklik.casework.intake.vocabulary import Source
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.imports import runs
from otklik.web.desk.imports.forms import ColumnsForm, UploadForm

SHOWN = 20
STEPS = "Файл|Столбцы|Проверка|Загрузка"


@desk(Permission.IMPORT)
def start(request: DeskRequest) -> HttpResponse:
    """Upload a file; below it, earlier imports."""
    access = request.access
    form = UploadForm(queries.profiles(access), request.POST or None, request.FILES or None)
    problem: OtklikError | None = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            upload = keep_upload(access=access, file_name=file.name, chunks=file.chunks())
            with as_file(upload) as path:
                preview(path)
        except OtklikError as error:
            problem = error
        else:
            profile: ImportProfile | None = form.cleaned_data["profile"]
            source = profile.source if profile else form.cleaned_data["source"]
            query = {"source": source, "profile": profile.pk if profile else ""}
            return redirect(f"{reverse('imports:columns', args=[upload.pk])}?{urlencode(query)}")
    context = {
        "form": form,
        "problem": problem,
        "steps": STEPS,
        "runs": queries.runs(access)[:SHOWN],
        "profiles": queries.profiles(access),
    }
    return render(request, "desk/imports/start.html", context, crumbs=[("Импорт", "")])


@desk(Permission.IMPORT)
def columns(request: DeskRequest, pk: int) -> HttpResponse:
    """Say what every column is; the answer is a dry run."""
    upload = queries.upload_of(request.access, pk)
    source = _source(request.GET.get("source", ""))
    profile = _profile(request)
    sheet = request.GET.get("sheet", "") or (profile.sheet if profile else "")
    problem: OtklikError | None = None
    with as_file(upload) as path:
        look = preview(path, sheet)
        form = ColumnsForm(look, _initial(look, profile), request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                return _check(request, upload, source, look, form)
            except OtklikError as error:
                problem = error
    context = {
        "form": form,
        "columns": form.columns(),
        "look": look,
        "head": [{"label": header} for header in look.headers],
        "upload": upload,
        "source": source,
        "problem": problem,
        "steps": STEPS,
        "query": urlencode({"source": source, "profile": profile.pk if profile else ""}),
    }
    crumbs = [("Импорт", reverse("imports:start")), (upload.file_name, "")]
    return render(request, "desk/imports/columns.html", context, crumbs=crumbs)


def _check(
    request: DeskRequest, upload: ImportUpload, source: Source, look: Preview, form: ColumnsForm
) -> HttpResponse:
    """Save the profile if asked, and begin the dry run."""
    access, mapping = request.access, form.mapping()
    profile = None
    if form.cleaned_data["save_as"].strip():
        profile = save_profile(
            access=access,
            name=form.cleaned_data["save_as"],
            source=source,
            mapping=mapping,
            sheet=look.sheet if len(look.sheets) > 1 else "",
        )
    with as_file(upload) as path:
        run = start_import(
            access=access,
            file=path,
            source=source,
            mapping=mapping,
            profile=profile,
            sheet=look.sheet,
            dry_run=True,
            upload=upload,
            file_name=upload.file_name,
            at_once=runs.AT_ONCE,
        )
    runs.carry_on(access, run)
    return redirect("imports:run", run.pk)


def _source(text: str) -> Source:
    return Source(text) if text in Source.values else Source.POS


def _profile(request: DeskRequest) -> ImportProfile | None:
    pk = request.GET.get("profile", "")
    return queries.profiles(request.access).filter(pk=pk).first() if pk.isdecimal() else None


def _initial(look: Preview, profile: ImportProfile | None) -> dict[str, str]:
    """The profile's columns where the file has them, guesses for the rest."""
    if profile:
        return {
            field: header for field, header in profile.mapping.items() if header in look.headers
        }
    fields: dict[str, str] = {}
    for guess in look.guesses:
        if guess.confidence >= 0.5 or guess.field in (Field.TEXT, Field.NUMBER):
            fields[guess.field] = look.headers[guess.column]
    return fields
