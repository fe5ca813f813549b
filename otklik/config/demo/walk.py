"""The guided first walk of the demo: steps of a role, ticked by what the person really did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from otklik.base.errors import Forbidden
from otklik.base.events import Event
from otklik.config.demo.source import read_yaml
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment
from otklik.records.journal.models import Entry

KEPT = "demo_walk"


@dataclass(frozen=True, kw_only=True)
class DemoFilled(Event):
    """The invented year is written; whatever follows was done by living people."""

    subject: ClassVar[str] = "municipality"

    appeals: int

    def sentence(self) -> str:
        return f"Демонстрация наполнена, обращений: {self.appeals}"


@cache
def _walks() -> Mapping[str, list[dict[str, str]]]:
    """Steps by the slug of a role."""
    return dict(read_yaml("walks.yaml"))


@cache
def _pages() -> frozenset[str]:
    steps = [step for walk in _walks().values() for step in walk]
    return frozenset(step["page"] for step in steps if "page" in step)


class Walk:
    """The walk of the person of a request; asks the database only when steps are shown."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.url = reverse("demo-walk")

    @property
    def hidden(self) -> bool:
        return bool(self._kept.get("hidden"))

    @cached_property
    def steps(self) -> list[dict[str, Any]]:
        """{label, do, url, done}; empty for a role without a walk."""
        walk = _walks().get(self._role, [])
        seen, acted = set(self._kept.get("seen", ())), self._acted(walk)
        return [
            {
                "label": step["label"],
                "do": step["do"],
                "url": _url(step),
                "done": step.get("page") in seen or step.get("event") in acted,
            }
            for step in walk
        ]

    @property
    def done(self) -> int:
        return sum(step["done"] for step in self.steps)

    @property
    def _kept(self) -> Mapping[str, Any]:
        found: Mapping[str, Any] = _kept(self._request)
        return found

    @property
    def _person(self) -> Account:
        found: Account = self._request.user  # type: ignore[assignment]
        return found

    @cached_property
    def _role(self) -> str:
        held = Appointment.objects.filter(
            account=self._person,
            role__municipality_id=self._request.municipality.pk,  # type: ignore[attr-defined]
        )
        return held.order_by("pk").values_list("role__slug", flat=True).first() or ""

    def _acted(self, walk: list[dict[str, str]]) -> set[str]:
        """Names of the facts that this person has left in the journal since the filling."""
        place = self._request.municipality.pk  # type: ignore[attr-defined]
        entries = Entry.objects.filter(municipality_id=place)
        filled = entries.filter(name=DemoFilled.__name__).order_by("-id")
        start = filled.values_list("id", flat=True).first()
        if start is None:
            return set()
        wanted = [step["event"] for step in walk if "event" in step]
        own = entries.filter(id__gt=start, actor_id=self._request.user.pk, name__in=wanted)
        return set(own.values_list("name", flat=True))


class SeenMiddleware:
    """Remembers which pages of a walk the person has opened; on in the demonstration only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if match and request.method == "GET" and response.status_code == 200:
            name = match.view_name
            opened = {name, *(f"{name}?{key}" for key, value in request.GET.items() if value)}
            new = (opened & _pages()) - set(_kept(request).get("seen", ()))
            if new and request.user.is_authenticated:
                _keep(request, seen=sorted({*_kept(request).get("seen", ()), *new}))
        return response


@require_POST
def demo_walk(request: HttpRequest) -> HttpResponse:
    """Hide the walk or show it again. Forbidden outside the demonstration."""
    if not (settings.DEMO and request.user.is_authenticated):
        raise Forbidden("Первый обход есть только в демонстрации.", "Откройте страницу «Сегодня».")
    _keep(request, hidden=request.POST.get("show") != "1")
    return redirect("desk:today")


def walk_of(request: HttpRequest) -> Walk | None:
    """The walk of an invented member of staff in the demonstration, else None."""
    if not settings.DEMO or not getattr(request.user, "is_demo", False):
        return None
    return Walk(request)


def _kept(request: HttpRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.session.get(KEPT, {}).get(str(request.user.pk), {})
    return found


def _keep(request: HttpRequest, **changed: Any) -> None:
    everyone = request.session.get(KEPT, {})
    request.session[KEPT] = {**everyone, str(request.user.pk): {**_kept(request), **changed}}


def _url(step: Mapping[str, str]) -> str:
    pairs = [pair.partition("=")[::2] for pair in step.get("query", "").split("&") if pair]
    address = reverse(step["url"])
    return f"{address}?{urlencode(pairs)}" if pairs else address
