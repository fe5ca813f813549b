"""HTML of the citizen's page; everything people wrote is escaped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from html import escape

from werkzeug.wrappers import Response

from otklik.exchange.standins import pages
from otklik.exchange.standins.vk import shapes, world
from otklik.exchange.standins.vk.state import (
    Comment,
    Community,
    Message,
    Person,
    Photo,
    Post,
    Topic,
    World,
)

MOSCOW = timezone(timedelta(hours=3))
KINDS = {
    "rate": "слишком часто (код 6)",
    "flood": "однотипные действия (код 9)",
    "captcha": "капча (код 14)",
    "limit": "суточный предел (код 29)",
    "revoked": "ключ отозван (код 5)",
    "right": "нет права (код 15)",
    "broken": "внутренняя ошибка (код 10)",
    "lost_reply": "сделано, но ответ 502",
    "cut": "сделано, но связь оборвалась",
    "slow": "сделано с опозданием",
    "failed:1": "long poll: история устарела",
    "failed:2": "long poll: ключ устарел",
    "failed:3": "long poll: данные утрачены",
}


def page(state: World, community: Community, person: Person, said: str) -> Response:
    parts = [f'<p class="note" role="status">{escape(said)}</p>'] if said else []
    parts += [_who(state, person), *_settings(state, community), _failures()]
    parts.append("<h2>Записи сообщества</h2>")
    for post in reversed(community.posts.values()):
        if not post.deleted:
            parts += _post(state, community, post, person)
    parts += _conversation(community, person)
    for topic in community.topics.values():
        parts += _topic(state, community, topic, person)
    parts.append("<h2>Запись от имени сообщества</h2>")
    parts.append(_writing("post", "Опубликовать", person))
    return pages.document(f"ВКонтакте: написать как житель — «{community.name}»", parts)


def _who(state: World, person: Person) -> str:
    links = [
        f"<strong>{escape(each.name)}</strong>"
        if each.id == person.id
        else f'<a href="/?as={each.id}">{escape(each.name)}</a>'
        for each in state.people.values()
    ]
    return f"<p>Вы пишете как житель: {', '.join(links)}.</p>"


def _settings(state: World, community: Community) -> Iterator[str]:
    keys = {
        "ключ сообщества": world.COMMUNITY_KEY,
        "сервисный ключ": world.SERVICE_KEY,
        "ключ пользователя": world.USER_KEY,
    }
    rows = "".join(
        f"<li>{title}: <code>{escape(token)}</code></li>"
        for title, token in keys.items()
        if token in state.keys
    )
    number = f"<li>номер сообщества: <code>{community.id}</code></li>"
    yield pages.folded("Для настройки канала", f"<ul>{number}{rows}</ul>")


def _failures() -> str:
    return pages.folded(
        "Сломать следующий вызов",
        pages.form(
            "/standin/fail",
            "Сломать",
            {},
            (
                pages.choice("trouble", "Беда", dict(KINDS)),
                '<input name="call" placeholder="метод, пусто — любой" aria-label="Метод">',
            ),
        ),
    )


def _post(state: World, community: Community, post: Post, person: Person) -> Iterator[str]:
    told = f"{_time(post.date)} · просмотров: {post.views} · «нравится»: {post.likes}"
    yield (
        f'<article class="ours" id="wall{post.owner_id}_{post.id}">'
        f"<p>{escape(post.text)}</p>{_photos(post.photos)}"
        f"<small>{told}</small>"
        f"{pages.form('/citizen/like', 'Нравится', {'as': person.id, 'post': post.id})}</article>"
    )
    for root in shapes.first_level(post):
        yield _comment(state, community, post, root, person)
        for each in shapes.branch(post, root.id):
            yield _comment(state, community, post, each, person)
    yield _writing("comment", "Написать комментарий", person, post=post.id)


def _comment(state: World, community: Community, post: Post, one: Comment, person: Person) -> str:
    hidden = {"as": person.id, "post": post.id, "comment": one.id}
    kind = f' id="wall{post.owner_id}_{post.id}_r{one.id}"'
    kind += ' class="ours"' if one.from_id < 0 else ""
    inner = ' style="margin-left:2rem"' if one.root else ""
    if one.deleted:
        back = pages.form("/citizen/comment/restore", "Вернуть", hidden)
        return f"<article{inner}><small>Комментарий удалён.</small>{back}</article>"
    tools = pages.folded(
        "Ответить", _writing("comment", "Ответить", person, post=post.id, reply_to=one.id)
    )
    if one.from_id == person.id:
        tools += pages.folded(
            "Изменить или удалить",
            pages.form(
                "/citizen/comment/edit", "Сохранить", hidden, [pages.writing(value=one.text)]
            ),
            pages.form("/citizen/comment/delete", "Удалить", hidden),
        )
    who = escape(_author(state, community, one.from_id))
    return (
        f"<article{kind}{inner}><small>{who} · {_time(one.date)}</small>"
        f"<p>{escape(one.text)}</p>{_photos(one.photos)}{tools}</article>"
    )


def _conversation(community: Community, person: Person) -> Iterator[str]:
    yield '<h2 id="dialogue">Сообщения сообществу</h2>'
    for each in community.conversations.get(person.id, []):
        yield _message(each, person)
    yield _writing("message", "Отправить сообщение", person)


def _message(one: Message, person: Person) -> str:
    hidden = {"as": person.id, "message": one.id}
    edit = (
        ""
        if one.out
        else pages.folded(
            "Изменить",
            pages.form(
                "/citizen/message/edit", "Сохранить", hidden, [pages.writing(value=one.text)]
            ),
        )
    )
    who = "Сообщество" if one.out else escape(person.name)
    kind = ' class="ours"' if one.out else ""
    return (
        f"<article{kind}><small>{who} · {_time(one.date)}</small><p>{escape(one.text)}</p>"
        f"{_photos(one.photos)}{edit}</article>"
    )


def _topic(state: World, community: Community, topic: Topic, person: Person) -> Iterator[str]:
    yield f"<h2>Обсуждение «{escape(topic.title)}»</h2>"
    for each in topic.comments.values():
        if not each.deleted:
            who = escape(_author(state, community, each.from_id))
            yield (
                f'<article id="topic-{community.id}_{topic.id}_r{each.id}">'
                f"<small>{who} · {_time(each.date)}</small><p>{escape(each.text)}</p>"
                f"{_photos(each.photos)}</article>"
            )
    yield _writing("topic", "Написать в обсуждение", person, topic=topic.id)


def _writing(deed: str, button: str, person: Person, **values: int) -> str:
    hidden = {"as": person.id, **values}
    return pages.form(f"/citizen/{deed}", button, hidden, (pages.writing(), pages.photos()))


def _photos(photos: list[Photo]) -> str:
    return "".join(
        f'<img src="/photos/{each.owner_id}_{each.id}_m.jpg" alt="Фотография к сообщению">'
        for each in photos
    )


def _author(state: World, community: Community, from_id: int) -> str:
    if from_id < 0:
        return community.name
    known = state.people.get(from_id)
    return known.name if known else "Неизвестный"


def _time(moment: int) -> str:
    return datetime.fromtimestamp(moment, MOSCOW).strftime("%d.%m.%Y %H:%M")
