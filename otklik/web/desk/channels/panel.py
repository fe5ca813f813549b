"""Where the citizen wrote: the post around, his message there, and how the answer will look."""

from __future__ import annotations

from typing import Any

from otklik.casework.appeals.models import Appeal
from otklik.casework.replies.queries import open_reply
from otklik.exchange.channels.connectors.base import Capabilities
from otklik.exchange.channels.connectors.registry import connector
from otklik.exchange.channels.models import InboundMessage
from otklik.exchange.channels.queries.places import THERE, removed_of
from otklik.exchange.channels.rules.splitting import split
from otklik.exchange.channels.vocabulary import (
    Ability,
    Delivery,
    InboundKind,
    channel_label,
)
from otklik.language.masking import for_work
from otklik.web.desk.appeals.panels import Panel
from otklik.web.desk.appeals.rights import Rights
from otklik.web.desk.frame import DeskRequest

TEMPLATE = "desk/channels/panel.html"


def panel(request: DeskRequest, case: Appeal, rights: Rights) -> Panel | None:
    """Only of cases that came by a comment or a direct message; three queries at most."""
    message = _message(case)
    if message is None:
        return None
    gone = removed_of([message])
    able = connector(message.channel).capabilities
    reply = open_reply(case.pk)
    public = message.kind == InboundKind.COMMENT
    needed = Ability.REPLY_COMMENT if public else Ability.REPLY_DIRECT
    context: dict[str, Any] = {
        "channel": channel_label(message.channel),
        "public": public,
        "url": message.details.get("url", "") if rights.personal else "",
        "post": _shown(message.details.get("post", {}), personal=rights.personal),
        "removed_at": next(iter(gone.values()), None),
        "revised": message.revision > 1,
        "by_itself": able.delivery == Delivery.AUTOMATIC and able.can(needed),
        "parts": _parts(able, reply.text if reply else ""),
        "limit": able.text_limit,
    }
    return Panel(TEMPLATE, context, aside=True)


def _message(case: Appeal) -> InboundMessage | None:
    if not case.inbound_message_id:
        return None
    # The card has read what came in the case; a message may still stand outside of it.
    received: list[InboundMessage] = vars(case).get("received", [])
    known = next((one for one in received if one.pk == case.inbound_message_id), None)
    if known is not None:
        return known if known.kind in THERE else None
    found = InboundMessage.objects.filter(
        pk=case.inbound_message_id, municipality_id=case.municipality_id, kind__in=THERE
    )
    return found.defer("raw").first()


def _shown(post: dict[str, str], *, personal: bool) -> dict[str, str]:
    if personal or not post:
        return post
    return {**post, "text": for_work(post.get("text", "")).text}


def _parts(able: Capabilities, text: str) -> list[str]:
    """How a long draft will be cut; nothing when it goes whole."""
    parts = split(text, able.text_limit) if text.strip() else []
    return parts if len(parts) > 1 else []
