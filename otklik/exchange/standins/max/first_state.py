"""The town in which the stand-in begins: a bot, two citizens, a channel, a chat."""

from __future__ import annotations

from otklik.exchange.standins.max.talk import Talk
from otklik.exchange.standins.max.world import Chat, User, World

TOKEN = "stand-in-token-of-the-centre"  # noqa: S105
BOT_ID = 9000001
MARIA, PETR = 8101, 8102
MARIAS_DIALOGUE, PETRS_DIALOGUE = 70101, 70102
CHANNEL, NEIGHBOURS = -68000001, -68000002
RIGHTS = ("read_all_messages", "write", "edit", "delete", "view_stats")
POST = "Завтра с 9:00 до 14:00 на Садовой меняют опоры освещения. Объезд — по Лесной."


def town() -> World:
    world = World(User(BOT_ID, "Отклик города", None, "otklik_gorod_bot", is_bot=True), TOKEN)
    maria, petr = User(MARIA, "Мария", "Соколова"), User(PETR, "Пётр", "Громов", "p_gromov")
    world.users |= {MARIA: maria, PETR: petr}
    everyone = {BOT_ID, MARIA, PETR}
    for chat in (
        Chat(MARIAS_DIALOGUE, "dialog", person=maria, members={MARIA}),
        Chat(PETRS_DIALOGUE, "dialog", person=petr, members={PETR}),
        Chat(
            CHANNEL, "channel", "Город говорит", members=set(everyone), permissions=RIGHTS,
            link="gorod_govorit",
        ),
        Chat(NEIGHBOURS, "chat", "Соседи Лесной", members=set(everyone), permissions=RIGHTS),
    ):  # fmt: skip
        world.chats[chat.id] = chat
    return world


def begin(talk: Talk) -> None:
    talk.say(talk.world.chats[CHANNEL], None, POST)
