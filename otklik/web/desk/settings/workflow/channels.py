"""Channels: what is connected, in what state, and whether it works now."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from otklik.base import clock
from otklik.base.errors import OtklikError
from otklik.exchange.channels import queries
from otklik.exchange.channels.actions import probe_account, set_up_account
from otklik.exchange.channels.connectors.base import Probe
from otklik.exchange.channels.connectors.registry import connector, registered
from otklik.exchange.channels.models import ChannelAccount
from otklik.exchange.channels.vocabulary import ChannelKind
from otklik.web.desk.frame import DeskRequest, render
from otklik.web.desk.settings.people.guard import crumbs, done
from otklik.web.desk.settings.workflow.channel_form import ChannelForm
from otklik.web.desk.settings.workflow.guard import setting_up
from otklik.web.look.toasts import toast


@setting_up
def channels(request: DeskRequest) -> HttpResponse:
    context = {
        "states": queries.channel_states(request.access, clock.now()),
        "kinds": [(kind.value, kind.label) for kind in sorted(registered(), key=_by_label)],
    }
    trail = crumbs(("Каналы", ""))
    return render(request, "desk/settings/workflow/channels.html", context, crumbs=trail)


@setting_up
def channel_new(request: DeskRequest, kind: str) -> HttpResponse:
    if kind not in ChannelKind.values:
        raise Http404("No such kind of channel")
    return _edit(request, ChannelKind(kind), None)


@setting_up
def channel(request: DeskRequest, pk: int) -> HttpResponse:
    account = queries.account_of(request.access, pk)
    return _edit(request, ChannelKind(account.kind), account)


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
    return _page(request, ChannelKind(account.kind), account, form, found)


def _edit(request: DeskRequest, kind: ChannelKind, account: ChannelAccount | None) -> HttpResponse:
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
    request: DeskRequest, kind: ChannelKind, account: ChannelAccount | None, form: ChannelForm
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
    kind: ChannelKind,
    account: ChannelAccount | None,
    form: ChannelForm,
    found: Probe | None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "kind": kind,
        "account": account,
        "found": found,
        "automatic": connector(kind).capabilities.receives,
    }
    trail = crumbs(("Каналы", "channels"), (account.title if account else kind.label, ""))
    return render(request, "desk/settings/workflow/channel.html", context, crumbs=trail)


def _by_label(kind: ChannelKind) -> str:
    return str(kind.label)
