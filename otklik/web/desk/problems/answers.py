"""Answer to all: one text, a word for each stage, what came of every case."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.shortcuts import render as plain
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base.errors import OtklikError
from otklik.casework.appeals.vocabulary import Result
from otklik.casework.problems import actions, queries
from otklik.casework.problems.models import AnswerRun
from otklik.casework.problems.vocabulary import RowState, Stage
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.problems.shown import ROW_SHAPES
from otklik.web.look.toasts import toast

PAGE = 100
BUTTONS = {Stage.APPROVE: "Согласовать все", Stage.SEND: "Отправить всем"}


@require_POST
@desk(Permission.DRAFT)
def answer(request: DeskRequest, pk: int) -> HttpResponse:
    post = request.POST
    result = post.get("result", "")
    try:
        run = actions.answer_all(
            access=request.access,
            problem_id=pk,
            key=post.get("key", ""),
            text=post.get("text", ""),
            short_text=post.get("short_text", ""),
            result=Result(result) if result in Result.values else Result.EXPLAINED,
            measures_taken=bool(post.get("measures_taken")),
            checked=bool(post.get("checked")),
        )
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
        return redirect("desk:problem", pk)
    toast(request, "Ответы готовятся и уходят на согласование")
    return redirect("desk:problem_answers", run.pk)


@require_GET
@desk(Permission.VIEW_APPEALS)
def run(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.run_of(request.access, pk)
    after = request.GET.get("after", "")
    rows = queries.rows_of(
        request.access, found, after=int(after) if after.isdecimal() else 0, limit=PAGE
    )
    context = {
        "run": found,
        "rows": [(row, ROW_SHAPES[row.state]) for row in rows],
        "next_url": f"?after={rows[-1].pk}" if len(rows) == PAGE else "",
        **_progress(request, found),
    }
    trail = [
        ("Проблемы", reverse("desk:problems")),
        (found.problem.number, reverse("desk:problem", args=[found.problem_id])),
        ("Ответ всем", ""),
    ]
    return render(request, "desk/problems/answers.html", context, crumbs=trail)


@require_GET
@desk(Permission.VIEW_APPEALS)
def progress(request: DeskRequest, pk: int) -> HttpResponse:
    """The bar alone, asked for every two seconds while the worker is at it."""
    found = queries.run_of(request.access, pk)
    context = {"run": found, **_progress(request, found)}
    return plain(request, "desk/problems/_progress.html", context)


@require_POST
@desk(Permission.VIEW_APPEALS)
def stage(request: DeskRequest, pk: int) -> HttpResponse:
    raw = request.POST.get("stage", "")
    try:
        if raw in (Stage.APPROVE, Stage.SEND):
            actions.take_stage(access=request.access, run_id=pk, stage=Stage(raw))
            toast(request, "Принято: ответы идут по одному, исход виден в строках")
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    return redirect("desk:problem_answers", pk)


def _progress(request: DeskRequest, found: AnswerRun) -> dict[str, Any]:
    told = queries.progress_of(request.access, found)
    return {
        "told": told,
        "counts": [
            (state.label, told.states[state], ROW_SHAPES[state])
            for state in RowState
            if told.states.get(state)
        ],
        "buttons": [
            (one, BUTTONS[Stage(one)])
            for one in told.offers
            if queries.may_take(request.access, one)
        ],
        "whole": sum(told.states.get(state, 0) for state in _of_stage(told)) if told.running else 0,
    }


def _of_stage(told: queries.Progress) -> list[str]:
    """Rows that the stage under way works on or has worked on."""
    states: dict[str, list[str]] = {
        Stage.PREPARE: list(RowState.values),
        Stage.APPROVE: [RowState.SUBMITTED, RowState.SIGNED],
        Stage.SEND: [RowState.SIGNED, RowState.QUEUED],
    }
    return states[told.running.stage] if told.running else []
