"""Identifiers of departments and classifier codes of topics, all on one page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from otklik.base.errors import Refused
from otklik.coordination.sstu import actions, queries
from otklik.coordination.sstu.queries import Exchange
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render
from otklik.web.look.toasts import toast


@desk(Permission.REPORT)
def exchange(request: DeskRequest) -> HttpResponse:
    request.access.require(Permission.REPORT)
    now = queries.exchange_of(request.municipality.pk)
    error = ""
    if request.method == "POST":
        try:
            changed = actions.set_exchange(access=request.access, new=_typed(request, now))
        except Refused as refusal:
            error = f"{refusal.message} {refusal.mend}"
        else:
            toast(request, "Настройки сохранены" if changed else "Ничего не изменилось")
            return redirect("desk:sstu_settings")
    sender = str(now.sender.department_id) if now.sender else ""
    context = {
        "error": error,
        "sender": request.POST.get("sender", sender),
        "groups": [
            ("Органы", "bodies", list(_bodies(request, now))),
            ("Адресаты не из справочника", "addressees", list(_addressees(request, now))),
            ("Темы без кода классификатора", "topics", list(_topics(request, now))),
        ],
    }
    trail = [("ССТУ.РФ", reverse("desk:sstu")), ("Настройки выгрузки", "")]
    return render(
        request, "desk/sstu/settings.html", context, crumbs=trail, status=422 if error else 200
    )


def _typed(request: DeskRequest, now: Exchange) -> actions.NewExchange:
    """What stands in the fields that came; a field that did not come changes nothing."""
    sent = request.POST
    bodies = {b.pk: sent[f"body-{b.pk}"] for b in now.bodies if f"body-{b.pk}" in sent}
    names = {
        name: sent[f"addressee-{place}"]
        for place, (name, _) in enumerate(now.addressees)
        if f"addressee-{place}" in sent and sent.get(f"addressee-name-{place}") == name
    }
    topics = {t.pk: sent[f"topic-{t.pk}"] for t, _ in now.topics if f"topic-{t.pk}" in sent}
    return actions.NewExchange(
        sender=sent.get("sender", ""), bodies=bodies, addressees=names, topics=topics
    )


def _bodies(request: DeskRequest, now: Exchange) -> Iterator[dict[str, Any]]:
    for body in now.bodies:
        yield _field(request, f"body-{body.pk}", body.name, str(body.sstu_id or ""))


def _addressees(request: DeskRequest, now: Exchange) -> Iterator[dict[str, Any]]:
    for place, (name, value) in enumerate(now.addressees):
        made = _field(request, f"addressee-{place}", name, value)
        yield {**made, "hidden": f"addressee-name-{place}"}


def _topics(request: DeskRequest, now: Exchange) -> Iterator[dict[str, Any]]:
    for topic, value in now.topics:
        yield _field(request, f"topic-{topic.pk}", topic.name, value)


def _field(request: DeskRequest, name: str, label: str, value: str) -> dict[str, Any]:
    return {"name": name, "label": label, "value": request.POST.get(name, value)}
