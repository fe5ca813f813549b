"""Messages and comments of the API: what a call does and what it answers."""

from __future__ import annotations

import html
import re
from typing import Any

from werkzeug.wrappers import Request

from otklik.exchange.standins.max import shapes
from otklik.exchange.standins.max.schema import (
    COMMENT_BODY,
    COMMENT_QUERY,
    faults_by,
    faults_of,
    query_schemas,
    typed,
)
from otklik.exchange.standins.max.talk import Talk
from otklik.exchange.standins.max.world import (
    COMMENT_EDIT,
    DIALOGUE_EDIT,
    Chat,
    Json,
    Refusal,
    Said,
    now,
)

DONE: Json = {"success": True}
TEXT_LIMIT = 4000


class Messages:
    """`slow_files`: so many times a fresh upload is refused as not ready."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._world = talk.world

    def listed(self, request: Request) -> Json:
        asked = query(request, "/messages")
        if ids := asked.get("message_ids"):
            found = [
                (chat, chat.messages[mid])
                for chat in self._world.chats.values()
                for mid in ids
                if mid in chat.messages and self._world.bot.id in chat.members
            ]
        elif "chat_id" in asked:
            chat = self._readable(asked["chat_id"])
            newest, oldest = asked.get("from", now()), asked.get("to", 0)
            chosen = [each for each in chat.messages.values() if oldest <= each.at <= newest]
            found = [(chat, each) for each in reversed(chosen)][: asked.get("count", 50)]
        else:
            raise Refusal(400, "proto.payload", "chat_id or message_ids is required")
        return {
            "messages": [
                shapes.message(chat, said, self._world, counted=True) for chat, said in found
            ]
        }

    def one(self, request: Request, mid: str) -> Json:
        chat, said = self._world.found(mid)
        return shapes.message(chat, said, self._world, counted=True)

    def send(self, request: Request) -> Json:
        asked, told = query(request, "/messages"), body(request, "NewMessageBody")
        chat = self._writable(asked)
        link = told.get("link") or {}
        said = self._talk.say(
            chat,
            None if chat.kind == "channel" else self._world.bot,
            _shown(told),
            self._attachments(told.get("attachments")),
            link.get("mid", ""),
        )
        return {"message": shapes.message(chat, said, self._world)}

    def edit(self, request: Request) -> Json:
        asked, told = query(request, "/messages"), body(request, "NewMessageBody")
        chat, said = self._mine(asked["message_id"], "edit")
        if chat.kind == "dialog" and now() - said.at > DIALOGUE_EDIT:
            return {"success": False, "message": "Message is too old to be edited"}
        if told.get("attachments") is not None:
            said.attachments = self._attachments(told["attachments"]) or None
        self._talk.change(chat, said, _shown(told), by_bot=True)
        return DONE

    def delete(self, request: Request) -> Json:
        chat, said = self._mine(query(request, "/messages")["message_id"], "delete")
        self._talk.take_back(chat, said, self._world.bot)
        return DONE

    # comments

    def comments(self, request: Request, mid: str) -> Json:
        asked, faults = typed(COMMENT_QUERY, request.args)
        _refuse(faults)
        chat, post = self._post(mid, "read_all_messages")
        chosen = [
            each
            for each in reversed(post.comments)
            if asked.get("after", 0) <= each.at <= asked.get("before", each.at)
            and each.mid in asked.get("comment_ids", [each.mid])
        ]
        limit = asked.get("count", 50)
        return {"messages": [shapes.comment(chat, post, each) for each in chosen[:limit]]}

    def comment(self, request: Request, mid: str, comment_id: str) -> Json:
        chat, post = self._post(mid, "read_all_messages")
        return shapes.comment(chat, post, _named(post, comment_id))

    def send_comment(self, request: Request, mid: str) -> Json:
        told = self._comment_body(request)
        chat, post = self._post(mid, "write")
        link = told.get("link") or {}
        if link and link["type"] != "reply":
            raise Refusal(400, "proto.payload", "Only replies are allowed in comments")
        said = self._talk.comment(post, self._world.bot, told["text"], link.get("mid", ""))
        return {"message": shapes.comment(chat, post, said)}

    def edit_comment(self, request: Request, mid: str) -> Json:
        told = self._comment_body(request)
        said = self._own_comment(request, mid)[1]
        if now() - said.at > COMMENT_EDIT:
            raise Refusal(422, "comments.timeout_exceeded", "Comment is too old to be edited")
        said.text = told["text"]
        return DONE

    def delete_comment(self, request: Request, mid: str) -> Json:
        post, said = self._own_comment(request, mid)
        post.comments.remove(said)
        return DONE

    def _own_comment(self, request: Request, mid: str) -> tuple[Said, Said]:
        # The official client leaves «{messageId}» in the path of an edit and names it beside.
        _, post = self._post(request.args.get("message_id", mid), "write")
        said = _named(post, request.args.get("comment_id", ""))
        if said.author is not self._world.bot:
            raise Refusal(403, "access.denied", "Not your comment")
        return post, said

    def _comment_body(self, request: Request) -> Json:
        told = _json(request)
        _refuse(faults_by(COMMENT_BODY, told, "comment"))
        return told

    def _post(self, mid: str, right: str) -> tuple[Chat, Said]:
        chat, post = self._world.found(mid)
        if chat.kind != "channel":
            raise Refusal(400, "proto.payload", "Comments exist in channels only")
        if right not in (chat.permissions or ()):
            raise Refusal(403, "chat.denied", f"Permission {right} is required")
        return chat, post

    def _readable(self, chat_id: int) -> Chat:
        chat = self._world.chat(chat_id)
        if chat.kind != "dialog" and "read_all_messages" not in (chat.permissions or ()):
            raise Refusal(403, "chat.denied", "Permission read_all_messages is required")
        return chat

    def _writable(self, asked: Json) -> Chat:
        if ("chat_id" in asked) == ("user_id" in asked):
            raise Refusal(400, "proto.payload", "Exactly one of chat_id and user_id is required")
        if "chat_id" in asked:
            chat = self._world.chat(asked["chat_id"])
        else:
            mine = [
                each
                for each in self._world.chats.values()
                if each.person and each.person.id == asked["user_id"]
            ]
            if not mine or self._world.bot.id not in mine[0].members:
                raise Refusal(404, "dialog.not.found", "The user has no dialog with the bot")
            chat = mine[0]
        if chat.stopped:
            raise Refusal(403, "chat.denied", "error.dialog.suspended")
        if chat.kind != "dialog" and "write" not in (chat.permissions or ()):
            raise Refusal(403, "chat.denied", "Permission write is required")
        return chat

    def _mine(self, mid: str, right: str) -> tuple[Chat, Said]:
        chat, said = self._world.found(mid)
        own = said.author is self._world.bot or (chat.kind == "channel" and said.author is None)
        if not own and right not in (chat.permissions or ()):
            raise Refusal(403, "access.denied", "Not your message")
        return chat, said

    def _attachments(self, told: list[Json] | None) -> list[Json] | None:
        made = []
        for each in told or ():
            payload = each.get("payload", {})
            photos = [one["token"] for one in (payload.get("photos") or {}).values()]
            for token in photos or [payload.get("token", "")]:
                upload = self._world.by_token(token)
                if upload.refusals:
                    upload.refusals -= 1
                    raise Refusal(400, "attachment.not.ready", "Key: errors.process.attachment")
                made.append(shapes.attachment(upload, self._talk.file_url(upload.id)))
        return made or None


def query(request: Request, path: str) -> Json:
    """Parameters of the address in their types. Raises Refusal."""
    values, faults = typed(query_schemas(request.method, path), request.args)
    _refuse(faults)
    return values


def body(request: Request, schema: str) -> Json:
    """The JSON body. Raises Refusal."""
    told = _json(request)
    _refuse(faults_of(schema, told))
    return told


def _json(request: Request) -> Json:
    told: Any = request.get_json(silent=True)
    if not isinstance(told, dict):
        raise Refusal(400, "proto.payload", "A JSON object is expected")
    return told


def _refuse(faults: list[str]) -> None:
    if faults:
        raise Refusal(400, "proto.payload", "; ".join(faults))


def _named(post: Said, comment_id: str) -> Said:
    for each in post.comments:
        if each.mid == comment_id:
            return each
    raise Refusal(404, "not.found", "Comment not found")


def _shown(told: Json) -> str | None:
    """Text as it will be seen. Raises Refusal when there is nothing to see."""
    text = told.get("text") or ""
    if told.get("format") == "html":
        text = html.unescape(re.sub(r"<[^<>]+>", "", text))
    if not text and not told.get("attachments"):
        raise Refusal(400, "proto.payload", "Message is empty")
    return text or None
