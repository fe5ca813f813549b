"""Answers: what waits for my decision, what is signed, what must be carried by hand."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from otklik.casework.replies.models import Reply
from otklik.casework.replies.queries import in_state, waiting_for_decision
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.actions import export_answers
from otklik.exchange.channels.queries import to_carry, troubled
from otklik.exchange.channels.vocabulary import ChannelKind
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
    tabs = [
        {"label": label, "url": f"?tab={slug}", "active": slug == chosen} for slug, label in TABS
    ]
    if request.access.may(Permission.SEND):
        tabs.append({"label": "Разместить вручную", "url": reverse("desk:carry"), "active": False})
    context = {
        "tabs": tabs,
        "rows": [_row(request, reply) for reply in found[:SHOWN]],
        "shown": SHOWN,
    }
    return render(request, "desk/replies/list.html", context)


@desk(Permission.SEND)
def carry(request: DeskRequest) -> HttpResponse:
    """Answers to place by hand, and troubled deliveries; POST makes the file to carry over."""
    if request.method == "POST":
        made = export_answers(access=request.access, kind=request.POST.get("channel", ""))
        response = HttpResponse(made.content, content_type=made.content_type)
        response["Content-Disposition"] = f'attachment; filename="{made.name}"'
        return response
    waiting = list(to_carry(request.access)[:SHOWN])
    context = {
        "tabs": [
            *(
                {"label": label, "url": f"{reverse('desk:replies')}?tab={slug}"}
                for slug, label in TABS
            ),
            {"label": "Разместить вручную", "url": reverse("desk:carry"), "active": True},
        ],
        "waiting": waiting,
        "troubled": list(troubled(request.access)[:SHOWN]),
        "channels": [
            (kind, ChannelKind(kind).label, sum(m.channel == kind for m in waiting))
            for kind in dict.fromkeys(m.channel for m in waiting)
        ],
    }
    return render(request, "desk/replies/carry.html", context)


def _row(request: DeskRequest, reply: Reply) -> dict[str, Any]:
    case = unnamed(request.access, reply.appeal)
    known = sees_person(request.access, case)
    return {
        "text": reply.text if known else for_work(reply.text).text,
        "reply": reply,
        "shape": reply_shape(reply.status),
        "url": reverse("desk:appeal", args=[reply.appeal_id]),
    }
