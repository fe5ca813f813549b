"""The card of a paper: how it reads, what is left to do with it, the words of its sections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import NotFound, OtklikError
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.papers.rules import Document, Picture
from otklik.insight.reports import actions, queries
from otklik.insight.reports.catalogue import kinds
from otklik.insight.reports.models import Note
from otklik.insight.reports.vocabulary import Way
from otklik.language.wording import period_words
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.reports.shapes import row_of
from otklik.web.desk.reports.steps import DeliveryForm, TermsForm
from otklik.web.look.toasts import toast


@require_GET
@desk(Permission.REPORT)
def note(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.note_of(request.access, pk)
    document = found.content()
    today = clock.today(request.municipality.tz)
    kind = kinds().get(found.kind)
    everything = request.access.reach(Permission.REPORT).everywhere
    context = {
        "note": found,
        "row": row_of(found, today),
        "public": kind is not None and kind.public,
        "document": document,
        "sections": _sections(found, document),
        "unwritten": _unwritten(found, document),
        "period": period_words(found.since, found.until),
        "way": Way(found.way).label if found.way else "",
        "may_sign": everything or _own(request, found),
        "terms": TermsForm(
            initial={"due_on": found.due_on, "recipient": found.recipient or document.addressee}
        ),
        "delivery": DeliveryForm(
            initial={
                "to": found.handed_over_to or found.recipient or document.addressee,
                "on": found.handed_over_on or today,
                "way": found.way or (Way.SITE if kind and kind.public else Way.LETTER),
                "letter": found.letter,
            }
        ),
    }
    crumbs = [("Документы", reverse("desk:reports")), (str(found), "")]
    return render(request, "desk/reports/note.html", context, crumbs=crumbs)


@desk(Permission.REPORT)
def part(request: DeskRequest, pk: int, key: str) -> HttpResponse:
    """One section's words: a line is a paragraph or an item of the list."""
    found = queries.note_of(request.access, pk)
    original = next((one for one in found.document["sections"] if one["key"] == key), None)
    if original is None:
        raise NotFound("Такого раздела в документе нет.", "Вернитесь к документу.")
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
    context = {
        "note": found,
        "title": original["title"],
        "prompt": original.get("prompt", ""),
        "form": _PartForm(initial={"text": text}),
        "problem": problem,
    }
    crumbs = [
        ("Документы", reverse("desk:reports")),
        (str(found), reverse("desk:note", args=[pk])),
        ("Правка", ""),
    ]
    return render(request, "desk/reports/part.html", context, crumbs=crumbs)


class _PartForm(forms.Form):
    text = forms.CharField(label="Текст раздела", widget=forms.Textarea, required=False)


def _own(request: DeskRequest, note: Note) -> bool:
    return note.body_id is not None and request.access.allows(
        Permission.REPORT, body_id=note.body_id
    )


def _unwritten(note: Note, document: Document) -> list[dict[str, str]]:
    """Sections that wait for the words of people; they are not in the paper yet."""
    said = {section.key for section in document.sections}
    return [
        {
            "title": one["title"].partition("\u00a0")[2],
            "prompt": one.get("prompt", ""),
            "url": reverse("desk:note_part", args=[note.pk, one["key"]]),
        }
        for one in note.document["sections"]
        if one["key"] not in said
    ]


def _sections(note: Note, document: Document) -> list[dict[str, Any]]:
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
