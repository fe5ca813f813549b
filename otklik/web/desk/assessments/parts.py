"""The part of a recipient: what came to him, and what he proposes (pereslavl:1.1.3.g)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import NotFound, OtklikError
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.assessments import actions, queries
from otklik.insight.assessments.models import Part
from otklik.language.wording import period_words, signed
from otklik.web.desk.assessments.lists import PAGE, tabs
from otklik.web.desk.attached import paper_file
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.insight.asking import questions_url
from otklik.web.look.toasts import toast


@require_GET
@desk(Permission.VIEW_APPEALS)
def listed(request: DeskRequest) -> HttpResponse:
    today = clock.today(request.municipality.tz)
    found = queries.parts_of(request.access).filter(sent_at__isnull=False)
    found = found.defer("content", "assessment__content", "assessment__method")
    context = {
        "tabs": tabs(request, "assessment_parts"),
        "rows": [
            {
                "part": one,
                "period": period_words(one.assessment.since, one.assessment.until),
                "late": not one.answered_at and one.answer_by and one.answer_by < today,
            }
            for one in found[:PAGE]
        ],
    }
    return render(request, "desk/assessments/parts.html", context)


@desk(Permission.VIEW_APPEALS)
def part(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.part_of(request.access, pk)
    error, status = "", 200
    if request.method == "POST":
        text = request.POST.get("proposal", "")
        try:
            actions.propose(access=request.access, part_id=pk, text=text)
        except NotFound:
            raise
        except OtklikError as refusal:
            error, status = f"{refusal.message} {refusal.mend}".strip(), 422
        else:
            toast(request, "Предложения записаны")
            return redirect("desk:assessment_part", pk)
    context = {
        "part": found,
        "period": period_words(found.assessment.since, found.assessment.until),
        "groups": _groups(request, found),
        "answers": found.sent_at is not None and queries.may_answer(request.access, found.body),
        "error": error,
        "typed": request.POST.get("proposal", found.proposal),
    }
    crumbs = [("Части получателей", reverse("desk:assessment_parts")), (str(found.body), "")]
    return render(request, "desk/assessments/part.html", context, crumbs=crumbs, status=status)


@require_GET
@desk(Permission.VIEW_APPEALS)
def file(request: DeskRequest, pk: int, ending: str) -> HttpResponse:
    found = queries.part_of(request.access, pk)
    one = found.assessment
    stem = f"analitika-{found.body_id}-{one.since}-{one.until}"
    return paper_file(queries.part_paper(found), ending, stem=stem, made_at=one.made_at)


def _groups(request: DeskRequest, found: Part) -> dict[str, list[dict[str, Any]]]:
    """Topics by group of duties; numbers lead to their questions for those who may count."""
    counts = request.access.may(Permission.ANALYTICS)
    one = found.assessment
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in found.content["topics"]:
        wanted = AppealFilter(
            since=one.since, until=one.until, body=found.body_id, topic=row["topic"]
        )
        shown = {
            "row": row,
            "change": signed(row["received"] - row["before"]),
            "url": questions_url(wanted) if counts and row["topic"] else "",
        }
        groups.setdefault(row["group"], []).append(shown)
    return groups
