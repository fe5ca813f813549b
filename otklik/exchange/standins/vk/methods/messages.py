"""messages.*"""

from __future__ import annotations

from typing import Any

from otklik.exchange.standins.vk import doings, shapes
from otklik.exchange.standins.vk.keys import Refusal
from otklik.exchange.standins.vk.methods.asking import Ask, bad


def send(ask: Ask) -> Any:
    community = ask.community()
    peer = ask.number("peer_id", 0) or ask.number("user_id", 0)
    if not peer:
        raise bad("peer_id")
    if "random_id" not in ask.values:
        raise bad("random_id")
    text, photos = ask.text("message"), ask.photos("attachment")
    if not text and not photos:
        raise Refusal(100, "One of the parameters specified was missing: message is empty")
    mark = ask.number("random_id")

    def make() -> Any:
        return doings.add_message(
            ask.stage,
            community,
            peer,
            text,
            photos,
            out=True,
            random_id=mark,
            reply_to=ask.number("reply_to", 0),
        ).id

    return ask.once(f"{peer}:{mark}" if mark else "", make)


def get_history(ask: Ask) -> Any:
    community = ask.community(ask.number("group_id", 0) or None)
    peer = ask.number("peer_id", 0) or ask.number("user_id", 0)
    kept = [each for each in community.conversations.get(peer, []) if not each.deleted]
    items = [shapes.message(each, ask.stage.url) for each in kept[::-1][ask.page(200)]]
    answer: dict[str, Any] = {"count": len(kept), "items": items}
    if ask.truth("extended"):
        answer |= shapes.authors(ask.world, [peer, community.owner_id])
        answer["conversations"] = []
    return answer


def get_conversations(ask: Ask) -> Any:
    community = ask.community(ask.number("group_id", 0) or None)
    known = sorted(community.conversations.items(), key=lambda pair: pair[1][-1].id, reverse=True)
    items = [shapes.conversation(peer, kept, ask.stage.url) for peer, kept in known[ask.page(200)]]
    return {"count": len(known), "items": items}


def mark_as_read(ask: Ask) -> Any:
    ask.community(ask.number("group_id", 0) or None)
    return 1
