"""«Запросы ко мне»: what a body is asked for, and what was asked of others."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.base.errors import OtklikError
from otklik.casework.appeals.queries import visible_to
from otklik.casework.teamwork import queries
from otklik.casework.teamwork.actions import answer_request
from otklik.casework.teamwork.vocabulary import RequestState
from otklik.records.attachments.queries import files_of
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.teamwork.block import own_blocks
from otklik.web.desk.teamwork.panel import request_row
from otklik.web.look.toasts import toast

PAGE = 100
TABS = (("", "Ко мне"), ("answered", "Отвечено"), ("asked", "Мои запросы"))


@desk()
def requests(request: DeskRequest) -> HttpResponse:
    tab = request.GET.get("tab", "")
    tab = tab if tab in dict(TABS) else ""
    if tab == "asked":
        found = queries.requests_by(request.access)
    else:
        state = RequestState.ANSWERED if tab else RequestState.ASKED
        found = queries.requests_to(request.access).filter(state=state)
        found = found.order_by("-answered_at", "-pk") if tab else found
    rows = list(found[: PAGE + 1])
    home = reverse("desk:requests")
    context = {
        "rows": [request_row(one) for one in rows[:PAGE]],
        "more": len(rows) > PAGE,
        "tab": tab,
        "heads_block": own_blocks(request).exists(),
        "tabs": [
            {"label": label, "url": f"{home}?tab={key}" if key else home, "active": key == tab}
            for key, label in TABS
        ],
    }
    return render(request, "desk/teamwork/requests.html", context)


@desk()
def one(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.request_of(request.access, pk)
    problem: OtklikError | None = None
    if request.method == "POST":
        try:
            answer_request(access=request.access, request_id=pk, text=request.POST.get("text", ""))
        except OtklikError as error:
            problem = error
            toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
        else:
            toast(request, "Ответ передан")
            return redirect("desk:requests")
    context = {
        "row": request_row(found),
        "one": found,
        "answers": queries.answers_for(request.access, found.body_id),
        "sees_case": visible_to(request.access).filter(pk=found.appeal_id).exists(),
        "files": files_of("inbound_message", [found.inbound_id or 0]),
        "typed": request.POST.get("text", "") if problem else "",
        "problem": problem,
    }
    trail = [("Запросы", reverse("desk:requests")), (f"№ {found.appeal.number}", "")]
    status = 422 if problem else 200
    return render(request, "desk/teamwork/request.html", context, crumbs=trail, status=status)
