"""«Госуслуги. Решаем вместе» on our own site: the form and the polls of ПОС itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from otklik.base.errors import NotFound
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import municipality_by_slug
from otklik.exchange.channels.connectors.pos.settings import FORM, HOST, SCRIPT, PosSettings
from otklik.exchange.channels.queries import account_for
from otklik.exchange.channels.vocabulary import ChannelKind
from otklik.web.portal.page import render


def pos_of(centre: Municipality) -> PosSettings | None:
    """What of ПОС is set up for the site; None when nothing is: one query."""
    account = account_for(centre.pk, ChannelKind.POS)
    known = PosSettings.model_validate(account.settings) if account else None
    return known if known and (known.widget_id or known.oktmo) else None


@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Only this page lets in anything of another host, and only when it is set up."""
    centre = municipality_by_slug(slug)
    known = pos_of(centre)
    if known is None:
        raise NotFound(
            "Форма ПОС на этом сайте не подключена.", "Напишите через нашу форму или Госуслуги."
        )
    context = {"pos": known, "form": FORM, "script": SCRIPT}
    response = render(request, "portal/pos.html", context, centre=centre)
    response._csp_update = {  # type: ignore[attr-defined]
        "script-src": [HOST], "style-src": [HOST], "img-src": [HOST], "font-src": [HOST],
        "connect-src": [HOST], "frame-src": ["'self'", HOST],
    }  # fmt: skip
    return response
