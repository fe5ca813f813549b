"""Which centre a client speaks to, and in which format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.csrf import csrf_exempt

from otklik.base.errors import OtklikError
from otklik.directory.organisation.models import Municipality
from otklik.exchange.channels.connectors.open311.settings import Open311Settings
from otklik.exchange.channels.models import ChannelAccount
from otklik.exchange.channels.vocabulary import ChannelKind
from otklik.web.api.open311.faults import Fault, fault_of, refusal

View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Jurisdiction:
    """A centre that has opened its Open311 server."""

    municipality: Municipality
    account: ChannelAccount
    settings: Open311Settings


def speaking(**methods: View) -> View:
    """A view by HTTP method: `(request, form, jurisdiction, given, **parameters)`.

    `given` are the parameters of the query, or of the form that was posted.
    """

    @csrf_exempt
    def view(request: HttpRequest, form: str, **parameters: Any) -> HttpResponse:
        try:
            found = methods.get(str(request.method))
            if found is None:
                raise Fault.one(405, f"Метода {request.method} у этого адреса нет.")
            given = request.POST if request.method == "POST" else request.GET
            place = jurisdiction(given.get("jurisdiction_id") or request.GET.get("jurisdiction_id"))
            return found(request, form, place, given, **parameters)
        except Fault as fault:
            return refusal(form, fault)
        except OtklikError as error:
            return refusal(form, fault_of(error))

    view.__module__ = __name__
    return cast("View", view)


def jurisdiction(given: str | None) -> Jurisdiction:
    """The centre named, or the only one there is. Raises Fault 400 and 404."""
    open_to_all = (
        ChannelAccount.objects.filter(kind=ChannelKind.OPEN311, enabled=True)
        .select_related("municipality")
        .order_by("pk")
    )
    if given:
        open_to_all = open_to_all.filter(municipality__slug=given)
    found = list(open_to_all[:2])
    if not found and given:
        raise Fault.one(404, f"jurisdiction_id «{given}» не найден.")
    if not found:
        raise Fault.one(404, "Ни один центр этой установки не открыл Open311.")
    if len(found) > 1 and not given:
        raise Fault.one(400, "Не указан jurisdiction_id: центров здесь несколько.")
    account = found[0]
    settings = Open311Settings.model_validate(account.settings)
    return Jurisdiction(account.municipality, account, settings)


def word(given: QueryDict, name: str, most: int = 1000) -> str:
    """One value without spaces around it; raise Fault 400 when it is too long."""
    value = (given.get(name) or "").strip()
    if len(value) > most:
        raise Fault.one(400, f"{name}: длиннее {most} знаков.")
    return value
