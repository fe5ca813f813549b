"""Every request learns what its person may do; every refusal becomes a readable page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, NotFound, OtklikError
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import access_of, municipalities_of
from otklik.directory.organisation.rules import Access

GetResponse = Callable[[HttpRequest], HttpResponse]


class AccessMiddleware:
    """`request.municipality` and `request.access` of the signed-in person, both lazy."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.municipality = SimpleLazyObject(lambda: _municipality(request))  # type: ignore[attr-defined]
        request.access = SimpleLazyObject(lambda: _access(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _municipality(request: HttpRequest) -> Municipality:
    if not request.user.is_authenticated:
        raise Forbidden("Нужно войти в систему.", "Откройте страницу входа.")
    mine = list(municipalities_of(request.user, clock.today()))
    chosen = request.session.get("municipality")
    for municipality in mine:
        if municipality.pk == chosen:
            return municipality
    if not mine:
        raise Forbidden(
            "У вас нет действующего назначения ни в одном центре.",
            "Обратитесь к администратору центра: он назначит вам роль.",
        )
    return mine[0]


def _access(request: HttpRequest) -> Access:
    municipality = request.municipality  # type: ignore[attr-defined]
    assert request.user.is_authenticated
    return access_of(request.user, municipality.pk, clock.today(municipality.tz))


STATUS = {Forbidden: 403, NotFound: 404, Conflict: 409}


class ErrorsMiddleware:
    """OtklikError → a page (or htmx fragment) with what happened and what to do."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OtklikError):
            return None
        status = STATUS.get(type(error), 422)
        return render(
            request,
            "look/error.html",
            {"error": error, "status": status},
            status=status,
        )
