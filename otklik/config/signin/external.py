"""OpenID Connect: doors of the database in place of allauth's own, and who is let in by them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp
from allauth.socialaccount.providers.base.constants import AuthError
from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import render

from otklik.base import clock
from otklik.base.errors import Forbidden, OtklikError
from otklik.directory.accounts.models import Account
from otklik.exchange.signin.actions import enter
from otklik.exchange.signin.models import ExternalDoor
from otklik.exchange.signin.queries import secret_of_door, staff_door, staff_doors
from otklik.exchange.signin.rules.claims import presented
from otklik.exchange.signin.vocabulary import DoorKind

FACTOR = "factor_elsewhere"
"""Session: whose second factor another system has asked."""
PROVIDER = "openid_connect"
SCOPES = "openid profile email"


class ExternalAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        found = staff_doors().filter(kind=DoorKind.OIDC)
        if provider and provider != PROVIDER:
            found = found.filter(key=provider)
        if client_id:
            found = found.filter(Q(client_id=client_id))
        return [_app(door) for door in found]

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Bind the login to a member of staff, or show why not."""
        door = staff_door(sociallogin.account.provider)
        try:
            entered = enter(
                door=door,
                who=presented(_claims(sociallogin.account.extra_data)),
                on=clock.today(door.municipality.tz),
            )
        except OtklikError as error:
            raise ImmediateHttpResponse(refused(request, error)) from error
        bound = SocialAccount.objects.filter(provider=door.key, uid=sociallogin.account.uid)
        # Claims are personal data: they are read and not kept.
        bound.update(extra_data={})
        sociallogin.user, sociallogin.account = entered.account, bound.get()
        remember_factor(request, entered.account, strong=entered.strong)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        raise ImmediateHttpResponse(refused(request, _trouble(error, exception)))


def remember_factor(request: HttpRequest, account: Account, *, strong: bool) -> None:
    request.session.pop(FACTOR, None)
    if strong:
        request.session[FACTOR] = account.pk


def factor_elsewhere(request: HttpRequest) -> bool:
    """Whether the system by which this person has entered asked a second factor."""
    return bool(request.user.pk) and request.session.get(FACTOR) == request.user.pk


def refused(request: HttpRequest, error: OtklikError) -> Any:
    """A page that says why, and leads back to the sign-in."""
    status = 403 if isinstance(error, Forbidden) else 422
    return render(request, "account/refused.html", {"error": error}, status=status)


def _app(door: ExternalDoor) -> SocialApp:
    options = door.set_to
    return SocialApp(
        provider=PROVIDER,
        provider_id=door.key,
        name=door.title,
        client_id=door.client_id,
        secret=secret_of_door(door),
        settings={
            "server_url": door.address,
            "oauth_pkce_enabled": True,
            "scope": (options.scopes or SCOPES).split(),
        },
    )


def _claims(told: Mapping[str, Any]) -> dict[str, Any]:
    """The token's claims with those of userinfo; acr and amr count from the token only."""
    token, about = told.get("id_token") or {}, told.get("userinfo") or {}
    if about and token and about.get("sub") != token.get("sub"):
        raise Forbidden(
            "Система учётных записей ответила про двух разных людей.", "Войдите с паролем."
        )
    claims = {**token, **about}
    for name in ("acr", "amr"):
        claims.pop(name, None)
        if name in token:
            claims[name] = token[name]
    return claims


def _trouble(error: Any, exception: Exception | None) -> OtklikError:
    if error == AuthError.CANCELLED:
        return Forbidden("Вход отменён.", "Начните снова и подтвердите вход.")
    if exception is not None:
        return OtklikError(
            "Система учётных записей не завершила вход.",
            "Повторите. Если не поможет, администратору центра: проверьте адрес, идентификатор и "
            "секрет на странице «Вход через внешнюю систему».",
        )
    return Forbidden("Вход прерван или устарел.", "Вернитесь на страницу входа и начните снова.")
