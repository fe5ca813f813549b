"""What a citizen can do in Telegram: write, answer, correct, take back, block the bot."""

from __future__ import annotations

from collections.abc import Sequence

from otklik.exchange.standins.telegram.talk import Talk
from otklik.exchange.standins.telegram.world import Bot, Chat, Json, Refusal

NO_RIGHT = "Bad Request: not your message"


class Citizens:
    """Acts by ids of people and chats; the caller holds the lock. All raise Refusal."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._world = talk.world

    def start(self, person_id: int, bot: Bot) -> Json:
        """Open a dialogue with the bot: before it the bot cannot write."""
        chat = self._world.chat(person_id)
        chat.members |= {person_id, bot.id}
        chat.blocked.discard(bot.id)
        entity = {"type": "bot_command", "offset": 0, "length": 6}
        said = self._talk.say(chat, self._world.people[person_id].card(), "/start")[0]
        said["entities"] = [entity]
        return said

    def write(
        self,
        person_id: int,
        chat_id: int,
        text: str = "",
        photos: Sequence[bytes] = (),
        reply_to: int | None = None,
    ) -> list[Json]:
        """A message, or an album whose first photo carries the text."""
        chat = self._world.chat(chat_id)
        if chat.kind == "channel":
            raise Refusal(400, "Bad Request: only administrators write in the channel")
        if chat.kind == "private":
            chat.members |= {person_id} | {bot.id for bot in self._world.bots.values()}
        author = self._world.people[person_id].card()
        pictures = [self._world.sizes(each) for each in photos]
        return self._talk.say(chat, author, text, pictures, [text], reply_to)

    def comment(
        self, person_id: int, channel_id: int, post_id: int, text: str, photos: Sequence[bytes] = ()
    ) -> list[Json]:
        """Write under a post of a channel: a reply in its discussion group."""
        channel = self._world.chat(channel_id)
        copy = self._talk.copy_of(channel, post_id)
        if channel.linked is None or copy is None:
            raise Refusal(400, "Bad Request: the post has no discussion")
        return self.write(person_id, channel.linked.id, text, photos, copy["message_id"])

    def correct(self, person_id: int, chat_id: int, message_id: int, text: str) -> Json:
        chat, message = self._own(person_id, chat_id, message_id)
        name = "caption" if "photo" in message else "text"
        return self._talk.change(chat, message_id, **{name: text})

    def take_back(self, person_id: int, chat_id: int, message_id: int) -> None:
        chat, _ = self._own(person_id, chat_id, message_id)
        self._talk.take_back(chat, message_id)

    def block(self, person_id: int, bot: Bot) -> None:
        self._world.chat(person_id).blocked.add(bot.id)

    def post(self, chat_id: int, text: str, photos: Sequence[bytes] = ()) -> list[Json]:
        """A post in a channel by another editor of it, not by the bot."""
        pictures = [self._world.sizes(each) for each in photos]
        return self._talk.say(self._world.chat(chat_id), {"id": 0}, text, pictures, [text])

    def _own(self, person_id: int, chat_id: int, message_id: int) -> tuple[Chat, Json]:
        chat = self._world.chat(chat_id)
        message = chat.messages.get(message_id)
        if message is None or message.get("from", {}).get("id") != person_id:
            raise Refusal(400, NO_RIGHT)
        return chat, message
