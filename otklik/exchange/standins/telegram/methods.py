"""Methods of the Bot API over the state: what a call does and what it returns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from otklik.exchange.standins.telegram.parameters import CAPTION_LIMIT, text_of
from otklik.exchange.standins.telegram.schema import faults_of
from otklik.exchange.standins.telegram.talk import Talk
from otklik.exchange.standins.telegram.world import Bot, Chat, Json, Refusal, World

Method = Callable[[Bot, Json, dict[str, bytes]], Any]
LARGEST_FILE = 20 * 1024 * 1024
ALBUM = range(2, 11)
RIGHTS = ("can_post_messages", "can_edit_messages", "can_delete_messages")
OTHER_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)


class Methods:
    """Each method takes the bot, its parameters and the files sent. Raises Refusal."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._world: World = talk.world
        self.known: dict[str, Method] = {
            "getMe": self.get_me,
            "getChat": self.get_chat,
            "getChatMember": self.get_chat_member,
            "getChatMemberCount": self.get_chat_member_count,
            "getChatAdministrators": self.get_chat_administrators,
            "sendMessage": self.send_message,
            "sendPhoto": self.send_photo,
            "sendDocument": self.send_document,
            "sendMediaGroup": self.send_media_group,
            "editMessageText": self.edit_message_text,
            "editMessageCaption": self.edit_message_caption,
            "deleteMessage": self.delete_message,
            "getFile": self.get_file,
        }

    def get_me(self, bot: Bot, values: Json, files: dict[str, bytes]) -> Json:
        return {
            **bot.card(),
            "can_join_groups": True,
            "can_read_all_group_messages": bot.reads_groups,
            "supports_inline_queries": False,
        }

    def get_chat(self, bot: Bot, values: Json, files: dict[str, bytes]) -> Json:
        chat = self._seen(bot, values)
        gifts = dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        )
        linked = {"linked_chat_id": chat.linked.id} if chat.linked else {}
        return {
            **chat.card(),
            "accent_color_id": 2,
            "max_reaction_count": 11,
            "accepted_gift_types": gifts,
            **linked,
        }

    def get_chat_member(self, bot: Bot, values: Json, files: dict[str, bytes]) -> Json:
        return self._member(self._seen(bot, values), int(values["user_id"]))

    def get_chat_member_count(self, bot: Bot, values: Json, files: dict[str, bytes]) -> int:
        return len(self._seen(bot, values).members)

    def get_chat_administrators(
        self, bot: Bot, values: Json, files: dict[str, bytes]
    ) -> list[Json]:
        chat = self._seen(bot, values)
        if chat.kind == "private":
            raise Refusal(400, "Bad Request: there are no administrators in the private chat")
        return [self._member(chat, each) for each in sorted(chat.admins)]

    def send_message(self, bot: Bot, values: Json, files: dict[str, bytes]) -> Json:
        chat = self._writable(bot, values)
        text = text_of(values)
        if not text.strip():
            raise Refusal(400, "Bad Request: message text is empty")
        return self._talk.say(chat, bot.card(), text, reply_to=self._reply(chat, values))[0]

    def send_photo(self, bot: Bot, values: Json, files: dict[str, bytes]) -> Json:
        chat = self._writable(bot, values)
        caption = text_of(values, "caption", CAPTION_LIMIT)
        sizes = self._picture(str(values.get("photo", "attach://photo")), files)
        return self._talk.say(
            chat, bot.card(), photos=[sizes], captions=[caption], reply_to=self._reply(chat, values)
        )[0]

    def send_document(self, bot: Bot, values: Json, files: dict[str, bytes]) -> Json:
        chat = self._writable(bot, values)
        if "document" not in files:
            raise Refusal(400, "Bad Request: there is no document in the request")
        stored = self._world.keep_any(files["document"])
        size = stored.size()
        document = {name: size[name] for name in ("file_id", "file_unique_id", "file_size")}
        return self._talk.say(
            chat, bot.card(), document=document, reply_to=self._reply(chat, values)
        )[0]

    def send_media_group(self, bot: Bot, values: Json, files: dict[str, bytes]) -> list[Json]:
        chat = self._writable(bot, values)
        media = values["media"]
        if len(media) not in ALBUM:
            raise Refusal(400, "Bad Request: wrong number of messages in the album")
        faults = [fault for each in media for fault in faults_of("InputMediaPhoto", each)]
        if faults:
            raise Refusal(400, f"Bad Request: {'; '.join(faults)}")
        captions = [text_of(each, "caption", CAPTION_LIMIT) for each in media]
        photos = [self._picture(each["media"], files) for each in media]
        return self._talk.say(
            chat,
            bot.card(),
            photos=photos,
            captions=captions,
            reply_to=self._reply(chat, values),
        )

    def edit_message_text(self, bot: Bot, values: Json, files: dict[str, bytes]) -> Json:
        return self._edit(bot, values, "text", text_of(values))

    def edit_message_caption(self, bot: Bot, values: Json, files: dict[str, bytes]) -> Json:
        return self._edit(bot, values, "caption", text_of(values, "caption", CAPTION_LIMIT))

    def delete_message(self, bot: Bot, values: Json, files: dict[str, bytes]) -> bool:
        chat = self._seen(bot, values)
        message = chat.messages.get(values["message_id"])
        if message is None:
            raise Refusal(400, "Bad Request: message to delete not found")
        if not self._own(bot, chat, message) and bot.id not in chat.admins:
            raise Refusal(400, "Bad Request: message can't be deleted")
        self._talk.take_back(chat, values["message_id"])
        return True

    def get_file(self, bot: Bot, values: Json, files: dict[str, bytes]) -> Json:
        stored = self._world.files.get(values["file_id"])
        if stored is None:
            raise Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(stored.content) > LARGEST_FILE:
            raise Refusal(400, "Bad Request: file is too big")
        size = stored.size()
        return {name: size[name] for name in ("file_id", "file_unique_id", "file_size")} | {
            "file_path": stored.path
        }

    def _edit(self, bot: Bot, values: Json, name: str, content: str) -> Json:
        chat = self._seen(bot, values)
        message = chat.messages.get(values.get("message_id", 0))
        if message is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        if not self._own(bot, chat, message):
            raise Refusal(400, "Bad Request: message can't be edited")
        if message.get(name) == content:
            raise Refusal(400, "Bad Request: message is not modified")
        return self._talk.change(chat, message["message_id"], **{name: content})

    def _own(self, bot: Bot, chat: Chat, message: Json) -> bool:
        if chat.kind == "channel":
            return "can_edit_messages" in chat.rights.get(bot.id, set())
        return bool(message.get("from", {}).get("id") == bot.id)

    def _seen(self, bot: Bot, values: Json) -> Chat:
        chat = self._world.chat(values.get("chat_id", 0))
        if bot.id not in chat.members:
            if chat.kind == "private":
                raise Refusal(400, "Bad Request: chat not found")
            raise Refusal(403, f"Forbidden: bot is not a member of the {chat.kind} chat")
        return chat

    def _writable(self, bot: Bot, values: Json) -> Chat:
        chat = self._world.chat(values["chat_id"])
        if bot.id in chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if chat.kind == "private" and bot.id not in chat.members:
            raise Refusal(403, "Forbidden: bot can't initiate conversation with a user")
        self._seen(bot, values)
        rights = chat.rights.get(bot.id, set())
        if chat.kind == "channel" and "can_post_messages" not in rights:
            raise Refusal(400, "Bad Request: need administrator rights in the channel chat")
        return chat

    def _reply(self, chat: Chat, values: Json) -> int | None:
        told = values.get("reply_parameters")
        if told is None:
            return None
        if told["message_id"] not in chat.messages and told.get("allow_sending_without_reply"):
            return None
        return int(told["message_id"])

    def _picture(self, named: str, files: dict[str, bytes]) -> list[Json]:
        if named.startswith("attach://"):
            content = files.get(named.removeprefix("attach://"))
            if content is None:
                raise Refusal(400, "Bad Request: attached file not found")
            return self._world.sizes(content)
        stored = self._world.files.get(named)
        if stored is None:
            raise Refusal(400, "Bad Request: wrong file identifier/HTTP URL specified")
        return [stored.size()]

    def _member(self, chat: Chat, user_id: int) -> Json:
        user = self._user(user_id)
        if user_id in chat.admins:
            rights = chat.rights.get(user_id, set())
            told = {name: name in rights for name in RIGHTS}
            told |= dict.fromkeys(OTHER_RIGHTS, False)
            told |= {"can_manage_chat": True, "can_invite_users": True}
            if chat.kind != "channel":
                told = {name: value for name, value in told.items() if name not in RIGHTS[:2]}
            return {"status": "administrator", "user": user, **told}
        return {"status": "member" if user_id in chat.members else "left", "user": user}

    def _user(self, user_id: int) -> Json:
        for bot in self._world.bots.values():
            if bot.id == user_id:
                return bot.card()
        if user_id not in self._world.people:
            raise Refusal(400, "Bad Request: invalid user_id specified")
        return self._world.people[user_id].card()
