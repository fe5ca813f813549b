"""Photos in three steps: ask for an address, send the file there, save it."""

from __future__ import annotations

from typing import Any

from otklik.exchange.vendors.vk.client import NewFile, VkApi
from otklik.exchange.vendors.vk.wall import Thing


def for_wall(api: VkApi, group_id: int, photo: NewFile) -> str:
    """A photo for a post; its attachment name. Keys: user."""
    place = api.call("photos.getWallUploadServer", {"group_id": group_id})
    sent = _sent(api, place, photo)
    saved = api.call("photos.saveWallPhoto", {"group_id": group_id, **sent})
    return attachment(saved[0])


def for_message(api: VkApi, peer_id: int, photo: NewFile) -> str:
    """A photo for a message; its attachment name. Keys: user, community."""
    place = api.call("photos.getMessagesUploadServer", {"peer_id": peer_id})
    saved = api.call("photos.saveMessagesPhoto", _sent(api, place, photo))
    return attachment(saved[0])


def attachment(photo: Thing) -> str:
    """`photo<owner>_<id>` with its key, as posts, comments and messages name it."""
    name = f"photo{photo['owner_id']}_{photo['id']}"
    return f"{name}_{photo['access_key']}" if photo.get("access_key") else name


def largest(photo: Thing) -> str:
    """The address of the biggest copy of a photo; "" when there is none."""
    sizes = [each for each in photo.get("sizes", []) if each.get("url")]
    if not sizes:
        return str((photo.get("orig_photo") or {}).get("url", ""))
    best = max(sizes, key=lambda each: each.get("width", 0) * each.get("height", 0))
    return str(best["url"])


def _sent(api: VkApi, place: dict[str, Any], photo: NewFile) -> dict[str, Any]:
    told = api.upload(str(place["upload_url"]), "photo", photo)
    return {key: told[key] for key in ("photo", "server", "hash")}
