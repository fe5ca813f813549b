"""Another's client, aiogram, finds in the stand-in the Telegram it knows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import (
    BufferedInputFile,
    ChatMemberAdministrator,
    InputMediaPhoto,
    ReplyParameters,
    Update,
)

from otklik.exchange.standins.failures import Trouble
from otklik.exchange.standins.telegram.application import TelegramStandIn
from otklik.exchange.standins.telegram.first_state import (
    BOT_ID,
    CHANNEL,
    DISCUSSION,
    MARIA,
    NEIGHBOURS,
    PETR,
    TOKEN,
)
from otklik.exchange.standins.telegram.schema import faults_of
from otklik.exchange.standins.tests.pictures import picture

T = TypeVar("T")
ALL_KINDS = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "message_reaction",
    "message_reaction_count",
]


def driven(app: TelegramStandIn, act: Callable[[Bot], Awaitable[T]]) -> T:
    async def run() -> T:
        session = AiohttpSession(api=TelegramAPIServer.from_base(app.url))
        async with Bot(TOKEN, session=session) as bot:
            return await act(bot)

    # A browser of another test may have left a loop running in this thread.
    with ThreadPoolExecutor(1) as own_thread:
        return own_thread.submit(lambda: asyncio.run(run())).result()


def test_it_knows_itself_the_channel_and_the_linked_group(app: TelegramStandIn) -> None:
    async def act(bot: Bot) -> None:
        assert (await bot.get_me()).username == "otklik_gorod_bot"
        channel = await bot.get_chat("@gorod_govorit")
        assert (channel.id, channel.linked_chat_id) == (CHANNEL, DISCUSSION)
        member = await bot.get_chat_member(CHANNEL, BOT_ID)
        assert isinstance(member, ChatMemberAdministrator)
        assert member.can_post_messages
        assert await bot.get_chat_member_count(CHANNEL) == 3
        assert [each.user.id for each in await bot.get_chat_administrators(DISCUSSION)] == [BOT_ID]

    driven(app, act)


def test_a_comment_under_a_post_comes_with_its_thread_and_is_answered(
    app: TelegramStandIn,
) -> None:
    with app.changed:
        app.citizens.comment(MARIA, CHANNEL, 1, "А фонарь у школы когда?")

    async def act(bot: Bot) -> None:
        updates = await bot.get_updates(timeout=1)
        post, copy, comment = (each.message or each.channel_post for each in updates)
        assert post
        assert copy
        assert comment
        assert comment.from_user
        assert copy.is_automatic_forward
        assert copy.forward_origin is not None
        assert comment.message_thread_id == copy.message_id
        assert comment.from_user.first_name == "Мария"
        answer = await bot.send_message(
            comment.chat.id,
            "В среду.",
            reply_parameters=ReplyParameters(message_id=comment.message_id),
        )
        assert answer.reply_to_message
        assert answer.reply_to_message.message_id == comment.message_id
        assert answer.message_thread_id == copy.message_id

    driven(app, act)


def test_photos_and_albums_go_both_ways(app: TelegramStandIn) -> None:
    sent = picture(320, 200)
    with app.changed:
        app.citizens.write(PETR, PETR, "Яма", [sent, picture(50, 50)])

    async def act(bot: Bot) -> None:
        first, second = [each.message for each in await bot.get_updates() if each.message][-2:]
        assert first
        assert second
        assert first.photo
        assert first.media_group_id == second.media_group_id
        assert (first.caption, second.caption) == ("Яма", None)
        largest = max(first.photo, key=lambda size: size.width)
        got = await bot.download(largest.file_id)
        assert got is not None
        assert got.read() == sent
        album = await bot.send_media_group(
            CHANNEL,
            [
                InputMediaPhoto(media=BufferedInputFile(sent, "a.jpg"), caption="Сделано"),
                InputMediaPhoto(media=BufferedInputFile(picture(), "b.jpg")),
            ],
        )
        assert len({each.message_id for each in album}) == 2
        photo = await bot.send_photo(PETR, BufferedInputFile(sent, "c.jpg"), caption="Вот")
        assert photo.caption == "Вот"

    driven(app, act)
    copies = [each for each in app.world.chats[DISCUSSION].messages.values() if "photo" in each]
    assert len(copies) == 2


def test_edits_and_removals(app: TelegramStandIn) -> None:
    async def act(bot: Bot) -> None:
        post = await bot.send_message(CHANNEL, "Свет дадут к обеду.")
        await bot.edit_message_text(
            "Свет дадут к вечеру.", chat_id=CHANNEL, message_id=post.message_id
        )
        with pytest.raises(TelegramBadRequest, match="not modified"):
            await bot.edit_message_text(
                "Свет дадут к вечеру.", chat_id=CHANNEL, message_id=post.message_id
            )
        assert await bot.delete_message(CHANNEL, post.message_id)

    driven(app, act)
    with app.changed:
        said = app.citizens.write(MARIA, DISCUSSION, "Кагда свет?")[0]
        app.citizens.correct(MARIA, DISCUSSION, said["message_id"], "Когда свет?")

    async def read(bot: Bot) -> str:
        updates = await bot.get_updates(allowed_updates=ALL_KINDS)
        edited = updates[-1].edited_message
        assert edited is not None
        return str(edited.text)

    assert driven(app, read) == "Когда свет?"


def test_refusals_are_those_of_telegram(app: TelegramStandIn) -> None:
    async def act(bot: Bot) -> None:
        with pytest.raises(TelegramForbiddenError, match="initiate"):
            await bot.send_message(MARIA, "Здравствуйте!")
        with pytest.raises(TelegramBadRequest, match="chat not found"):
            await bot.send_message(999, "Здравствуйте!")
        with pytest.raises(TelegramBadRequest, match="too long"):
            await bot.send_message(DISCUSSION, "а" * 4097)
        with pytest.raises(TelegramBadRequest, match="replied not found"):
            await bot.send_message(
                DISCUSSION, "?", reply_parameters=ReplyParameters(message_id=404)
            )
        app.failures.order(Trouble.RATE, seconds=7)
        with pytest.raises(TelegramRetryAfter) as caught:
            await bot.get_me()
        assert caught.value.retry_after == 7
        app.failures.order(Trouble.REVOKED)
        with pytest.raises(TelegramUnauthorizedError):
            await bot.get_me()
        app.failures.order(Trouble.LOST_REPLY, call="sendMessage")
        with pytest.raises(TelegramServerError):
            await bot.send_message(DISCUSSION, "Дошло, но ответа не было")
        with app.changed:
            app.talk.move(app.world.chats[NEIGHBOURS], -1001000000099)
        with pytest.raises(TelegramMigrateToChat) as moved:
            await bot.send_message(NEIGHBOURS, "?")
        assert moved.value.migrate_to_chat_id == -1001000000099

    driven(app, act)
    said = [each.get("text") for each in app.world.chats[DISCUSSION].messages.values()]
    assert "Дошло, но ответа не было" in said


def test_one_consumer_and_no_polling_beside_a_webhook(app: TelegramStandIn) -> None:
    async def act(bot: Bot) -> None:
        updates = await bot.get_updates()
        await bot.get_updates(offset=updates[-1].update_id + 1)
        first = asyncio.create_task(bot.get_updates(updates[-1].update_id + 1, timeout=20))
        while app.world.bots[TOKEN].polls < 3:
            await asyncio.sleep(0.01)
        await bot.get_updates(timeout=0)
        with pytest.raises(TelegramConflictError, match="other getUpdates"):
            await first
        await bot.set_webhook(f"{app.url}/nobody", secret_token="tayna")
        with pytest.raises(TelegramConflictError, match="webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()
        assert (await bot.get_webhook_info()).url == ""

    driven(app, act)


def test_every_update_is_as_the_specification_says(app: TelegramStandIn) -> None:
    bot = app.world.bots[TOKEN]
    with app.changed:
        bot.allowed = tuple(ALL_KINDS)
        person = app.world.people[MARIA].card()
        app.citizens.start(MARIA, bot)
        said = app.citizens.comment(MARIA, CHANNEL, 1, "Темно", [picture()])[0]
        app.citizens.write(PETR, DISCUSSION, "И у нас", [picture(), picture()], said["message_id"])
        app.citizens.correct(MARIA, DISCUSSION, said["message_id"], "Очень темно")
        app.talk.change(app.world.chats[CHANNEL], 1, text="Опоры меняют до 16:00.")
        app.talk.react(app.world.chats[CHANNEL], 1, person, "👍")
        app.talk.react(app.world.chats[DISCUSSION], said["message_id"], person, "👍")
        app.talk.move(app.world.chats[NEIGHBOURS], -1001000000099)
    kinds = {kind for update in bot.updates for kind in update if kind != "update_id"}
    assert kinds == set(ALL_KINDS)
    for update in bot.updates:
        assert faults_of("Update", update) == []
        Update.model_validate(update, context={})
