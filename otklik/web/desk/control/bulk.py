"""Changing many cases at once: started on the board, undone for a while, told row by row."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base.errors import OtklikError, Refused
from otklik.casework.control import actions
from otklik.casework.control.queries.bulk import DID, may_undo, run_of
from otklik.casework.control.vocabulary import UNDO_WITHIN, BulkState, BulkVerb, RowState
from otklik.directory.organisation.vocabulary import Permission
from otklik.language.wording import counted
from otklik.web.desk.appeals.unnamed import unnamed
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast

SHAPES: dict[str, str] = {
    BulkState.HELD: "wait",
    BulkState.RUNNING: "work",
    BulkState.DONE: "done",
    BulkState.CANCELLED: "off",
    BulkState.UNDOING: "work",
    BulkState.UNDONE: "off",
}
ROW_SHAPES: dict[str, str] = {
    RowState.WAITING: "wait",
    RowState.DONE: "done",
    RowState.REFUSED: "warn",
    RowState.RETURNED: "off",
    RowState.KEPT: "warn",
}
UNDOING = "Отменяется: что вернулось, а что осталось — видно по строкам"
_CASES = ("обращение", "обращения", "обращений")


def start(request: DeskRequest) -> HttpResponse | None:
    """Hold the change; None when it is refused, so that what was typed is shown again."""
    try:
        verb = _verb(request.POST.get("verb", ""))
        run = actions.start_bulk(
            access=request.access,
            verb=verb,
            appeal_ids=_chosen(request),
            given=_given(request, verb),
            delay=timedelta(seconds=settings.UNDO_SECONDS),
        )
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
        return None
    amount = counted(run.rows.count(), _CASES)
    said = f"Через {settings.UNDO_SECONDS} с: {verb.label}, {amount}"
    toast(request, said, undo_url=reverse("desk:bulk_undo", args=[run.pk]))
    return redirect(request.get_full_path())


@require_GET
@desk(Permission.CONTROL)
def run(request: DeskRequest, pk: int) -> HttpResponse:
    found = run_of(request.access, pk)
    rows = list(found.rows.all())
    for row in rows:
        unnamed(request.access, row.appeal)
    context = {
        "run": found,
        "shape": SHAPES[found.state],
        "rows": [(row, ROW_SHAPES[row.state]) for row in rows],
        "done": sum(row.state in DID for row in rows),
        "refused": sum(row.state == RowState.REFUSED for row in rows),
        "returned": sum(row.state == RowState.RETURNED for row in rows),
        "kept": sum(row.state == RowState.KEPT for row in rows),
        "held": found.state == BulkState.HELD,
        "may_undo": may_undo(request.access, found),
        "undo_until": found.done_at + UNDO_WITHIN if found.done_at else None,
        "reminded": found.state == BulkState.DONE and found.verb == BulkVerb.REMIND,
        "extended": found.verb == BulkVerb.EXTEND,
    }
    trail = [("Контроль", reverse("desk:control")), (str(found), "")]
    return render(request, "desk/control/bulk.html", context, crumbs=trail)


@require_POST
@desk(Permission.CONTROL)
def undo(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        found = actions.undo_bulk(access=request.access, run_id=pk)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        held = found.state == BulkState.CANCELLED
        toast(request, "Отменено: обращения остались как были" if held else UNDOING)
    return redirect("desk:bulk", pk)


def _verb(raw: str) -> BulkVerb:
    if raw not in BulkVerb.values:
        raise Refused("Не выбрано действие.", "Нажмите одну из кнопок под списком.")
    return BulkVerb(raw)


def _chosen(request: DeskRequest) -> list[int]:
    name = "shown" if request.POST.get("all") else "case"
    return [int(raw) for raw in request.POST.getlist(name) if raw.isdecimal()]


def _given(request: DeskRequest, verb: BulkVerb) -> dict[str, Any]:
    post = request.POST
    if verb == BulkVerb.EXTEND:
        days = post.get("days", "")
        return {
            "days": int(days) if days.isdecimal() else 0,
            "reason": post.get("reason", "").strip(),
            "notice_text": post.get("notice_text", "").strip(),
        }
    if verb == BulkVerb.REASSIGN:
        body = post.get("body", "")
        return {
            "body_id": int(body) if body.isdecimal() else None,
            "instruction": post.get("instruction", "").strip(),
        }
    return {"text": post.get("text", "").strip()[:300]}
