"""«Формализация»: work given to me, work to check, work given out, cases not begun, numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.base.given import day_given
from otklik.casework.appeals.models import Appeal
from otklik.casework.formalising import actions, queries
from otklik.casework.formalising.models import Formalisation
from otklik.casework.formalising.vocabulary import FormalState, MessageKind
from otklik.directory.organisation.queries import holders_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.topics.queries import theme_choices, theme_names
from otklik.language.masking import for_work
from otklik.language.wording import counted
from otklik.web.desk.appeals.unnamed import sees_person, unnamed
from otklik.web.desk.formalising.panel import SHAPES
from otklik.web.desk.formalising.steps import number_of
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast

PAGE = 100
UNMARKED = "unmarked"
TABS = (
    ("", "Мне"),
    ("rest", "Не начато"),
    ("given", "У других"),
    ("check", "Ждут проверки"),
    ("done", "Подтверждено"),
    ("numbers", "Числа"),
)
GIVING = ("rest", "given")
_PARTS: dict[str, Callable[[Access], QuerySet[Formalisation]]] = {
    "": queries.given_to_me,
    "given": queries.given_out,
    "check": queries.to_check,
    "done": queries.confirmed,
}
_QUESTIONS = ("вопрос", "вопроса", "вопросов")


@require_GET
@desk()
def formalising(request: DeskRequest) -> HttpResponse:
    """The lists narrow by theme; whoever may classify also gives the work out."""
    classifies = request.access.may(Permission.CLASSIFY)
    tab = request.GET.get("tab", "")
    tab = tab if classifies and tab in dict(TABS) else ""
    theme = request.GET.get("theme", "")
    themes = [*theme_choices(request.municipality.pk), (UNMARKED, "Тематика не отмечена")]
    theme = theme if theme in dict(themes) else ""
    rows, more = _rows(request, tab, theme)
    context = {
        "tab": tab,
        "tabs": _tabs(tab, theme) if classifies else [],
        "theme": theme,
        "themes": themes,
        "rows": rows,
        "more": more,
        "gives": tab in GIVING,
        "people": _people(request) if tab in GIVING else [],
        "numbers": _numbers(request, themes) if tab == "numbers" else None,
        "today": clock.today(request.municipality.tz),
    }
    return render(request, "desk/formalising/list.html", context)


@require_POST
@desk(Permission.CLASSIFY)
def give(request: DeskRequest) -> HttpResponse:
    """Give the marked cases to a person; back to the same list."""
    tab = request.POST.get("tab", "")
    back = f"{reverse('desk:formalising')}?{urlencode({'tab': tab if tab in GIVING else 'rest'})}"
    marked = [int(pk) for pk in request.POST.getlist("case") if pk.isdecimal() and len(pk) < 18]
    try:
        number = actions.give(
            access=request.access,
            appeal_ids=marked,
            account_id=number_of(request, "account") or 0,
            due_on=day_given(request.POST.get("due_on", "")),
        )
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, f"Поручено: {counted(number, _QUESTIONS)}")
    return redirect(back)


def _rows(request: DeskRequest, tab: str, theme: str) -> tuple[list[dict[str, Any]], bool]:
    if tab == "numbers":
        return [], False
    marked = "" if theme == UNMARKED else theme
    if tab == "rest":
        cases = queries.without(request.access).select_related("topic", "settlement")
        cases = cases.filter(theme=marked) if theme else cases
        found = list(cases.defer("search").order_by("received_at", "pk")[: PAGE + 1])
        return [_case_row(unnamed(request.access, case)) for case in found[:PAGE]], len(
            found
        ) > PAGE
    parts = _PARTS[tab](request.access)
    parts = parts.filter(question__appeal__theme=marked) if theme else parts
    read = list(parts.defer("question__appeal__search")[: PAGE + 1])
    return [_part_row(request.access, part) for part in read[:PAGE]], len(read) > PAGE


def _case_row(case: Appeal) -> dict[str, Any]:
    return {"case": case, "essence": case.summary, "shape": "new", "label": "не\u00a0начато"}


def _part_row(access: Access, part: Formalisation) -> dict[str, Any]:
    case = unnamed(access, part.question.appeal)
    essence = part.essence if sees_person(access, case) else for_work(part.essence).text
    return {
        "case": case,
        "part": part,
        "essence": essence or case.summary,
        "shape": "warn" if part.remark else SHAPES[FormalState(part.state)],
        "label": "возвращено" if part.remark else part.get_state_display(),
    }


def _tabs(tab: str, theme: str) -> list[dict[str, Any]]:
    home = reverse("desk:formalising")
    return [
        {
            "label": label,
            "url": f"{home}?{urlencode({'tab': key, 'theme': theme})}" if key or theme else home,
            "active": key == tab,
        }
        for key, label in TABS
    ]


def _people(request: DeskRequest) -> list[tuple[int, str]]:
    today = clock.today(request.municipality.tz)
    found = holders_of(Permission.VIEW_APPEALS, request.municipality.pk, today)
    return [(one.pk, one.full_name) for one in found.order_by("full_name")]


def _numbers(request: DeskRequest, themes: list[tuple[str, str]]) -> dict[str, Any]:
    """A table of confirmed questions: themes down, kinds across."""
    counts, home = queries.numbers(request.access), reverse("desk:formalising")
    names = theme_names(request.municipality.pk) | dict(themes) | {"": dict(themes)[UNMARKED]}
    order = [*dict(themes), *sorted({theme for theme, _ in counts} - set(dict(themes)))]
    rows = [
        {
            "name": names.get(theme, theme),
            "url": f"{home}?{urlencode({'tab': 'done', 'theme': theme or UNMARKED})}",
            "cells": [counts.get((theme, kind), 0) for kind in MessageKind.values],
            "total": sum(counts.get((theme, kind), 0) for kind in MessageKind.values),
        }
        for theme in order
    ]
    return {
        "kinds": [label for _, label in MessageKind.choices],
        "rows": [row for row in rows if row["total"]],
        "total": sum(counts.values()),
    }
