"""What a citizen can do in MAX: write, comment, correct, take back, stop the bot."""

from __future__ import annotations

from collections.abc import Sequence

from otklik.exchange.standins.max.talk import Talk
from otklik.exchange.standins.max.world import Chat, Refusal, Said, User


class Citizens:
    """Acts by ids of people and chats; the caller holds the lock. All raise Refusal."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._world = talk.world

    def start(self, person_id: int) -> Chat:
        """Press «Начать» in the dialogue with the bot."""
        chat, person = self._dialogue(person_id), self._world.users[person_id]
        chat.members |= {person_id, self._world.bot.id}
        chat.stopped = False
        self._talk.tell(
            {
                "update_type": "bot_started",
                "chat_id": chat.id,
                "user": person.card(),
                "payload": None,
                "user_locale": "ru",
            }
        )
        return chat

    def stop(self, person_id: int) -> None:
        chat, person = self._dialogue(person_id), self._world.users[person_id]
        self._talk.tell(
            {
                "update_type": "bot_stopped",
                "chat_id": chat.id,
                "user": person.card(),
                "user_locale": "ru",
            }
        )
        chat.stopped = True

    def write(
        self,
        person_id: int,
        chat_id: int,
        text: str = "",
        photos: Sequence[bytes] = (),
        reply_to: str = "",
    ) -> Said:
        chat = self._world.chats[chat_id]
        if chat.kind == "channel":
            raise Refusal(403, "chat.denied", "Only administrators write in the channel")
        if chat.kind == "dialog" and self._world.bot.id not in chat.members:
            self.start(person_id)
        author = self._world.users[person_id]
        return self._talk.say(chat, author, text or None, self._talk.pictures(photos), reply_to)

    def comment(self, person_id: int, mid: str, text: str, reply_to: str = "") -> Said:
        _, post = self._world.found(mid)
        return self._talk.comment(post, self._world.users[person_id], text, reply_to)

    def correct(self, person_id: int, mid: str, text: str) -> None:
        """A message or a comment of one's own."""
        chat, said, post = self._own(person_id, mid)
        if post is not None:
            said.text = text
        else:
            self._talk.change(chat, said, text)

    def take_back(self, person_id: int, mid: str) -> None:
        chat, said, post = self._own(person_id, mid)
        if post is not None:
            post.comments.remove(said)
        else:
            self._talk.take_back(chat, said, self._world.users[person_id])

    def post(self, chat_id: int, text: str, photos: Sequence[bytes] = ()) -> Said:
        """A post in a channel by another editor of it, not by the bot."""
        return self._talk.say(self._world.chats[chat_id], None, text, self._talk.pictures(photos))

    def look(self, mid: str, times: int = 1) -> None:
        """So many people see a post."""
        self._world.found(mid)[1].views += times

    def _dialogue(self, person_id: int) -> Chat:
        for chat in self._world.chats.values():
            if chat.person and chat.person.id == person_id:
                return chat
        raise Refusal(404, "chat.not.found", "Chat not found")

    def _own(self, person_id: int, mid: str) -> tuple[Chat, Said, Said | None]:
        author: User = self._world.users[person_id]
        for chat in self._world.chats.values():
            for said in chat.messages.values():
                if said.mid == mid and said.author is author:
                    return chat, said, None
                for comment in said.comments:
                    if comment.mid == mid and comment.author is author:
                        return chat, comment, said
        raise Refusal(404, "not.found", "Not your message")
