"""Demands of the centre carried out at the door: length of passwords, sessions, second factor."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from otklik.base import clock
from otklik.base.errors import Forbidden
from otklik.config.signin.external import factor_elsewhere
from otklik.directory.organisation.queries import (
    factor_demanded,
    has_factor,
    password_length_for,
)

BEGUN, SEEN = "protection_begun", "protection_seen"
STEP = 60
"""Seconds between two notes of the last step: not every request writes the session."""
GUARDED = "otklik.web.desk"


class LengthValidator:
    """The least length that the centre of this person demands."""

    def validate(self, password: str, user: Any = None) -> None:
        least = password_length_for(getattr(user, "pk", None), clock.now())
        if len(password) < least:
            raise ValidationError(
                f"Пароль короче, чем требует центр: нужно не меньше {least} знаков.",
                code="password_too_short",
            )

    def get_help_text(self) -> str:
        return f"Не меньше {password_length_for(None, clock.now())} знаков."


class ProtectionMiddleware:
    """A session that is too old or long idle ends; no desk without a demanded second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not getattr(view, "__module__", "").startswith(GUARDED):
            return None
        if not request.user.is_authenticated:
            return None
        try:
            return self._stopped(request)
        except Forbidden:
            # No appointment anywhere: the page itself says so, in words.
            return None

    def _stopped(self, request: HttpRequest) -> HttpResponse | None:
        ended = _ended(request)
        if ended:
            logout(request)
            messages.info(request, ended)
            return redirect(f"/accounts/login/?next={request.path}")
        place = request.municipality  # type: ignore[attr-defined]
        demanded = factor_demanded(place.second_factor, request.access)  # type: ignore[attr-defined]
        if demanded and not (factor_elsewhere(request) or has_factor(int(request.user.pk or 0))):
            messages.warning(
                request, "Центр требует второй фактор: подключите одноразовые коды и продолжайте."
            )
            return redirect("mfa_activate_totp")
        return None


def _ended(request: HttpRequest) -> str:
    """Why the session is over, or nothing; notes the step.

    Sessions live by the clock of the machine, as those of the framework do.
    """
    now, place = int(time.time()), request.municipality  # type: ignore[attr-defined]
    begun = request.session.setdefault(BEGUN, now)
    seen = request.session.setdefault(SEEN, now)
    if now - begun > place.session_hours * 3600:
        return "Сеанс достиг предела, который установил центр. Войдите снова."
    if now - seen > place.idle_minutes * 60:
        return "Вы долго не работали, и сеанс закрыт. Войдите снова."
    if now - seen > STEP:
        request.session[SEEN] = now
    return ""


def _begin(sender: object, request: HttpRequest | None, **_: object) -> None:
    if request is not None and hasattr(request, "session"):
        request.session[BEGUN] = request.session[SEEN] = int(time.time())


user_logged_in.connect(_begin, dispatch_uid="otklik.config.protection")
