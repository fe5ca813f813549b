"""«Обмен с ЦУР»: what waits by remaining time, one request with its answer and remarks."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.coordination.regional import actions, queries
from otklik.coordination.regional.models import RegionalItem
from otklik.coordination.regional.vocabulary import ADDRESS, Direction, ItemState
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.appeals.steps import step
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast

PAGE = 100
TABS = ((ItemState.WAITING, "Ждут ответа"), (ItemState.ANSWERED, "Отвечено"))


@require_GET
@desk(Permission.VIEW_APPEALS)
def items(request: DeskRequest) -> HttpResponse:
    asked = request.GET.get("state", "")
    state = ItemState(asked) if asked in ItemState.values else ItemState.WAITING
    rows = list(queries.items(request.access, state)[: PAGE + 1])
    home = reverse("desk:regional")
    context = {
        "rows": [row_of(one) for one in rows[:PAGE]],
        "more": len(rows) > PAGE,
        "tabs": [
            {"label": label, "url": f"{home}?state={key}", "active": key == state}
            for key, label in TABS
        ],
        "sets_up": request.access.may(Permission.SET_UP),
        "address": request.municipality.settings.get(ADDRESS, ""),
    }
    return render(request, "desk/regional/items.html", context)


@desk(Permission.VIEW_APPEALS)
def item(request: DeskRequest, pk: int) -> HttpResponse:
    found = queries.item_of(request.access, pk)
    if request.method == "POST" and _posted(request, pk):
        return redirect("desk:regional_item", pk)
    context = {
        "one": found,
        "row": row_of(found),
        "remarks": list(found.remarks.all()),
        "may_answer": queries.may_answer(request.access, found),
        "may_remark": queries.may_remark(request.access),
        "ours": found.direction == Direction.FROM,
        "typed": request.POST,
    }
    trail = [("Обмен с ЦУР", reverse("desk:regional")), (f"№ {found.appeal.number}", "")]
    return render(request, "desk/regional/item.html", context, crumbs=trail)


@step
def ask(request: DeskRequest, pk: int) -> str:
    """From the card of a case: ask the ЦУР, or note what it asks."""
    text = request.POST.get("text", "")
    if request.POST.get("direction") == Direction.FROM:
        actions.take_regional(access=request.access, appeal_id=pk, text=text)
        return "Запрос ЦУР записан"
    _, mailed = actions.ask_regional(access=request.access, appeal_id=pk, text=text)
    return "Запрос отправлен в ЦУР" if mailed else "Запрос записан; передайте его в ЦУР сами"


@require_POST
@desk(Permission.SET_UP)
def address(request: DeskRequest) -> HttpResponse:
    try:
        actions.set_regional_address(access=request.access, email=request.POST.get("email", ""))
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, "Адрес ЦУР сохранён")
    return redirect("desk:regional")


def row_of(one: RegionalItem) -> dict[str, Any]:
    """`shape` and `label` of the state; an open item is late with its appeal."""
    due = one.appeal.due_at
    waits = one.state == ItemState.WAITING
    late = waits and due is not None and due < clock.now()
    return {
        "one": one,
        "due": due,
        "waits": waits,
        "shape": "danger" if late else ("wait" if waits else "done"),
        "label": "просрочено" if late else one.get_state_display(),
    }


def _posted(request: DeskRequest, pk: int) -> bool:
    try:
        if request.POST.get("verb") == "remark":
            actions.remark(access=request.access, item_id=pk, text=request.POST.get("remark", ""))
            toast(request, "Замечание записано")
        else:
            text = request.POST.get("text", "")
            _, mailed = actions.answer_regional(access=request.access, item_id=pk, text=text)
            toast(request, "Ответ отправлен в ЦУР" if mailed else "Ответ записан")
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
        return False
    return True
