"""The page on which one writes as a citizen, and its forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from werkzeug.exceptions import BadRequest
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from otklik.exchange.standins import pages
from otklik.exchange.standins.ok import doings, state
from otklik.exchange.standins.ok.rest import MOSCOW
from otklik.exchange.standins.ok.state import Comment, Person, Photo, Refusal, Topic

if TYPE_CHECKING:
    from otklik.exchange.standins.ok.application import OkStandIn

KINDS = {
    "rate": "слишком часто (код 8)",
    "limit": "предел вызовов (код 11)",
    "captcha": "проверка человека (код 403)",
    "revoked": "ключ отозван (код 103)",
    "right": "нет права (код 10)",
    "broken": "служба недоступна (код 2)",
    "lost_reply": "сделано, но ответ 502",
    "cut": "сделано, но связь оборвалась",
    "slow": "сделано с опозданием",
}
Deed = Callable[["OkStandIn", Request, Person], None]


def add_routes(app: OkStandIn) -> None:
    for name, deed in DEEDS.items():
        app.route("POST", f"/citizen/{name}", _then_back(app, deed), call="page")
    app.route("GET", "/profile/<person>", _led, call="page")
    app.route("GET", "/group/<group>/messages", _led, call="page")
    app.route("GET", "/group/<group>/topic/<topic>", _led, call="page")


def page(app: OkStandIn, request: Request) -> Response:
    person = _person(app, request.args.get("as"))
    said = str(request.args.get("said", ""))
    parts = [f'<p class="note" role="status">{escape(said)}</p>'] if said else []
    parts += [_who(app, person), _settings(app), _failures()]
    parts.append("<h2>Темы группы</h2>")
    for topic in reversed(app.world.topics.values()):
        if not topic.removed:
            parts += _topic(app, topic, person)
    parts += _chat(app, person)
    parts.append("<h2>Новая тема группы</h2>")
    parts.append(_writing("topic", "Опубликовать", person))
    return pages.document(f"Одноклассники: написать как житель — «{app.world.group_name}»", parts)


def _led(request: Request, person: str = "", group: str = "", topic: str = "") -> Response:
    """Addresses of the real site lead to the same thing on this one page."""
    if person:
        return redirect(f"/?as={person}")
    return redirect(f"/#topic{topic}" if topic else "/#dialogue")


def _comment_deed(app: OkStandIn, request: Request, person: Person) -> None:
    doings.add_comment(
        app.stage,
        _topic_of(app, request),
        person.id,
        request.form.get("text", ""),
        _photos_of(app, request),
        reply_to=request.form.get("reply_to", ""),
    )


def _edit_deed(app: OkStandIn, request: Request, person: Person) -> None:
    _comment_of(app, request).text = request.form.get("text", "")


def _delete_deed(app: OkStandIn, request: Request, person: Person) -> None:
    _comment_of(app, request).removed = True


def _like_deed(app: OkStandIn, request: Request, person: Person) -> None:
    _topic_of(app, request).likes += 1


def _message_deed(app: OkStandIn, request: Request, person: Person) -> None:
    text = request.form.get("text", "")
    doings.add_message(app.stage, person.id, text, _photos_of(app, request))


def _official_deed(app: OkStandIn, request: Request, person: Person) -> None:
    """What an employee does by hand: an answer of the group under a comment."""
    doings.add_comment(
        app.stage,
        _topic_of(app, request),
        state.GROUP_ID,
        request.form.get("text", ""),
        reply_to=request.form.get("reply_to", ""),
        by_group=True,
    )


def _topic_deed(app: OkStandIn, request: Request, person: Person) -> None:
    made = state.add_topic(app.world, request.form.get("text", ""))
    made.photos = _photos_of(app, request)


DEEDS: dict[str, Deed] = {
    "comment": _comment_deed,
    "comment/edit": _edit_deed,
    "comment/delete": _delete_deed,
    "like": _like_deed,
    "message": _message_deed,
    "official": _official_deed,
    "topic": _topic_deed,
}


def _then_back(app: OkStandIn, deed: Deed) -> Callable[[Request], Response]:
    def handler(request: Request) -> Response:
        person, said = _person(app, request.form.get("as")), ""
        try:
            deed(app, request, person)
        except Refusal as refusal:
            said = f"&said=Отказ {refusal.code}: {refusal}"
        return redirect(f"/?as={person.id}{said}", code=303)

    return handler


def _person(app: OkStandIn, told: str | None) -> Person:
    people = app.world.people
    return people.get(told or "") or next(iter(people.values()))


def _topic_of(app: OkStandIn, request: Request) -> Topic:
    found = app.world.topics.get(request.form.get("topic", ""))
    if found is None:
        raise BadRequest("Такой темы нет.")
    return found


def _comment_of(app: OkStandIn, request: Request) -> Comment:
    found = _topic_of(app, request).comments.get(request.form.get("comment", ""))
    if found is None:
        raise BadRequest("Такого комментария нет.")
    return found


def _photos_of(app: OkStandIn, request: Request) -> list[Photo]:
    sent = [each.read() for each in request.files.getlist("photos")]
    return [doings.new_photo(app.stage, each) for each in sent if each]


def _who(app: OkStandIn, person: Person) -> str:
    links = [
        f"<strong>{escape(each.name)}</strong>"
        if each.id == person.id
        else f'<a href="/?as={each.id}">{escape(each.name)}</a>'
        for each in app.world.people.values()
    ]
    return f"<p>Вы пишете как житель: {', '.join(links)}.</p>"


def _settings(app: OkStandIn) -> str:
    rows = {
        "номер группы": state.GROUP_ID,
        "публичный ключ приложения": state.APPLICATION_KEY,
        "секретный ключ приложения": state.APPLICATION_SECRET,
        "вечный ключ доступа": app.world.token,
        "ключ бота группы": app.world.bot_token,
    }
    told = "".join(f"<li>{name}: <code>{escape(value)}</code></li>" for name, value in rows.items())
    return pages.folded("Для настройки канала", f"<ul>{told}</ul>")


def _failures() -> str:
    fields = (
        pages.choice("trouble", "Беда", dict(KINDS)),
        '<input name="call" placeholder="метод, пусто — любой" aria-label="Метод">',
    )
    return pages.folded(
        "Сломать следующий вызов", pages.form("/standin/fail", "Сломать", {}, fields)
    )


def _topic(app: OkStandIn, topic: Topic, person: Person) -> Iterator[str]:
    told = f"{_time(topic.at)} · показов: {topic.renderings} · «класс»: {topic.likes}"
    like = pages.form("/citizen/like", "Класс!", {"as": person.id, "topic": topic.id})
    yield (
        f'<article class="ours" id="topic{topic.id}"><p>{escape(topic.text)}</p>'
        f"{_photos(topic.photos)}"
        f"<small>{told}</small>{like}</article>"
    )
    for each in topic.comments.values():
        yield _comment(app, topic, each, person)
    yield _writing("comment", "Написать комментарий", person, topic=topic.id)


def _comment(app: OkStandIn, topic: Topic, one: Comment, person: Person) -> str:
    if one.removed:
        return "<article><small>Комментарий удалён.</small></article>"
    hidden = {"as": person.id, "topic": topic.id, "comment": one.id}
    answer = {"topic": topic.id, "reply_to": one.id}
    tools = pages.folded("Ответить", _writing("comment", "Ответить", person, **answer))
    tools += pages.folded(
        "Ответить от имени группы (вручную)",
        _writing("official", "Ответить от группы", person, **answer),
    )
    if one.author == person.id:
        tools += pages.folded(
            "Изменить или удалить",
            pages.form(
                "/citizen/comment/edit", "Сохранить", hidden, [pages.writing(value=one.text)]
            ),
            pages.form("/citizen/comment/delete", "Удалить", hidden),
        )
    who = app.world.group_name if one.by_group else app.world.people[one.author].name
    kind = ' class="ours"' if one.by_group else ""
    return (
        f"<article{kind}><small>{escape(who)} · {_time(one.at)}</small><p>{escape(one.text)}</p>"
        f"{_photos(one.photos)}{tools}</article>"
    )


def _chat(app: OkStandIn, person: Person) -> Iterator[str]:
    yield '<h2 id="dialogue">Сообщения группе</h2>'
    for chat in app.world.chats.values():
        for each in chat.messages if chat.person == person.id else []:
            who = app.world.group_name if each.by_group else person.name
            kind = ' class="ours"' if each.by_group else ""
            yield (
                f"<article{kind}><small>{escape(who)} · {_time(each.at)}</small>"
                f"<p>{escape(each.text)}</p>{_photos(each.photos)}</article>"
            )
    yield _writing("message", "Отправить сообщение", person)


def _writing(deed: str, button: str, person: Person, **values: str) -> str:
    hidden = {"as": person.id, **values}
    return pages.form(f"/citizen/{deed}", button, hidden, (pages.writing(), pages.photos()))


def _photos(photos: list[Photo]) -> str:
    return "".join(f'<img src="/photos/{each.id}" alt="Фотография к сообщению">' for each in photos)


def _time(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1000, MOSCOW).strftime("%d.%m.%Y %H:%M")
