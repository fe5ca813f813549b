"""A request for information answered by a one-time mailed link (novoduginsky 3.3)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from otklik.base import clock
from otklik.base.errors import NotFound, OtklikError
from otklik.casework.teamwork.actions import answer_by_link, open_request
from otklik.web.answer.views import page


def request(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked, and where to answer. Nothing of the case but its number is shown."""
    try:
        link = open_request(token=token)
    except NotFound as error:
        return page(request, "answer/closed.html", {"error": error}, status=404)
    problem: OtklikError | None = None
    typed = request.POST.get("text", "")
    if request.method == "POST":
        try:
            answer_by_link(token=token, text=typed)
        except OtklikError as error:
            problem = error
        else:
            return redirect("answer:request_thanks")
    one = link.request
    late = one.due_at < clock.now()
    context = {"one": one, "late": late, "text": typed, "problem": problem}
    return page(request, "answer/request.html", context, status=422 if problem else 200)


def thanks(request: HttpRequest) -> HttpResponse:
    return page(request, "answer/request_thanks.html", {})
