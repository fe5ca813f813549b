"""Which kind of key opens which method, as VK's own schema has it, and refusals."""

from __future__ import annotations

from typing import Any

from otklik.exchange.standins.vk.state import Key, KeyKind

ERRORS = {
    1: "Unknown error occurred",
    3: "Unknown method passed",
    5: "User authorization failed: invalid access_token (4).",
    6: "Too many requests per second",
    7: "Permission to perform this action is denied",
    8: "Invalid request: v (version) is required",
    9: "Flood control",
    10: "Internal server error",
    14: "Captcha needed",
    15: "Access denied: no access to call this method with group auth",
    17: "Validation required: please open redirect_uri in browser",
    27: "Group authorization failed: method is unavailable with group auth.",
    28: "Application authorization failed: method is unavailable with service token",
    29: "Rate limit reached",
    100: "One of the parameters specified was missing or invalid",
    104: "Not found",
    113: "Invalid user id",
    129: "Invalid photo",
    203: "Access to group denied",
    210: "Access to wall's post denied",
    211: "Access to wall's comment denied",
    212: "Access to post comments denied",
    213: "Access to status replies denied",
    222: "Hyperlinks are forbidden",
    901: "Can't send messages for users without permission",
    914: "Message is too long",
    1051: "Method is unavailable for your profile type",
    2000: "Servers number limit is reached",
}


class Refusal(Exception):
    """VK says no; `more` are further fields of the error object."""

    def __init__(self, code: int, told: str = "", **more: Any) -> None:
        super().__init__(told or ERRORS.get(code, "Error"))
        self.code = code
        self.more = more


U, G, S = KeyKind.USER, KeyKind.COMMUNITY, KeyKind.SERVICE
OPENS: dict[str, frozenset[KeyKind]] = {
    "wall.get": frozenset({U, S}),
    "wall.getById": frozenset({U, S}),
    "wall.getComments": frozenset({U, S}),
    "wall.createComment": frozenset({U, G}),
    "wall.editComment": frozenset({U}),
    "wall.deleteComment": frozenset({U}),
    # The schema says a person's key; in life a community's key posts text.
    "wall.post": frozenset({U, G}),
    "wall.edit": frozenset({U}),
    "wall.delete": frozenset({U}),
    "messages.send": frozenset({U, G}),
    "messages.getHistory": frozenset({U, G}),
    "messages.getConversations": frozenset({U, G}),
    "messages.markAsRead": frozenset({U, G}),
    "board.getTopics": frozenset({U, S}),
    "board.getComments": frozenset({U, S}),
    "board.createComment": frozenset({U}),
    "photos.getWallUploadServer": frozenset({U}),
    "photos.saveWallPhoto": frozenset({U}),
    "photos.getMessagesUploadServer": frozenset({U, G}),
    "photos.saveMessagesPhoto": frozenset({U, G}),
    "stats.get": frozenset({U}),
    "stats.getPostReach": frozenset({U}),
    "groups.getById": frozenset({U, G, S}),
    "groups.getTokenPermissions": frozenset({G}),
    "groups.getCallbackConfirmationCode": frozenset({U, G}),
    "groups.getCallbackServers": frozenset({U, G}),
    "groups.addCallbackServer": frozenset({U, G}),
    "groups.editCallbackServer": frozenset({U, G}),
    "groups.deleteCallbackServer": frozenset({U, G}),
    "groups.getCallbackSettings": frozenset({U, G}),
    "groups.setCallbackSettings": frozenset({U, G}),
    "groups.getLongPollServer": frozenset({U, G}),
    "groups.setLongPollSettings": frozenset({U, G}),
    "users.get": frozenset({U, G, S}),
}
RIGHTS = {"stories": 1, "photos": 4, "wall": 8192, "messages": 4096, "manage": 262144}
_OPEN_TO_ALL = {"groups.getById", "groups.getTokenPermissions"}
_POSTING = {"wall.post", "wall.edit", "wall.createComment", "wall.editComment"}


def check(key: Key, method: str) -> None:
    """Raises Refusal when this key may not call the method."""
    if key.kind == KeyKind.VK_ID:
        if method in _POSTING:
            raise Refusal(1051)
        return
    if key.kind not in OPENS[method]:
        raise Refusal({G: 27, S: 28}.get(key.kind, 7))
    right = _right_for(method)
    if key.kind == G and right and right not in key.rights:
        raise Refusal(15)


def _right_for(method: str) -> str:
    family = method.partition(".")[0]
    if method in _OPEN_TO_ALL:
        return ""
    return {"groups": "manage", "messages": "messages", "wall": "wall", "photos": "messages"}.get(
        family, ""
    )
