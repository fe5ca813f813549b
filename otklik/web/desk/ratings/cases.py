"""The questions behind a figure of a rating: as many rows as the figure says."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.base.given import cursor_of
from otklik.casework.appeals.rules.filters import AppealFilter
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.facts.models import QuestionFact
from otklik.insight.ratings.queries import rows_behind
from otklik.insight.ratings.vocabulary import RowSet
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.insight.questions import PAGE, after, rows_of
from otklik.web.desk.ratings.asking import subject_of


@require_GET
@desk(Permission.ANALYTICS)
def cases(request: DeskRequest) -> HttpResponse:
    who, rows = request.GET.get("who", ""), request.GET.get("rows", "")
    if not who.isdecimal() or rows not in RowSet.values:
        raise NotFound("Такой величины в рейтинге нет.", "Вернитесь к рейтингу.")
    wanted = replace(AppealFilter.parse(request.GET), body=None)
    subject, now = subject_of(request), clock.now()
    found = rows_behind(
        request.access, wanted, subject=subject, subject_id=int(who), rows=rows, now=now
    )
    facts = list(after(found, request.GET.get("page", ""))[: PAGE + 1])
    pairs = {"subject": subject.value, "who": who, "rows": rows, **wanted.pairs()}
    back = f"{reverse('desk:rating')}?{urlencode({**wanted.pairs(), 'subject': subject.value})}"
    context = {
        "rows": rows_of(request, facts[:PAGE], now),
        "totals": found.aggregate(questions=Count("pk"), cases=Count("appeal_id", distinct=True)),
        "told": RowSet(rows).label,
        "wanted": wanted,
        "next_url": _next(pairs, facts),
        "first_url": f"?{urlencode(pairs)}" if request.GET.get("page") else "",
        "back_url": back,
    }
    crumbs = [("Рейтинг", back), ("Вопросы", "")]
    return render(request, "desk/ratings/cases.html", context, crumbs=crumbs)


def _next(pairs: dict[str, str], facts: list[QuestionFact]) -> str:
    if len(facts) <= PAGE:
        return ""
    last = facts[PAGE - 1]
    return f"?{urlencode({**pairs, 'page': cursor_of(last.received_at, last.pk)})}"
