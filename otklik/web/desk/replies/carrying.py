"""«Перенести в систему»: answers to place by hand, one click to copy, a mark when placed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_POST

from otklik.base.errors import OtklikError
from otklik.casework.intake.queries.carrying import answers_to_carry, carryings
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.actions import export_answers, mark_published
from otklik.exchange.channels.queries import to_carry, troubled
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.desk.replies.views import tabs
from otklik.web.look.toasts import toast
from otklik.web.look.words import count

SHOWN = 100


@desk(Permission.SEND)
def carry(request: DeskRequest) -> HttpResponse:
    """What waits, by system, oldest first; POST makes the file of answers of one system."""
    if request.method == "POST":
        made = export_answers(access=request.access, kind=request.POST.get("channel", ""))
        response = HttpResponse(made.content, content_type=made.content_type)
        response["Content-Disposition"] = content_disposition_header(True, made.name) or ""
        return response
    groups = carryings(request.access)
    asked = request.GET.get("channel", "")
    chosen = asked if asked in {group.kind for group in groups} else ""
    context = {
        "tabs": tabs(request, "carry"),
        "groups": groups,
        "chosen": chosen,
        "waiting": answers_to_carry(request.access, chosen, SHOWN),
        "hidden": max(0, sum(g.count for g in groups if chosen in ("", g.kind)) - SHOWN),
        "troubled": list(troubled(request.access)[:SHOWN]),
    }
    return render(request, "desk/replies/carry.html", context)


@require_POST
@desk(Permission.SEND)
def placed(request: DeskRequest, pk: int) -> HttpResponse:
    """One answer stands in its system now."""
    try:
        url = request.POST.get("url", "").strip()
        mark_published(access=request.access, message_id=pk, external_url=url)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, "Отмечено: ответ размещён")
    return redirect(_back(request))


@require_POST
@desk(Permission.SEND)
def placed_by_file(request: DeskRequest) -> HttpResponse:
    """The file of answers of a system has been taken in there: all of its answers are placed."""
    channel = request.POST.get("channel", "")
    done = 0
    for message in to_carry(request.access, channel).filter(exported_at__isnull=False):
        mark_published(access=request.access, message_id=message.pk)
        done += 1
    toast(request, f"Отмечено: {count(done, 'ответ', 'ответа', 'ответов')} из файла")
    return redirect(_back(request))


def _back(request: DeskRequest) -> str:
    chosen = request.POST.get("shown", "")
    return reverse("desk:carry") + (f"?{urlencode({'channel': chosen})}" if chosen else "")
