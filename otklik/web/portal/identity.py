"""Who the visitor is, by ЕСИА: an обращение by form is taken only from an identified person.

59-ФЗ, article 4, part 1 as of 547-ФЗ of 28.12.2024 (in force since 30.03.2025): without
identification what comes by the form of a site is a сообщение.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from contextlib import suppress
from dataclasses import asdict, dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from otklik.base.errors import Forbidden, NotFound, OtklikError
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import municipality_by_slug
from otklik.exchange.signin.actions import begin_esia, identify_citizen, leaving_esia
from otklik.exchange.signin.models import ExternalDoor
from otklik.exchange.signin.queries import citizens_door
from otklik.exchange.vendors.esia.troubles import refusal
from otklik.web.portal.limits import spend
from otklik.web.portal.page import address_of, render

KEPT, PENDING = "citizen", "citizen_pending"
SECONDS = 3600
"""How long an identification counts."""
AWAY = 900
"""How long one may stay at ЕСИА."""


@dataclass(frozen=True)
class Citizen:
    """An identified visitor of one centre. `confirmed`: by a confirmed account only."""

    centre: int
    name: str
    email: str
    phone: str
    confirmed: bool
    door: str
    at: int

    @property
    def mark(self) -> str:
        """Tells the form for whom it was filled in."""
        said = f"citizen:{self.name}:{self.email}:{self.phone}".encode()
        return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).hexdigest()[:16]


def citizen_of(request: HttpRequest, centre: Municipality) -> Citizen | None:
    """Who is identified here now; nobody once an hour has passed."""
    kept = request.session.get(KEPT)
    if not kept:
        return None
    citizen = Citizen(**kept)
    if time.time() - citizen.at > SECONDS:
        del request.session[KEPT]
        return None
    return citizen if citizen.centre == centre.pk else None


@require_GET
def identity(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked from ЕСИА and why; who is identified now."""
    centre = municipality_by_slug(slug)
    context = {"citizen": citizen_of(request, centre), "door": citizens_door(centre.pk)}
    return render(request, "portal/identity.html", context, centre=centre)


@require_GET
def start(request: HttpRequest, slug: str) -> HttpResponse:
    centre = municipality_by_slug(slug)
    try:
        spend("esia", address_of(request), most=30, seconds=3600)
        url, state = begin_esia(door=_door(centre), redirect_uri=_back())
    except OtklikError as error:
        return _refused(request, centre, error)
    request.session[PENDING] = {"state": state, "slug": slug, "at": int(time.time())}
    return redirect(url)


@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """The return from ЕСИА: one address for all centres, as it is registered there."""
    pending = request.session.pop(PENDING, None)
    fresh = pending and time.time() - pending["at"] < AWAY
    if not fresh or request.GET.get("state") != pending["state"]:
        raise Forbidden(
            "Вход прерван или устарел.", "Вернитесь на страницу центра и начните снова."
        )
    centre = municipality_by_slug(pending["slug"])
    try:
        if "error" in request.GET:
            raise refusal(request.GET["error"], request.GET.get("error_description", ""))
        _keep(request, centre, pending["state"])
    except OtklikError as error:
        return _refused(request, centre, error)
    return redirect("portal:identity", slug=centre.slug)


@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Forget the visitor here; a link leads on to leave ЕСИА too."""
    centre = municipality_by_slug(slug)
    door = citizens_door(centre.pk)
    request.session.pop(KEPT, None)
    request.session.cycle_key()
    onward = ""
    if door is not None:
        home = f"{settings.PUBLIC_URL}{reverse('portal:centre', args=[slug])}"
        # Lost keys must not keep anybody from leaving.
        with suppress(OtklikError):
            onward = leaving_esia(door=door, redirect_uri=home)
    context = {"door": door, "left": True, "onward": onward}
    return render(request, "portal/identity.html", context, centre=centre)


def _keep(request: HttpRequest, centre: Municipality, state: str) -> None:
    door = _door(centre)
    code = request.GET.get("code", "")
    person = identify_citizen(door=door, code=code, state=state, redirect_uri=_back())
    citizen = Citizen(
        centre=centre.pk,
        name=person.full_name,
        email=person.email,
        phone=person.phone,
        confirmed=person.trusted,
        door=door.title,
        at=int(time.time()),
    )
    # Another person begins another session: nothing of the one before may be seen.
    request.session.cycle_key()
    request.session[KEPT] = asdict(citizen)


def _door(centre: Municipality) -> ExternalDoor:
    door = citizens_door(centre.pk)
    if door is None:
        raise NotFound(
            "Вход через Госуслуги в этом центре не подключён.", "Отправьте сообщение без входа."
        )
    return door


def _back() -> str:
    return f"{settings.PUBLIC_URL}{reverse('portal:identity-back')}"


def _refused(request: HttpRequest, centre: Municipality, error: OtklikError) -> HttpResponse:
    door = citizens_door(centre.pk)
    context = {"citizen": citizen_of(request, centre), "door": door, "problem": error}
    status = 404 if isinstance(error, NotFound) else 422
    return render(request, "portal/identity.html", context, centre=centre, status=status)
