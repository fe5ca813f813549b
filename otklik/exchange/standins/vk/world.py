"""The first state: one community, its keys, a few people, two posts."""

from __future__ import annotations

from otklik.exchange.standins.vk.keys import RIGHTS
from otklik.exchange.standins.vk.state import (
    Community,
    Key,
    KeyKind,
    Person,
    Post,
    Topic,
    World,
    now,
)

COMMUNITY_ID = 224_000_001
COMMUNITY_KEY = "vk1.a.stand-in-community"
SERVICE_KEY = "stand-in-service"
USER_KEY = "vk1.a.stand-in-user"
VK_ID_KEY = "vk2.a.stand-in-vk-id"
ADMIN_ID = 501
HOUR = 3600


def first_world() -> World:
    world = World()
    city = Community(COMMUNITY_ID, "Заозёрский округ — официально", "zaozerye_life", "4c7f01aa")
    world.communities[city.id] = city
    for number, (first, last) in enumerate(
        [("Елена", "Ромашова"), ("Игорь", "Ветров"), ("Зинаида", "Палагина"), ("Олег", "Тучин")]
    ):
        world.people[ADMIN_ID + number] = Person(ADMIN_ID + number, first, last)
    for key in (
        Key(COMMUNITY_KEY, KeyKind.COMMUNITY, community_id=city.id, rights=frozenset(RIGHTS)),
        Key(SERVICE_KEY, KeyKind.SERVICE),
        Key(USER_KEY, KeyKind.USER, user_id=ADMIN_ID),
        Key(VK_ID_KEY, KeyKind.VK_ID, user_id=ADMIN_ID),
    ):
        world.keys[key.token] = key
    _posts(world, city)
    return world


def _posts(world: World, city: Community) -> None:
    told = [
        "На улице Садовой начинается ямочный ремонт. Работы идут с 8:00 до 20:00.",
        "В субботу, 14-го числа, — городской субботник. Инвентарь выдают у домов культуры.",
    ]
    for ago, text in zip((26, 3), told, strict=True):
        number = world.next(f"wall{city.owner_id}")
        city.posts[number] = Post(
            number,
            city.owner_id,
            city.owner_id,
            text,
            now() - ago * HOUR,
            likes=17,
            views=1240 - ago * 10,
        )
    number = world.next("topic", first=48_000_001)
    city.topics[number] = Topic(number, "Вопросы администрации", now() - 400 * HOUR)
