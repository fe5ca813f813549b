"""Staff by ЕСИА: the way there and the way back."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from otklik.base import clock
from otklik.base.errors import Forbidden, NotFound, OtklikError
from otklik.config.signin.external import refused, remember_factor
from otklik.exchange.signin.actions import begin_esia, enter, finish_esia, presented_by_esia
from otklik.exchange.signin.models import ExternalDoor
from otklik.exchange.signin.queries import staff_door
from otklik.exchange.signin.vocabulary import DoorKind
from otklik.exchange.vendors.esia.troubles import refusal
from otklik.web.portal.limits import spend
from otklik.web.portal.page import address_of

PENDING = "esia_pending"
SECONDS = 900
"""How long one may stay at ЕСИА before starting again."""


@require_GET
def esia_start(request: HttpRequest, key: str) -> HttpResponse:
    door = _door(key)
    try:
        # Each entry starts a signing program; a whole office may come from one address.
        spend("esia-staff", address_of(request), most=300, seconds=3600)
        url, state = begin_esia(door=door, redirect_uri=_back())
    except OtklikError as error:
        return _told(request, error)
    request.session[PENDING] = {
        "state": state,
        "door": door.key,
        "next": request.GET.get("next", ""),
        "at": int(time.time()),
    }
    return redirect(url)


@require_GET
def esia_back(request: HttpRequest) -> HttpResponse:
    pending = request.session.pop(PENDING, None)
    try:
        _check(request, pending)
        door = _door(pending["door"])
        person = finish_esia(
            door=door,
            code=request.GET.get("code", ""),
            state=pending["state"],
            redirect_uri=_back(),
        )
        today = clock.today(door.municipality.tz)
        entered = enter(door=door, who=presented_by_esia(person), on=today)
    except OtklikError as error:
        return _told(request, error)
    remember_factor(request, entered.account, strong=entered.strong)
    record_authentication(request, entered.account, "esia", provider=door.key, uid=person.oid)
    answer: HttpResponse = perform_login(
        request, entered.account, redirect_url=_onward(request, pending["next"])
    )
    return answer


def _check(request: HttpRequest, pending: Any) -> None:
    """The return belongs to a way that began here, not long ago. Raises OtklikError."""
    state = request.GET.get("state", "")
    fresh = pending and time.time() - pending["at"] < SECONDS
    if not fresh or not state or state != pending["state"]:
        raise Forbidden("Вход прерван или устарел.", "Вернитесь на страницу входа и начните снова.")
    if "error" in request.GET:
        raise refusal(request.GET["error"], request.GET.get("error_description", ""))


def _door(key: str) -> ExternalDoor:
    door = staff_door(key)
    if door.kind != DoorKind.ESIA:
        raise NotFound("Этот вход — не через ЕСИА.", "Вернитесь на страницу входа.")
    return door


def _onward(request: HttpRequest, wanted: str) -> str:
    if wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        return wanted
    return str(settings.LOGIN_REDIRECT_URL)


def _back() -> str:
    return f"{settings.PUBLIC_URL}{reverse('esia_back')}"


def _told(request: HttpRequest, error: OtklikError) -> HttpResponse:
    answer: HttpResponse = refused(request, error)
    return answer
