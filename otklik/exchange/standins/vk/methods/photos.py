"""photos.*: an address, the file, the saving."""

from __future__ import annotations

import secrets
from typing import Any

from otklik.exchange.standins.vk import shapes
from otklik.exchange.standins.vk.keys import Refusal
from otklik.exchange.standins.vk.methods.asking import Ask

SERVER = 847_201


def wall_server(ask: Ask) -> Any:
    community = ask.community(ask.number("group_id"))
    return {**_place(ask, "wall"), "album_id": -14, "user_id": community.owner_id}


def save_wall(ask: Ask) -> Any:
    return _save(ask, ask.community(ask.number("group_id")).owner_id)


def messages_server(ask: Ask) -> Any:
    peer = ask.number("peer_id", 0)
    if peer and peer not in ask.world.people:
        raise Refusal(901)
    return {**_place(ask, "messages"), "album_id": -64, "user_id": ask.key.user_id}


def save_messages(ask: Ask) -> Any:
    return _save(ask, ask.author)


def _place(ask: Ask, kind: str) -> dict[str, Any]:
    return {"upload_url": f"{ask.stage.url}/upload/{kind}-{secrets.token_hex(12)}"}


def _save(ask: Ask, owner_id: int) -> Any:
    kept = ask.world.waiting_photos.pop(ask.text("hash"), None)
    if kept is None or ask.number("server", 0) != SERVER:
        raise Refusal(129)
    ask.world.photos.pop(f"{kept.owner_id}_{kept.id}", None)
    kept.owner_id = owner_id
    ask.world.photos[f"{kept.owner_id}_{kept.id}"] = kept
    return [shapes.photo(kept, ask.stage.url)]
