"""Proposals to strengthen the structure and the staff: the page to read, the files to edit."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.papers.rules import Picture
from otklik.insight.workload import queries
from otklik.web.desk.attached import paper_file, require_paper
from otklik.web.desk.frame import DeskRequest, desk, render


@require_GET
@desk(Permission.ANALYTICS)
def proposals(request: DeskRequest) -> HttpResponse:
    document = queries.proposal_document(request.access)
    context = {
        "document": document,
        "sections": [
            {
                "section": one,
                "tables": [_table(b) for b in one.blocks if not isinstance(b, Picture)],
            }
            for one in document.sections
        ],
        "keep_url": _keep_url(request),
    }
    crumbs = [("Занятость", reverse("desk:workload")), ("Предложения", "")]
    return render(request, "desk/workload/proposals.html", context, crumbs=crumbs)


@require_GET
@desk(Permission.ANALYTICS)
def file(request: DeskRequest, ending: str) -> HttpResponse:
    require_paper(ending)
    now = clock.now()
    document = queries.proposal_document(request.access, now=now)
    return paper_file(document, ending, stem=f"predlozheniya-{now:%Y-%m-%d}", made_at=now)


def _keep_url(request: DeskRequest) -> str:
    """Where papers are numbered, edited, signed and handed over, for those who make them."""
    if not request.access.may(Permission.REPORT):
        return ""
    try:
        return reverse("desk:report_making", args=["staffing"])
    except NoReverseMatch:
        return ""


def _table(block: Any) -> dict[str, Any]:
    return {
        "caption": block.caption,
        "columns": [{"label": column.title, "num": column.right} for column in block.columns],
        "rows": [
            [(text, column.right) for text, column in zip(row, block.columns, strict=True)]
            for row in block.rows
        ],
    }
