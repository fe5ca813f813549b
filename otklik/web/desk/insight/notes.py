"""Analytical notes: the list, the preview, files, signature, delivery."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base import clock
from otklik.base.errors import NotFound, OtklikError
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.papers.rules import Picture
from otklik.insight.reports import actions, queries
from otklik.insight.reports.models import Note
from otklik.insight.reports.rules.figures import week_before
from otklik.insight.reports.vocabulary import NoteStatus
from otklik.language.wording import period_words
from otklik.web.desk.appeals.files import serve
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast

SHOWN = 60
SHAPES = {NoteStatus.DRAFT: "draft", NoteStatus.SIGNED: "done", NoteStatus.HANDED_OVER: "closed"}


_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PeriodForm(forms.Form):
    since = forms.DateField(label="С", widget=_DAY)
    until = forms.DateField(label="По", widget=_DAY)


@desk(Permission.REPORT)
def notes(request: DeskRequest) -> HttpResponse:
    since, until = week_before(clock.today(request.municipality.tz))
    form = PeriodForm(request.POST or None, initial={"since": since, "until": until})
    problem: OtklikError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_note(access=request.access, **form.cleaned_data)
        except OtklikError as error:
            problem = error
        else:
            toast(request, f"{made} составлена")
            return redirect("desk:note", made.pk)
    context = {
        "form": form,
        "problem": problem,
        "rows": [_row(note) for note in queries.notes_of(request.access)[:SHOWN]],
        "weekly": queries.weekly_on(request.municipality),
        "may_switch": request.access.allows(Permission.REPORT),
    }
    return render(request, "desk/insight/notes.html", context)


@require_GET
@desk(Permission.REPORT)
def note(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.note_of(request.access, pk)
    document = found.content()
    context = {
        "note": found,
        "shape": SHAPES[NoteStatus(found.status)],
        "document": document,
        "sections": _sections(found, document),
        "period": period_words(found.since, found.until),
    }
    return render(
        request,
        "desk/insight/note.html",
        context,
        crumbs=[("Записка", reverse("desk:notes")), (found.full_number, "")],
    )


@desk(Permission.REPORT)
def part(request: DeskRequest, pk: int, key: str) -> HttpResponse:
    """One section's words: a line is a paragraph or an item of the list."""
    found = queries.note_of(request.access, pk)
    original = next((one for one in found.document["sections"] if one["key"] == key), None)
    if original is None:
        raise NotFound("Такого раздела в записке нет.", "Вернитесь к записке.")
    text = request.POST.get("text", "\n".join(found.content_of(key)))
    problem: OtklikError | None = None
    if request.method == "POST":
        try:
            actions.edit_part(access=request.access, note_id=pk, key=key, text=text)
        except OtklikError as error:
            problem = error
        else:
            toast(request, "Раздел сохранён")
            return redirect("desk:note", pk)
    form = _PartForm(initial={"text": text})
    return render(
        request,
        "desk/insight/note_part.html",
        {"note": found, "title": original["title"], "form": form, "problem": problem},
        crumbs=[
            ("Записка", reverse("desk:notes")),
            (found.full_number, reverse("desk:note", args=[pk])),
            ("Правка", ""),
        ],
    )


class _PartForm(forms.Form):
    text = forms.CharField(label="Текст раздела", widget=forms.Textarea, required=False)


@require_GET
@desk(Permission.REPORT)
def picture(request: DeskRequest, pk: int, place: int) -> HttpResponse:
    document = queries.note_of(request.access, pk).content()
    drawn = [b for s in document.sections for b in s.blocks if isinstance(b, Picture)]
    if place >= len(drawn):
        raise NotFound("Такого рисунка в записке нет.", "Обновите страницу.")
    # Drawing takes two seconds to load: only those who draw wait for it.
    from otklik.insight.papers.writers.pictures import draw

    response = HttpResponse(draw(drawn[place]), content_type="image/png")
    response["Cache-Control"] = "private, max-age=60"
    return response


@require_GET
@desk(Permission.REPORT)
def file(request: DeskRequest, pk: int, ending: str) -> HttpResponse:
    found = queries.note_of(request.access, pk)
    kept = {"docx": found.docx, "pdf": found.pdf}.get(ending)
    if kept is None:
        raise NotFound("Такого файла у записки нет.", "Есть DOCX и PDF.")
    return serve(kept)


@require_POST
@desk(Permission.REPORT)
def signature(request: DeskRequest, pk: int) -> HttpResponse:
    return _step(request, pk, "Записка подписана", actions.sign)


@require_POST
@desk(Permission.REPORT)
def delivery(request: DeskRequest, pk: int) -> HttpResponse:
    to = request.POST.get("to", "")
    return _step(request, pk, "Передача отмечена", actions.hand_over, to=to)


@require_POST
@desk(Permission.REPORT)
def schedule(request: DeskRequest) -> HttpResponse:
    on = request.POST.get("on") == "1"
    try:
        actions.set_weekly(access=request.access, on=on)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, "Записка будет составляться по понедельникам" if on else "Выключено")
    return redirect("desk:notes")


def _step(request: DeskRequest, pk: int, said: str, verb: Any, **given: Any) -> HttpResponse:
    try:
        verb(access=request.access, note_id=pk, **given)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, said)
    return redirect("desk:note", pk)


def _row(note: Note) -> dict[str, Any]:
    days = (note.until - note.since + timedelta(days=1)).days
    return {
        "note": note,
        "period": period_words(note.since, note.until),
        "days": days,
        "url": reverse("desk:note", args=[note.pk]),
        "shape": SHAPES[NoteStatus(note.status)],
    }


def _sections(note: Note, document: Any) -> list[dict[str, Any]]:
    """Sections with the addresses of their pictures, counted over the whole document."""
    found, place = [], 0
    for section in document.sections:
        blocks = []
        for block in section.blocks:
            url = ""
            if isinstance(block, Picture):
                url = reverse("desk:note_picture", args=[note.pk, place])
                place += 1
            blocks.append({"block": block, "url": url, **_table(block)})
        found.append(
            {
                "section": section,
                "blocks": blocks,
                "edited": section.key in note.parts,
                "url": reverse("desk:note_part", args=[note.pk, section.key]),
            }
        )
    return found


def _table(block: Any) -> dict[str, Any]:
    """Columns and cells as the look shows them; every cell with the mark of a figure."""
    if isinstance(block, Picture):
        return {}
    return {
        "columns": [{"label": column.title, "num": column.right} for column in block.columns],
        "rows": [
            [(text, column.right) for text, column in zip(row, block.columns, strict=True)]
            for row in block.rows
        ],
    }
