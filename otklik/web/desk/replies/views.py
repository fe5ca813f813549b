"""Answers: what waits for my decision, what is signed, what must be carried by hand."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from otklik.casework.replies.models import Reply
from otklik.casework.replies.queries import in_state, waiting_for_decision
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.directory.organisation.vocabulary import Permission
from otklik.language.masking import for_work
from otklik.web.desk.appeals.shapes import reply_shape
from otklik.web.desk.appeals.unnamed import sees_person, unnamed
from otklik.web.desk.frame import DeskRequest, desk, render

SHOWN = 100
TABS = (
    ("waiting", "Ждут моего решения"),
    ("returned", "Возвращены"),
    ("drafts", "Черновики"),
    ("signed", "Подписаны"),
    ("approval", "На согласовании"),
)
STATES = {
    "returned": ReplyStatus.RETURNED,
    "drafts": ReplyStatus.DRAFT,
    "signed": ReplyStatus.SIGNED,
    "approval": ReplyStatus.ON_APPROVAL,
}


@desk(Permission.VIEW_APPEALS)
def replies(request: DeskRequest) -> HttpResponse:
    chosen = request.GET.get("tab", "waiting")
    found = (
        in_state(request.access, STATES[chosen])
        if chosen in STATES
        else waiting_for_decision(request.access)
    )
    context = {
        "tabs": tabs(request, chosen),
        "rows": [_row(request, reply) for reply in found[:SHOWN]],
        "shown": SHOWN,
    }
    return render(request, "desk/replies/list.html", context)


def tabs(request: DeskRequest, chosen: str) -> list[dict[str, Any]]:
    """The tabs of answers; the work list only for those who send."""
    home = reverse("desk:replies")
    found = [
        {"label": label, "url": f"{home}?tab={slug}", "active": slug == chosen}
        for slug, label in TABS
    ]
    if request.access.may(Permission.SEND):
        url = reverse("desk:carry")
        found.append({"label": "Перенести в систему", "url": url, "active": chosen == "carry"})
    return found


def _row(request: DeskRequest, reply: Reply) -> dict[str, Any]:
    case = unnamed(request.access, reply.appeal)
    known = sees_person(request.access, case)
    return {
        "text": reply.text if known else for_work(reply.text).text,
        "reply": reply,
        "shape": reply_shape(reply.status),
        "url": reverse("desk:appeal", args=[reply.appeal_id]),
    }
