"""«Обмен с ПОС»: four kinds of content, what state the exchange of each is in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import OPEN_STATUSES, Channel
from otklik.casework.consultations.queries import may_keep
from otklik.casework.consultations.queries.exchange import (
    ExchangeLine,
    exchange_lines,
    reactions,
)
from otklik.casework.consultations.vocabulary import ConsultationKind, ExchangeKind
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.frame import DeskRequest, desk, render

HELD = {
    ExchangeKind.DISCUSSIONS: (ConsultationKind.DISCUSSION,),
    ExchangeKind.POLLS: (ConsultationKind.SURVEY, ConsultationKind.VOTE),
}


def tabs(request: DeskRequest, here: str) -> list[dict[str, Any]]:
    """Those who answer for the networks alone have one page."""
    known = [("pos", "Обмен с ПОС"), ("pos_events", "Мероприятия")]
    return [
        {"label": label, "url": reverse(f"desk:{name}"), "active": name == here}
        for name, label in (known if may_keep(request.access) else known[:1])
    ]


@require_GET
@desk(Permission.SEND)
def exchange(request: DeskRequest) -> HttpResponse:
    lines = [_row(request, line) for line in exchange_lines(request.access)]
    posts = reactions(request.access) if lines[-1]["line"].mine else []
    context = {
        "tabs": tabs(request, "pos"),
        "rows": lines,
        "posts": [_post(one) for one in posts],
        "shows_posts": lines[-1]["line"].mine,
    }
    return render(request, "desk/pos/exchange.html", context)


def _row(request: DeskRequest, line: ExchangeLine) -> dict[str, Any]:
    """Figures open what they count, where the person may open it."""
    held = HELD.get(line.kind)
    shape, word = _state(line)
    return {
        "line": line,
        "shape": shape,
        "word": word,
        "waiting_label": "ждут итогов" if held else "в работе",
        "urls": _urls(request, line) if line.mine else {},
    }


def _state(line: ExchangeLine) -> tuple[str, str]:
    if line.trouble or line.failed:
        return "danger", "есть ошибки"
    if line.to_carry or line.differing:
        return "wait", "ждёт"
    return ("done", "в порядке") if line.succeeded_at else ("draft", "обмена ещё не было")


def _urls(request: DeskRequest, line: ExchangeLine) -> dict[str, str]:
    held = HELD.get(line.kind)
    if held:
        page = reverse("desk:pos_events")
        return {"carry": f"{page}?tab=draft", "waiting": f"{page}?tab=finished", "failed": page}
    here = Channel.POS if line.kind == ExchangeKind.MESSAGES else ""
    urls = {
        "carry": reverse("desk:carry") + (f"?{urlencode({'channel': here})}" if here else ""),
        "failed": reverse("desk:carry"),
    }
    if here:
        # The list takes one channel; those of the networks stand below on this very page.
        cases = urlencode({"open": "1", "channel": here})
        urls["waiting"] = f"{reverse('desk:appeals')}?{cases}"
    if request.access.may(Permission.IMPORT):
        urls |= {
            "import": reverse("imports:start"),
            "differing": reverse("imports:differences"),
            "failed": reverse("imports:start"),
        }
    return urls


def _post(case: Appeal) -> dict[str, Any]:
    record = getattr(case, "external_record", None)
    link = record.link if record and record.link.startswith(("https://", "http://")) else ""
    is_open = case.status in OPEN_STATUSES
    return {
        "case": case,
        "network": (record.network if record else "") or case.get_channel_display(),
        "link": link,
        "shape": "work" if is_open else "done",
    }
