"""Steps of the wizard: the file, then its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.base.errors import OtklikError
from otklik.base.tables import column_index
from otklik.casework.intake import queries
from otklik.casework.intake.actions import as_file, keep_upload, save_profile, start_import
from otklik.casework.intake.models import ImportUpload
from otklik.casework.intake.queries import Preview, preview
from otklik.casework.intake.rules import Field, Layout, layout, likeliest, placed
from otklik.casework.intake.vocabulary import Source
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.imports import runs
from otklik.web.desk.imports.forms import ColumnsForm, UploadForm
from otklik.web.desk.imports.tabs import tabs

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
            chosen = form.cleaned_data["profile"]
            profile = template_of(request, chosen)
            source = profile.source if profile else form.cleaned_data["source"]
            query = {"source": source, "profile": chosen}
            return redirect(f"{reverse('imports:columns', args=[upload.pk])}?{urlencode(query)}")
    context = {
        "form": form,
        "problem": problem,
        "steps": STEPS,
        "runs": queries.runs(access)[:SHOWN],
        "tabs": tabs(request, "start"),
    }
    return render(request, "desk/imports/start.html", context, crumbs=[("Импорт", "")])


@desk(Permission.IMPORT)
def columns(request: DeskRequest, pk: int) -> HttpResponse:
    """Say what every column is; the answer is a dry run."""
    upload = queries.upload_of(request.access, pk)
    source = _source(request.GET.get("source", ""))
    chosen = request.GET.get("profile", "")
    profile = template_of(request, chosen)
    sheet = request.GET.get("sheet", "") or (profile.sheet if profile else "")
    problem: OtklikError | None = None
    with as_file(upload) as path:
        look = preview(path, sheet)
        known = None if profile else likeliest(source, look.headers, look.sample)
        form = ColumnsForm(look, _initial(look, profile, known), request.POST or None)
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
        "query": urlencode({"source": source, "profile": chosen}),
        "profile": profile,
        "known": known,
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


@dataclass(frozen=True)
class Template:
    """A saved profile or a known layout, as the wizard uses both."""

    source: str
    title: str
    columns: Mapping[str, str]
    sheet: str = ""
    guesses: bool = False


def template_of(request: DeskRequest, chosen: str) -> Template | None:
    """By the id of a saved profile or the name of a known layout; None for neither."""
    if chosen.isdecimal():
        found = queries.profiles(request.access).filter(pk=chosen).first()
        if found is None:
            return None
        by_letter = bool(found.based_on and Field.TEXT not in found.mapping)
        return Template(found.source, found.name, found.mapping, found.sheet, guesses=by_letter)
    known = layout(chosen)
    return Template(known.source, known.title, _plain(known), guesses=True) if known else None


def _plain(known: Layout) -> dict[str, str]:
    return {str(name): header for name, header in known.columns.items()}


def _initial(look: Preview, profile: Template | None, known: Layout | None) -> dict[str, str]:
    """The profile's columns where the file has them; guesses for the rest, where it wants any."""
    if profile and not profile.guesses:
        found = {name: column_index(header, look.headers) for name, header in
                 profile.columns.items()}  # fmt: skip
        return {name: look.headers[at] for name, at in found.items() if at is not None}
    columns = profile.columns if profile else _plain(known) if known else {}
    return placed(columns, look.headers, look.sample)
