"""Whose message it is: the account of the channel whose key has signed it, a short while ago."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from pydantic import BaseModel, ValidationError

from otklik.base import clock
from otklik.base.errors import NotFound, OtklikError
from otklik.base.signing import WINDOW, is_fresh, is_signed
from otklik.exchange.channels.connectors.registry import connector
from otklik.exchange.channels.connectors.signed import KEY, key_of
from otklik.exchange.channels.models import ChannelAccount
from otklik.exchange.channels.queries import secret_of
from otklik.exchange.channels.vocabulary import ChannelKind
from otklik.web.api.answers import BadFields, WrongMethod, refusal
from otklik.web.api.wording import problems_of

MOST_ACCOUNTS = 100
View = Callable[..., HttpResponse]


class NotSigned(OtklikError):
    """No signature, a wrong one, or one of another time."""


def signed(method: str) -> Callable[[View], View]:
    """A view `(request, account, at, **parameters)`; `at` is the signed Unix second."""

    def decorate(view: View) -> View:
        @csrf_exempt
        def guarded(request: HttpRequest, kind: str, **parameters: Any) -> HttpResponse:
            try:
                if request.method != method:
                    raise WrongMethod(f"Здесь принимают {method}.", "Исправьте метод запроса.")
                at = _moment(request)
                return view(request, _account(request, kind, at), at, **parameters)
            except NotSigned as error:
                response = refusal(error)
                response.status_code = 401
                return response
            except OtklikError as error:
                return refusal(error)

        guarded.__module__, guarded.__name__ = view.__module__, view.__name__
        return cast("View", guarded)

    return decorate


def read(model: type[BaseModel], request: HttpRequest) -> Any:
    """The body as the model; raise BadFields naming every wrong field."""
    try:
        return model.model_validate_json(request.body)
    except ValidationError as error:
        raise BadFields(problems_of(error)) from None


def content_of(request: HttpRequest) -> bytes:
    """What is signed: the body; of a request without one, the address with its query."""
    return request.body if request.method == "POST" else request.get_full_path().encode()


def _moment(request: HttpRequest) -> int:
    given = request.headers.get("X-Otklik-Timestamp", "")
    if not given.isdecimal() or len(given) > 12:
        raise NotSigned("Не указано время подписи.", "Передайте X-Otklik-Timestamp: секунды Unix.")
    if not is_fresh(int(given), clock.now()):
        minutes = int(WINDOW.total_seconds() // 60)
        raise NotSigned(
            "Время подписи расходится с нашим.",
            f"Сверьте часы и подпишите снова: подпись действует {minutes} минут.",
        )
    return int(given)


def _account(request: HttpRequest, kind: str, at: int) -> ChannelAccount:
    if kind not in ChannelKind.values or KEY not in connector(kind).secret_fields:
        raise NotFound(
            f"Канал «{kind}» сообщений от программ не принимает.",
            "Названия каналов — в описании API.",
        )
    given = request.headers.get("X-Otklik-Signature", "")
    content = content_of(request)
    enabled = ChannelAccount.objects.filter(kind=kind, enabled=True).order_by("pk")
    for account in enabled[:MOST_ACCOUNTS]:
        key = _key(account)
        if key and is_signed(key, at, content, given):
            return account
    raise NotSigned(
        "Подпись не подходит ни к одному включённому каналу.",
        "Подпишите «время.тело» ключом канала: HMAC-SHA256, заголовок X-Otklik-Signature.",
    )


def _key(account: ChannelAccount) -> str:
    try:
        return key_of(secret_of(account))
    except OtklikError:
        # Sealed by another key of the installation: the settings say so.
        return ""
