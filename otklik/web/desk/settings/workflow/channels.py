"""Channels: what is connected, in what state, and whether it works now."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.exchange.channels import queries
from otklik.exchange.channels.actions import (
    connect_webhook,
    probe_account,
    set_up_account,
)
from otklik.exchange.channels.connectors.base import Probe
from otklik.exchange.channels.connectors.registry import connector, registered
from otklik.exchange.channels.models import ChannelAccount
from otklik.exchange.channels.vocabulary import (
    ChannelKind,
    Condition,
    channel_label,
)
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import crumbs, done
from otklik.web.desk.settings.workflow.channel_form import ChannelForm
from otklik.web.desk.settings.workflow.channel_told import told_of
from otklik.web.desk.settings.workflow.guard import setting_up
from otklik.web.look.toasts import toast

SHAPES = {
    Condition.OFF: "off",
    Condition.NEW: "draft",
    Condition.WORKS: "done",
    Condition.EMPTY: "done",
    Condition.SILENT: "warn",
    Condition.LIMITED: "warn",
    Condition.PAUSED: "wait",
    Condition.BROKEN: "danger",
}


@setting_up
def channels(request: DeskRequest) -> HttpResponse:
    context = {
        "states": queries.channel_states(request.access, clock.now()),
        "shapes": SHAPES,
        "kinds": [(kind, channel_label(kind)) for kind in sorted(registered(), key=channel_label)],
    }
    trail = crumbs(("Каналы", ""))
    return render(request, "desk/settings/workflow/channels.html", context, crumbs=trail)


@setting_up
def channel_new(request: DeskRequest, kind: str) -> HttpResponse:
    if kind not in ChannelKind.values and kind not in registered():
        raise Http404("No such kind of channel")
    return _edit(request, kind, None)


@setting_up
def channel(request: DeskRequest, pk: int) -> HttpResponse:
    account = queries.account_of(request.access, pk)
    return _edit(request, account.kind, account)


@require_POST
@setting_up
def probe(request: DeskRequest, pk: int) -> HttpResponse:
    queries.account_of(request.access, pk)
    try:
        found = probe_account(access=request.access, account_id=pk)
    except OtklikError as error:
        found = Probe(f"{error.message} {error.mend}".strip())
    account = queries.account_of(request.access, pk)
    form = ChannelForm(connector(account.kind), account=account, taken=())
    return _page(request, account.kind, account, form, found)


def _edit(request: DeskRequest, kind: str, account: ChannelAccount | None) -> HttpResponse:
    others = (
        queries.accounts(request.access).filter(kind=kind).exclude(pk=account.pk if account else 0)
    )
    form = ChannelForm(
        connector(kind),
        request.POST or None,
        account=account,
        taken=list(others.values_list("title", flat=True)),
    )
    valid = request.method == "POST" and form.is_valid()
    if valid and done(form, lambda: _save(request, kind, account, form)):
        toast(request, f"Канал «{form.cleaned_data['title']}» сохранён")
        return redirect("desk:channels")
    return _page(request, kind, account, form, None)


def _save(
    request: DeskRequest, kind: str, account: ChannelAccount | None, form: ChannelForm
) -> ChannelAccount:
    return set_up_account(
        access=request.access,
        kind=kind,
        title=form.cleaned_data["title"],
        settings=form.settings(),
        secret=form.secret(),
        enabled=form.cleaned_data["enabled"],
        basis=form.cleaned_data["basis"],
        account_id=account.pk if account else None,
    )


def _page(
    request: DeskRequest,
    kind: str,
    account: ChannelAccount | None,
    form: ChannelForm,
    found: Probe | None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "kind": kind,
        "kind_label": channel_label(kind),
        "account": account,
        "found": found,
        "automatic": connector(kind).capabilities.receives,
        **told_of(kind, account),
    }
    trail = crumbs(("Каналы", "channels"), (account.title if account else channel_label(kind), ""))
    return render(request, "desk/settings/workflow/channel.html", context, crumbs=trail)


@require_POST
@setting_up
def webhook(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask the service to send events here."""
    account = queries.account_of(request.access, pk)
    try:
        found = connect_webhook(
            access=request.access, account_id=pk, public_url=settings.PUBLIC_URL
        )
    except OtklikError as error:
        found = Probe(f"{error.message} {error.mend}".strip())
    account = queries.account_of(request.access, pk)
    form = ChannelForm(connector(account.kind), account=account, taken=())
    return _page(request, account.kind, account, form, found)
