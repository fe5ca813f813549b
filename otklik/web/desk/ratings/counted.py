"""What a snapshot counted for a subject: question by question, as it was; contesting it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import visible_to
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.ratings import actions, queries
from otklik.insight.ratings.queries import Kept
from otklik.insight.ratings.rules import marks
from otklik.insight.ratings.rules.marks import Counted
from otklik.insight.ratings.vocabulary import RowSet, Subject, System
from otklik.language.wording import period_words
from otklik.web.desk.appeals.unnamed import unnamed
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast

PAGE = 50
_FLAGS = (
    (marks.ANSWERED, "ответ дан"),
    (marks.RETURNED, "проект возвращали"),
    (marks.REOPENED, "возобновлялось"),
    (marks.REPEATED, "повторное"),
    (marks.FAST, "ускоренное"),
)
CONTESTABLE = (
    RowSet.LATE, RowSet.UNANSWERED, RowSet.RETURNED, RowSet.REOPENED, RowSet.REPEATED,
    RowSet.SCORED, RowSet.CHECKED,
)  # fmt: skip


class ContestForm(forms.Form):
    """Which question, in what it is counted wrong, and why."""

    question = forms.IntegerField(widget=forms.HiddenInput)
    figure = forms.ChoiceField(label="Что учтено неверно")
    reason = forms.CharField(
        label="Почему", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )

    def __init__(self, one: Counted, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["figure"]
        assert isinstance(field, forms.ChoiceField)
        found = [(rows.value, rows.label) for rows in CONTESTABLE if one.stands_in(rows)]
        field.choices = [*found, (RowSet.ALL.value, "вопрос не наш")]


@desk()
def counted(request: DeskRequest, pk: int, subject_id: int) -> HttpResponse:
    kept = queries.snapshot(request.access, pk)
    asked = request.GET.get("rows", "")
    rows = asked if asked in RowSet.values else RowSet.ALL.value
    found = queries.counted_of(kept, subject_id, rows)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    able = _may_contest(request, kept, subject_id)
    chosen, form, problem = None, None, None
    if able:
        chosen = _chosen(found, request.POST.get("question") or request.GET.get("contest", ""))
    if chosen is not None:
        form = ContestForm(chosen, request.POST or None, initial={"question": chosen.question_id})
        if request.method == "POST" and form.is_valid():
            try:
                _contest(request, kept, subject_id, form)
            except OtklikError as error:
                problem = error
            else:
                toast(request, "Учёт оспорен: решение примет руководитель")
                return redirect("desk:rating_contests")
    tally = kept.tally(subject_id)
    context = {
        "kept": kept,
        "name": tally.name if tally else "",
        "told": RowSet(rows).label,
        "rows_set": rows,
        "rows": _rows(request, kept, list(page)),
        "totals": {"questions": len(found)},
        "page": page,
        "form": form,
        "chosen": chosen,
        "problem": problem,
        "may_contest": able,
    }
    crumbs = [
        ("Снимки", reverse("desk:rating_snapshots")),
        (
            period_words(kept.snapshot.since, kept.snapshot.until),
            reverse("desk:rating_snapshot", args=[pk]),
        ),
        ("Учтённые вопросы", ""),
    ]
    return render(request, "desk/ratings/counted.html", context, crumbs=crumbs)


def _contest(request: DeskRequest, kept: Kept, body_id: int, form: ContestForm) -> None:
    actions.contest_counting(
        access=request.access,
        snapshot_id=kept.snapshot.pk,
        body_id=body_id,
        question_id=form.cleaned_data["question"],
        figure=RowSet(form.cleaned_data["figure"]),
        reason=form.cleaned_data["reason"],
    )


def _may_contest(request: DeskRequest, kept: Kept, subject_id: int) -> bool:
    found = kept.snapshot
    channel = System(found.system).channel
    today = clock.today(request.municipality.tz)
    return (
        found.subject == Subject.BODY
        and found.open_to_contest(today)
        and queries.may_contest(request.access, subject_id, channel)
    )


def _chosen(found: list[Counted], given: str) -> Counted | None:
    if not given.isdecimal():
        return None
    return next((one for one in found if one.question_id == int(given)), None)


def _rows(request: DeskRequest, kept: Kept, found: list[Counted]) -> list[dict[str, Any]]:
    """Each with its case, where this person may see it now."""
    cases: dict[int, Appeal] = {}
    if request.access.may(Permission.VIEW_APPEALS):
        ids = {one.appeal_id for one in found}
        seen = visible_to(request.access).filter(pk__in=ids).defer("search", "external_hash")
        cases = {one.pk: unnamed(request.access, one) for one in seen}
    contests = {
        one.question_id: one
        for one in queries.contests_of(request.access).filter(
            snapshot=kept.snapshot, question_id__in=[one.question_id for one in found]
        )
    }
    return [
        {
            "one": one,
            "case": cases.get(one.appeal_id),
            "term": _term(one),
            "flags": ", ".join(label for flag, label in _FLAGS if one.mark & flag),
            "score": one.score if one.mark & marks.SCORED else None,
            "contest": contests.get(one.question_id),
        }
        for one in found
    ]


def _term(one: Counted) -> tuple[str, str]:
    if one.mark & marks.IN_TIME:
        return "done", "в срок"
    if one.mark & marks.CLOSING:
        return "danger", "срок нарушен"
    return "draft", "не в расчёте: срок ещё шёл"
