"""The questions behind a number of the analysis: as many rows as the number says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.given import cursor_of, key_given
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import visible_to
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.casework.appeals.vocabulary import OPEN_STATUSES, Status
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.cuts.queries import conditions_of, fitting, labels_of
from otklik.insight.cuts.rules import Request, Slice, read_also
from otklik.insight.cuts.rules.links import PREFIX
from otklik.insight.cuts.vocabulary import Counted, Dimension
from otklik.insight.facts.models import QuestionFact
from otklik.insight.ratings.queries import MEASURED, questions_of
from otklik.web.desk.appeals.chips import chips
from otklik.web.desk.appeals.listing import FilterForm
from otklik.web.desk.appeals.shapes import status_shape
from otklik.web.desk.appeals.unnamed import unnamed
from otklik.web.desk.frame import DeskRequest, desk, render

PAGE = 50
MEASURED_LABELS = {"timed": "с ответом и сроком", "checked": "с проверкой ответа"}


@require_GET
@desk(Permission.ANALYTICS)
def questions(request: DeskRequest) -> HttpResponse:
    wanted = AppealFilter.parse(request.GET)
    asked = request.GET.get("measured", "")
    measured = asked if asked in MEASURED else ""
    now = clock.now()
    also, cases_only = read_also(request.GET), request.GET.get("counted") == Counted.APPEALS
    found = questions_of(request.access, wanted, now=now, measured=measured).filter(fitting(also))
    if cases_only:
        found = found.filter(is_first=True)
    more = Slice(also=also).pairs() | ({"counted": "appeals"} if cases_only else {})
    more |= {"measured": measured} if measured else {}
    facts = list(after(found, request.GET.get("page", ""))[: PAGE + 1])
    totals = found.aggregate(questions=Count("pk"), cases=Count("appeal_id", distinct=True))
    form = FilterForm(request, wanted.pairs())
    context = {
        "rows": rows_of(request, facts[:PAGE], now),
        "totals": totals,
        "chips": _chips(request, form, wanted, more),
        "cases_only": cases_only,
        "form": form,
        "kept": [(n, v) for n, v in wanted.pairs().items() if n not in form.fields]
        + list(more.items()),
        "wanted": wanted,
        "next_url": _next_url(wanted, more, facts),
        "first_url": f"?{_query(wanted, more)}" if request.GET.get("page") else "",
        "reset_url": reverse("desk:questions"),
    }
    crumbs = [("Сводка", reverse("desk:summary")), ("Вопросы", "")]
    return render(request, "desk/insight/questions.html", context, crumbs=crumbs)


def rows_of(request: DeskRequest, facts: list[QuestionFact], now: datetime) -> list[dict[str, Any]]:
    """What the list shows; the case is named only to those who may see it."""
    cases = visible_to(request.access).filter(pk__in={fact.appeal_id for fact in facts})
    known: Mapping[int, Appeal] = {
        case.pk: unnamed(request.access, case) for case in cases.defer("search", "external_hash")
    }
    names = {
        dimension: labels_of(dimension, [getattr(fact, column) for fact in facts])
        for dimension, column in (
            (Dimension.TOPIC, "topic_id"),
            (Dimension.BODY, "body_id"),
            (Dimension.SETTLEMENT, "settlement_id"),
        )
    }
    return [
        {
            "fact": fact,
            "case": known.get(fact.appeal_id),
            "topic": names[Dimension.TOPIC][fact.topic_id],
            "body": names[Dimension.BODY][fact.body_id],
            "place": names[Dimension.SETTLEMENT][fact.settlement_id],
            "status": Status(fact.status).label,
            "shape": status_shape(fact.status),
            "overdue": fact.status in OPEN_STATUSES and fact.due_at and fact.due_at < now,
        }
        for fact in facts
    ]


def _chips(
    request: DeskRequest, form: FilterForm, wanted: AppealFilter, more: Mapping[str, str]
) -> list[dict[str, str]]:
    keep = f"&{urlencode(more)}" if more else ""
    found = [{**chip, "url": f"{chip['url']}{keep}"} for chip in chips(wanted, form)]
    for name, value in more.items():
        rest = {other: kept for other, kept in more.items() if other != name}
        if name.startswith(PREFIX):
            asked = Request(rows=Dimension.TOPIC, also=read_also({name: value}))
            label = conditions_of(request.access, asked)[0]
            found.append({"label": label, "url": f"?{_query(wanted, rest)}"})
        elif name == "measured":
            found.append({"label": MEASURED_LABELS[value], "url": f"?{_query(wanted, rest)}"})
    return found


def after(found: QuerySet[QuestionFact], cursor: str) -> QuerySet[QuestionFact]:
    """Newest first, by the key (received_at, question_id)."""
    if key := key_given(cursor):
        at, last = key
        found = found.filter(Q(received_at__lt=at) | Q(received_at=at, question_id__lt=last))
    return found.order_by("-received_at", "-question_id")


def _next_url(wanted: AppealFilter, more: Mapping[str, str], facts: list[QuestionFact]) -> str:
    if len(facts) <= PAGE:
        return ""
    last = facts[PAGE - 1]
    return f"?{_query(wanted, more, page=cursor_of(last.received_at, last.pk))}"


def _query(wanted: AppealFilter, more: Mapping[str, str], **added: str) -> str:
    return urlencode({**wanted.pairs(), **more, **added})
