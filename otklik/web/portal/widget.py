"""The form inside a frame on other sites: no cookies, no scripts needed, only on named sites."""

from __future__ import annotations

import secrets
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from otklik.base.errors import NotFound, OtklikError, Refused
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import municipality_by_slug
from otklik.exchange.channels.connectors.portal.settings import PortalSettings
from otklik.exchange.channels.queries import account_for
from otklik.exchange.channels.vocabulary import ChannelKind
from otklik.web.portal.filing import file_case
from otklik.web.portal.forms import AppealForm, code_of
from otklik.web.portal.limits import spend
from otklik.web.portal.page import address_of

SALT = "portal.widget"
DAY = 24 * 3600
SCRIPT = Path(__file__).parent / "static" / "portal" / "widget.js"
_OWN = ("same-origin", "none")


@csrf_exempt
@require_http_methods(["GET", "POST"])
def form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form; a frame of another site has no cookies of ours, so nobody's rights can be borrowed:
    a signed ticket and the origin of the request stand in for the CSRF cookie."""
    centre = municipality_by_slug(slug)
    sites = _sites(centre)
    if request.method != "POST":
        return _page(request, centre, sites, AppealForm(centre))
    given = AppealForm(centre, request.POST, request.FILES)
    if not given.is_valid():
        return _page(request, centre, sites, given, status=422)
    try:
        _own_page(request)
        token = _opened(request.POST.get("ticket", ""), centre)
        spend("form", address_of(request), most=20, seconds=3600)
        spend("widget", str(centre.pk), most=600, seconds=3600)
        files = [(file.name or "файл", file.read()) for file in given.cleaned_data["photos"]]
        case = file_case(centre, given, token, files)
    except OtklikError as error:
        return _page(request, centre, sites, given, problem=error, status=422)
    context = {
        "centre": centre,
        "case": case,
        "code": code_of(token),
        "deadline": case.deadlines.filter(kind="answer").first(),
        "follow_url": f"{settings.PUBLIC_URL}/follow/",
    }
    return _framed(render(request, "portal/widget_done.html", context), sites)


@require_GET
def script(request: HttpRequest, slug: str) -> HttpResponse:
    """What the snippet loads: it only puts the frame on the page."""
    response = HttpResponse(_script(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@cache
def _script() -> str:
    return SCRIPT.read_text(encoding="utf-8")


def _sites(centre: Municipality) -> list[str]:
    account = account_for(centre.pk, ChannelKind.PORTAL)
    sites = PortalSettings.model_validate(account.settings).origins if account else []
    if not sites:
        raise NotFound(
            "Форма не подключена к другим сайтам.",
            "Администратор центра называет их в настройках: «Форма на других сайтах».",
        )
    return sites


def _own_page(request: HttpRequest) -> None:
    """Refuse what was not sent from our own frame; old browsers that say nothing are let through
    by their ticket."""
    sent_from = request.headers.get("Origin", "")
    strange = sent_from not in ("", "null") and urlsplit(sent_from).netloc != request.get_host()
    if strange or request.headers.get("Sec-Fetch-Site", _OWN[0]) not in _OWN:
        raise Refused("Форма отправлена не с нашей страницы.", "Откройте её заново и отправьте.")


def _ticket(centre: Municipality) -> str:
    token = f"{centre.pk}.{secrets.token_urlsafe(24)}"
    return signing.TimestampSigner(salt=SALT).sign(token)


def _opened(ticket: str, centre: Municipality) -> str:
    """The token of one filling: the same form sent twice makes one case."""
    try:
        value = signing.TimestampSigner(salt=SALT).unsign(ticket, max_age=DAY)
    except signing.BadSignature:
        raise Refused(
            "Форма открыта слишком давно.", "Нажмите «Отправить» ещё раз: текст сохранён."
        ) from None
    place, _, token = value.partition(".")
    if place != str(centre.pk):
        raise Refused("Форма другого муниципалитета.", "Откройте её заново и отправьте.")
    return token


def _page(
    request: HttpRequest,
    centre: Municipality,
    sites: list[str],
    given: AppealForm,
    *,
    problem: OtklikError | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "centre": centre,
        "form": given,
        "problem": problem,
        "ticket": _ticket(centre) if problem or not given.is_bound else _kept(request, centre),
    }
    return _framed(render(request, "portal/widget.html", context, status=status), sites)


def _kept(request: HttpRequest, centre: Municipality) -> str:
    """The same ticket through corrections, so that a second click makes no second case."""
    ticket = request.POST.get("ticket", "")
    try:
        _opened(ticket, centre)
    except Refused:
        return _ticket(centre)
    return ticket


def _framed(response: HttpResponse, sites: list[str]) -> HttpResponse:
    response.xframe_options_exempt = True
    response._csp_replace = {"frame-ancestors": sites}  # type: ignore[attr-defined]
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
