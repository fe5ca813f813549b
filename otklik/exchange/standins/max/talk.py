"""Saying, changing and taking back, and telling the bot of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import httpx

from otklik.exchange.standins.deliveries import Deliveries
from otklik.exchange.standins.max import shapes
from otklik.exchange.standins.max.world import Chat, Json, Refusal, Said, User, World

SECRET_HEADER = "X-Max-Bot-Api-Secret"  # noqa: S105


class Talk:
    """`where` tells the address at which files are served; the caller holds the lock."""

    def __init__(
        self,
        world: World,
        deliveries: Deliveries,
        changed: threading.Condition,
        where: Callable[[], str],
    ) -> None:
        self.world = world
        self._where = where
        self._deliveries = deliveries
        self._changed = changed

    def tell(self, update: Json) -> None:
        update = self.world.announce(update)
        for each in self.world.subscriptions:
            if not each.types or update["update_type"] in each.types:
                headers = {SECRET_HEADER: each.secret} if each.secret else {}
                self._deliveries.send(each.url, update, headers, _taken)
        self._changed.notify_all()

    def say(
        self,
        chat: Chat,
        author: User | None,
        text: str | None,
        attachments: list[Json] | None = None,
        reply_to: str = "",
    ) -> Said:
        """A message of anyone; the bot is told of those that are not its own."""
        link = self._link(chat, reply_to) if reply_to else None
        said = self.world.say(author, text, attachments, link)
        chat.messages[said.mid] = said
        if author is not self.world.bot and self._hears(chat):
            locale = {"user_locale": "ru"} if chat.kind == "dialog" else {}
            shape = shapes.message(chat, said, self.world)
            self.tell({"update_type": "message_created", "message": shape, **locale})
        return said

    def change(self, chat: Chat, said: Said, text: str | None, by_bot: bool = False) -> None:
        said.text = text
        if not by_bot and self._hears(chat):
            shape = shapes.message(chat, said, self.world)
            self.tell({"update_type": "message_edited", "message": shape})

    def take_back(self, chat: Chat, said: Said, by: User) -> None:
        del chat.messages[said.mid]
        if by is not self.world.bot and self._hears(chat):
            self.tell(
                {
                    "update_type": "message_removed",
                    "message_id": said.mid,
                    "chat_id": chat.id,
                    "user_id": by.id,
                }
            )

    def comment(self, post: Said, author: User, text: str, reply_to: str = "") -> Said:
        """The bot is not told: comments are read by asking for them."""
        link = None
        if reply_to:
            target = next((each for each in post.comments if each.mid == reply_to), None)
            if target is None:
                raise Refusal(404, "not.found", "Comment not found")
            link = {"type": "reply", "message": target.body()}
            link |= {"sender": target.author.card()} if target.author else {}
        said = self.world.say(author, text, None, link, comment=True)
        post.comments.append(said)
        return said

    def pictures(self, contents: Sequence[bytes]) -> list[Json] | None:
        """Attachments of a citizen's photos."""
        made = []
        for content in contents:
            upload = self.world.uploaded("image")
            upload.content, upload.name = content, f"photo{upload.id}.jpg"
            made.append(shapes.attachment(upload, self.file_url(upload.id)))
        return made or None

    def file_url(self, upload_id: int) -> str:
        return f"{self._where()}/standin/file/{upload_id}"

    def _hears(self, chat: Chat) -> bool:
        if self.world.bot.id not in chat.members or chat.stopped:
            return False
        return chat.kind == "dialog" or chat.permissions is not None

    def _link(self, chat: Chat, mid: str) -> Json:
        if mid not in chat.messages:
            raise Refusal(404, "not.found", "Linked message not found")
        return shapes.linked("reply", chat, chat.messages[mid])


def _taken(answer: httpx.Response) -> bool:
    return answer.status_code == 200
