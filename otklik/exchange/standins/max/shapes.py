"""Objects of the API as they stand in answers and updates."""

from __future__ import annotations

from otklik.exchange.standins.max.world import Chat, Json, Said, Upload, World, now


def message(chat: Chat, said: Said, world: World, *, counted: bool = False) -> Json:
    """`counted` adds the views of a channel post, as only the lists of messages do."""
    partner = world.bot.id if said.author is not world.bot else None
    if chat.person and partner is None:
        partner = chat.person.id
    shape: Json = {
        "recipient": {
            "chat_id": chat.id,
            "chat_type": chat.kind,
            "user_id": partner if chat.kind == "dialog" else None,
        },
        "timestamp": said.at,
        "body": said.body(),
        "link": said.link,
    }
    if said.author:
        shape["sender"] = said.author.card()
    if chat.kind == "channel":
        shape["url"] = f"https://max.ru/{chat.link}/{said.mid}" if chat.link else None
        if counted:
            shape["stat"] = {"views": said.views}
    return shape


def comment(chat: Chat, post: Said, said: Said) -> Json:
    shape: Json = {
        "recipient": {
            "chat_id": chat.id,
            "chat_type": chat.kind,
            "user_id": None,
            "post_id": post.seq,
        },
        "timestamp": said.at,
        "body": said.body(),
        "link": said.link,
    }
    return shape | ({"sender": said.author.card()} if said.author else {})


def chat_card(chat: Chat, world: World) -> Json:
    dialogue = {"dialog_with_user": chat.person.card()} if chat.person else {}
    return {
        "chat_id": chat.id,
        "type": chat.kind,
        "status": "suspended" if chat.stopped else "active",
        "title": chat.title,
        "last_event_time": max((each.at for each in chat.messages.values()), default=now()),
        "participants_count": len(chat.members),
        "icon": None,
        "is_public": bool(chat.link),
        "link": f"https://max.ru/{chat.link}" if chat.link else None,
        "description": None,
        **dialogue,
    }


def membership(chat: Chat, world: World) -> Json:
    return {
        **world.bot.card(),
        "last_access_time": now(),
        "is_owner": False,
        "is_admin": chat.permissions is not None,
        "permissions": None if chat.permissions is None else list(chat.permissions),
        "join_time": now(),
        "alias": None,
    }


def attachment(upload: Upload, url: str) -> Json:
    """An attachment as it stands in a message; `url` is where its bytes are served."""
    if upload.kind == "image":
        payload = {"photo_id": upload.id, "token": upload.token, "url": url}
        return {"type": "image", "payload": payload}
    shape: Json = {"type": upload.kind, "payload": {"url": url, "token": upload.token}}
    if upload.kind == "file":
        shape |= {"filename": upload.name or "file", "size": len(upload.content)}
    return shape


def linked(kind: str, chat: Chat, said: Said) -> Json:
    """The message to which another answers."""
    shape: Json = {"type": kind, "chat_id": chat.id, "message": said.body()}
    return shape | ({"sender": said.author.card()} if said.author else {})
