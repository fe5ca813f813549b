"""Saying, changing and taking back: the same for bots and for citizens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from otklik.exchange.standins.telegram.delivery import Telling
from otklik.exchange.standins.telegram.world import TELEGRAM_ID, Chat, Json, Refusal, World

SERVICE = {"id": TELEGRAM_ID, "is_bot": False, "first_name": "Telegram"}


class Talk:
    """`author` is a user as Telegram describes one; in a channel the channel itself speaks."""

    def __init__(self, world: World, telling: Telling) -> None:
        self.world = world
        self.telling = telling

    def say(
        self,
        chat: Chat,
        author: Json,
        text: str = "",
        photos: Sequence[Sequence[Json]] = (),
        captions: Sequence[str] = (),
        reply_to: int | None = None,
        document: Json | None = None,
    ) -> list[Json]:
        """One message, or one for each photo of an album. Raises Refusal."""
        common = self._voice(chat, author) | self._answering(chat, reply_to)
        if document:
            return [self._say_one(chat, author, {**common, "document": document})]
        if not photos:
            return [self._say_one(chat, author, {**common, "text": text})]
        if len(photos) > 1:
            common["media_group_id"] = self.world.album()
        said: list[Json] = []
        for number, sizes in enumerate(photos):
            caption = captions[number] if number < len(captions) else ""
            content = {**common, "photo": list(sizes)} | ({"caption": caption} if caption else {})
            said.append(self._say_one(chat, author, content, late=number > 0))
        return said

    def change(self, chat: Chat, message_id: int, **content: Any) -> Json:
        """New text or caption; told as an edit. A copy in the discussion group follows."""
        message = chat.messages.get(message_id)
        if message is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        message.update(content, edit_date=self.world.now())
        kind = "edited_channel_post" if chat.kind == "channel" else "edited_message"
        author = message.get("from", {}).get("id", 0)
        self.telling.tell(self.world.announce(chat, kind, dict(message), author))
        if chat.kind == "channel" and chat.linked and (copy := self.copy_of(chat, message_id)):
            self.change(chat.linked, copy["message_id"], **content)
        return message

    def take_back(self, chat: Chat, message_id: int) -> None:
        """Bots are not told of this, as in life."""
        if chat.messages.pop(message_id, None) is None:
            raise Refusal(400, "Bad Request: message to delete not found")

    def react(self, chat: Chat, message_id: int, person: Json, emoji: str) -> None:
        """A reaction: with a name in a group, only counted in a channel."""
        message = chat.messages[message_id]
        message["_reactions"] = message.get("_reactions", 0) + 1
        about = {"chat": chat.card(), "message_id": message_id, "date": self.world.now()}
        kind = {"type": "emoji", "emoji": emoji}
        if chat.kind == "channel":
            counted = [{"type": kind, "total_count": message["_reactions"]}]
            update, value = "message_reaction_count", {**about, "reactions": counted}
        else:
            update = "message_reaction"
            value = {**about, "user": person, "old_reaction": [], "new_reaction": [kind]}
        self.telling.tell(self.world.announce(chat, update, value))

    def move(self, group: Chat, new_id: int) -> Chat:
        """A group becomes a supergroup with another id."""
        moved = Chat(
            new_id,
            "supergroup",
            group.title,
            admins=group.admins,
            members=group.members,
            messages=dict(group.messages),
            last_id=group.last_id,
        )
        note = self.world.post(group, {"from": SERVICE, "migrate_to_chat_id": new_id})
        self.telling.tell(self.world.announce(group, "message", dict(note)))
        group.moved_to = new_id
        self.world.chats[new_id] = moved
        return moved

    def copy_of(self, channel: Chat, post_id: int) -> Json | None:
        """The automatic forward of a post in the discussion group."""
        if channel.linked is None:
            return None
        for message in channel.linked.messages.values():
            origin = message.get("forward_origin", {})
            if message.get("is_automatic_forward") and origin.get("message_id") == post_id:
                return message
        return None

    def _say_one(self, chat: Chat, author: Json, content: Json, late: bool = False) -> Json:
        message = self.world.post(chat, content)
        kind = "channel_post" if chat.kind == "channel" else "message"
        told = self.world.announce(chat, kind, dict(message), author["id"])
        self.telling.tell(told, late=late)
        if chat.kind == "channel" and chat.linked:
            self._forward(chat, chat.linked, message, late)
        return message

    def _forward(self, channel: Chat, group: Chat, post: Json, late: bool) -> None:
        kept: Json = {
            name: post[name]
            for name in ("text", "caption", "photo", "document", "media_group_id")
            if name in post
        }
        copy = self.world.post(
            group,
            {
                "from": SERVICE,
                "sender_chat": channel.card(),
                "forward_origin": {
                    "type": "channel",
                    "chat": channel.card(),
                    "message_id": post["message_id"],
                    "date": post["date"],
                },
                "is_automatic_forward": True,
                **kept,
            },
        )
        self.telling.tell(self.world.announce(group, "message", dict(copy)), late=late)

    def _voice(self, chat: Chat, author: Json) -> Json:
        return {"sender_chat": chat.card()} if chat.kind == "channel" else {"from": author}

    def _answering(self, chat: Chat, reply_to: int | None) -> Json:
        if reply_to is None:
            return {}
        target = chat.messages.get(reply_to)
        if target is None:
            raise Refusal(400, "Bad Request: message to be replied not found")
        quoted = {
            name: value
            for name, value in target.items()
            if name != "reply_to_message" and not name.startswith("_")
        }
        answering: Json = {"reply_to_message": quoted}
        if chat.kind == "supergroup":
            answering["message_thread_id"] = target.get("message_thread_id", reply_to)
        return answering
