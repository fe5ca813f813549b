"""The intake queue of all channels on one page (ust-kubinsky 4.6)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from otklik.base.errors import OtklikError
from otklik.casework.intake.actions.inbox import set_aside, take_back
from otklik.casework.intake.queries.inbox import Cursor, inbox_counts, incoming
from otklik.casework.intake.vocabulary import TO_REGISTER, InboxKind, InboxState
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.vocabulary import ChannelKind
from otklik.language.wording import counted
from otklik.records.journal.actions import record_read
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast

PAGE = 50
SHAPES: dict[str, str] = {
    InboxState.WAITING: "new",
    InboxState.UNREADABLE: "warn",
    InboxState.REFUSED: "warn",
    InboxState.AUTOMATIC: "off",
    InboxState.ASIDE: "closed",
}
TABS = {
    "": "Ждут регистрации",
    InboxState.WAITING: "Не зарегистрированы",
    InboxState.UNREADABLE: "Не разобраны",
    InboxState.REFUSED: "Строки выгрузок",
    InboxState.AUTOMATIC: "Автоматические",
    InboxState.ASIDE: "Отложены",
}


class ChannelForm(forms.Form):
    channel = forms.ChoiceField(
        label="Канал", required=False, choices=[("", "любой"), *ChannelKind.choices]
    )
    state = forms.CharField(required=False, widget=forms.HiddenInput)


@desk(Permission.REGISTER)
def inbox(request: DeskRequest) -> HttpResponse:
    """The queue; a POST puts the marked rows aside."""
    if request.method == "POST" and _put_aside(request):
        return redirect(request.get_full_path())
    state, channel = request.GET.get("state", ""), request.GET.get("channel", "")
    page = incoming(
        request.access,
        channel=channel,
        state=state,
        after=_cursor(request.GET.get("page", "")),
        limit=PAGE,
    )
    log_read(request, page.rows, "список")
    counts = inbox_counts(request.access)
    chosen = {name: value for name, value in (("state", state), ("channel", channel)) if value}
    picked = set(request.POST.getlist("thing"))
    context = {
        "tabs": [_tab(value, label, state, channel, counts) for value, label in TABS.items()],
        "form": ChannelForm({"channel": channel, "state": state}),
        "rows": [(one, SHAPES[one.state], one.key in picked) for one in page.rows],
        "aside": state == InboxState.ASIDE,
        "typed": request.POST.get("reason", ""),
        "next_url": _following(page.after, chosen),
        "first_url": f"?{urlencode(chosen)}" if request.GET.get("page") else "",
    }
    return render(request, "desk/inbox/list.html", context)


@require_POST
@desk(Permission.REGISTER)
def undo(request: DeskRequest, batch: str) -> HttpResponse:
    try:
        returned = take_back(access=request.access, batch=batch)
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
    else:
        toast(request, f"Возвращено в очередь: {returned}")
    return redirect("desk:inbox")


def log_read(request: DeskRequest, rows: Any, where: str) -> None:
    """Log which waiting messages were shown: they are of no case yet."""
    ids = sorted(one.pk for one in rows if one.kind == InboxKind.MESSAGE)
    if not ids:
        return
    which = f"№ {ids[0]}" if len(ids) == 1 else f"№ {ids[0]}–{ids[-1]}, всего {len(ids)}"
    record_read(
        [],
        actor=request.access.actor,
        municipality_id=request.access.municipality_id,
        purpose=f"входящие, {where}: {which}",
        without_case=True,
    )


def parsed(raw: str) -> tuple[str, int] | None:
    """The key of a row, «message-12»."""
    kind, _, pk = raw.partition("-")
    return (kind, int(pk)) if kind in InboxKind.values and pk.isdecimal() else None


def _put_aside(request: DeskRequest) -> bool:
    name = "shown" if request.POST.get("all") else "thing"
    things = [one for one in map(parsed, request.POST.getlist(name)) if one]
    try:
        batch = set_aside(
            access=request.access, things=things, reason=request.POST.get("reason", "")
        )
    except OtklikError as error:
        toast(request, f"{error.message} {error.mend}".strip(), level=messages.ERROR)
        return False
    said = counted(len(set(things)), ("входящее", "входящих", "входящих"))
    toast(request, f"Отложено: {said}", undo_url=reverse("desk:inbox_undo", args=[batch]))
    return True


def _tab(
    value: str, label: str, state: str, channel: str, counts: dict[str, int]
) -> dict[str, Any]:
    pairs = {"state": value, "channel": channel}
    query = urlencode({name: one for name, one in pairs.items() if one})
    count = counts[value] if value else sum(counts[one] for one in TO_REGISTER)
    return {
        "label": label,
        "url": f"{reverse('desk:inbox')}?{query}",
        "active": value == state,
        "count": count,
    }


def _following(after: Cursor | None, chosen: dict[str, str]) -> str:
    if after is None:
        return ""
    at, kind, pk = after
    return f"?{urlencode({**chosen, 'page': f'{at.isoformat()}_{kind}_{pk}'})}"


def _cursor(raw: str) -> Cursor | None:
    moment, _, rest = raw.replace(" ", "+").partition("_")
    key = parsed(rest.replace("_", "-"))
    try:
        return (datetime.fromisoformat(moment), *key) if key else None
    except ValueError:
        return None
