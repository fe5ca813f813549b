"""The town in which the stand-in begins: a bot, two citizens, a channel with its discussion."""

from __future__ import annotations

from otklik.exchange.standins.telegram.talk import Talk
from otklik.exchange.standins.telegram.world import Bot, Chat, Person, World

TOKEN = "7000000001:stand-in-token-of-the-centre"  # noqa: S105
BOT_ID = 7000000001
MARIA, PETR = 5101, 5102
CHANNEL, DISCUSSION, NEIGHBOURS = -1001000000001, -1001000000002, -4000000003
ALL_RIGHTS = {"can_post_messages", "can_edit_messages", "can_delete_messages"}
POST = "Завтра с 9:00 до 14:00 на Садовой меняют опоры освещения. Объезд — по Лесной."


def settle(world: World, talk: Talk) -> None:
    bot = Bot(BOT_ID, TOKEN, "Отклик города", "otklik_gorod_bot")
    world.bots[TOKEN] = bot
    for person in (Person(MARIA, "Мария", "Соколова"), Person(PETR, "Пётр", "Громов", "p_gromov")):
        world.people[person.id] = person
        world.chats[person.id] = Chat(person.id, "private", person=person)
    discussion = Chat(
        DISCUSSION,
        "supergroup",
        "Город говорит: обсуждение",
        admins={BOT_ID},
        rights={BOT_ID: {"can_delete_messages"}},
        members={BOT_ID, MARIA, PETR},
    )
    channel = Chat(
        CHANNEL,
        "channel",
        "Город говорит",
        "gorod_govorit",
        linked=discussion,
        admins={BOT_ID},
        rights={BOT_ID: set(ALL_RIGHTS)},
        members={BOT_ID, MARIA, PETR},
    )
    discussion.linked = channel
    neighbours = Chat(
        NEIGHBOURS, "group", "Соседи Лесной улицы", admins={BOT_ID}, members={BOT_ID, MARIA, PETR}
    )
    for chat in (channel, discussion, neighbours):
        world.chats[chat.id] = chat
    talk.say(channel, {"id": 0}, POST)
