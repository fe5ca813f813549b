"""One event in, one short answer out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from otklik.base.errors import NotFound, OtklikError
from otklik.exchange.channels.actions import receive
from otklik.exchange.channels.connectors.base import WebhookRefused, WebhookRequest

MOST = 1_048_576
PLAIN = "text/plain; charset=utf-8"


@csrf_exempt
@require_POST
def hook(request: HttpRequest, account_id: int, hook_key: str) -> HttpResponse:
    """Keep an event; the answer is the service's own word. Nothing is told to strangers."""
    if int(request.headers.get("Content-Length") or 0) > MOST:
        return HttpResponse("too large", status=413, content_type=PLAIN)
    headers = {name.lower(): value for name, value in request.headers.items()}
    given = WebhookRequest(body=request.body, headers=headers)
    try:
        reply = receive(account_id=account_id, hook_key=hook_key, request=given)
    except NotFound:
        return HttpResponse("not found", status=404, content_type=PLAIN)
    except (WebhookRefused, ValueError, LookupError, TypeError, RecursionError):
        return HttpResponse("refused", status=403, content_type=PLAIN)
    except OtklikError:
        # The account's settings are not whole: the service should come again later.
        return HttpResponse("later", status=503, content_type=PLAIN)
    return HttpResponse(reply.body, status=reply.status, content_type=reply.content_type)
