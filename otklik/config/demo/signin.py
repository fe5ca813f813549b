"""One-click sign-in of the demonstration; refuses everywhere else."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from otklik.base.errors import Forbidden
from otklik.config.demo.walk import KEPT
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment


@require_POST
def demo_signin(request: HttpRequest) -> HttpResponse:
    """Enter as one of the invented staff. Forbidden outside the demonstration."""
    chosen = request.POST.get("account", "")
    account = (
        Account.objects.filter(pk=int(chosen), is_demo=True, is_active=True).first()
        if settings.DEMO and chosen.isdecimal()
        else None
    )
    if account is None:
        raise Forbidden(
            "Вход без пароля есть только в демонстрации.", "Войдите с почтой и паролем."
        )
    walks = request.session.get(KEPT)
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    if walks:
        # Signing in as somebody else starts a new session; nobody's walk begins anew for that.
        request.session[KEPT] = walks
    return redirect(settings.LOGIN_REDIRECT_URL)


def demo_staff() -> list[Account]:
    """The invented staff with their positions, for the sign-in page; empty outside the demo."""
    if not settings.DEMO:
        return []
    people = list(Account.objects.filter(is_demo=True, is_active=True).order_by("pk")[:30])
    held = Appointment.objects.filter(account__in=people).order_by("pk")
    positions = dict(held.values_list("account_id", "position"))
    for person in people:
        person.position = positions.get(person.pk, "")  # type: ignore[attr-defined]
    return people
