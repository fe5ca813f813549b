"""The page on which one writes as a citizen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import TYPE_CHECKING

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from otklik.exchange.standins.pages import (
    choice,
    document,
    failures,
    folded,
    form,
    photos,
    writing,
)
from otklik.exchange.standins.telegram.world import Chat, Json, Refusal, World

if TYPE_CHECKING:
    from otklik.exchange.standins.telegram.application import TelegramStandIn

ACT = "/standin/act"
KINDS = {
    "private": "Личные сообщения с ботом",
    "group": "Группа",
    "supergroup": "Группа",
    "channel": "Канал",
}


def shown(world: World) -> Response:
    bots = ", ".join(
        f"{escape(bot.first_name)} — токен <code>{escape(bot.token)}</code>"
        for bot in world.bots.values()
    )
    parts = [f"<p>Бот: {bots}</p>", failures()]
    for chat in world.chats.values():
        if not chat.moved_to:
            parts += _chat(world, chat)
    return document("Telegram: написать как житель", parts)


def acted(app: TelegramStandIn, request: Request) -> Response:
    """Carry out what a form asks. Raises Refusal."""
    asked = request.form
    act = ACTS.get(asked.get("act", ""))
    if act is None:
        raise Refusal(400, "Bad Request: unknown act")
    act(app, request)
    return redirect(f"/#chat{asked.get('chat', '')}", code=303)


def _write(app: TelegramStandIn, request: Request) -> None:
    asked = request.form
    reply = asked.get("reply_to", "")
    app.citizens.write(
        int(asked["person"]),
        int(asked["chat"]),
        asked.get("text", ""),
        _pictures(request),
        int(reply) if reply else None,
    )


def _post(app: TelegramStandIn, request: Request) -> None:
    app.citizens.post(int(request.form["chat"]), request.form["text"], _pictures(request))


def _correct(app: TelegramStandIn, request: Request) -> None:
    asked = request.form
    app.citizens.correct(
        int(asked["person"]), int(asked["chat"]), int(asked["message"]), asked["text"]
    )


def _take_back(app: TelegramStandIn, request: Request) -> None:
    asked = request.form
    app.citizens.take_back(int(asked["person"]), int(asked["chat"]), int(asked["message"]))


def _block(app: TelegramStandIn, request: Request) -> None:
    for bot in app.world.bots.values():
        app.citizens.block(int(request.form["chat"]), bot)


ACTS: dict[str, Callable[[TelegramStandIn, Request], None]] = {
    "write": _write,
    "post": _post,
    "correct": _correct,
    "take_back": _take_back,
    "block": _block,
}


def _pictures(request: Request) -> list[bytes]:
    return [content for each in request.files.getlist("photos") if (content := each.read())]


def _chat(world: World, chat: Chat) -> Iterator[str]:
    title = chat.person.first_name if chat.person else chat.title
    yield f'<h2 id="chat{chat.id}">{KINDS[chat.kind]}: {escape(title)}</h2>'
    for message in list(chat.messages.values())[-30:]:
        yield _message(world, chat, message)
    fields = (writing(), photos())
    if chat.kind == "channel":
        yield form(ACT, "Опубликовать от канала", {"act": "post", "chat": chat.id}, fields)
        return
    yield form(ACT, "Написать", {"act": "write", "chat": chat.id}, (_persons(world, chat), *fields))
    if chat.person:
        yield form(ACT, "Заблокировать бота", {"act": "block", "chat": chat.id})


def _message(world: World, chat: Chat, message: Json) -> str:
    author = message.get("sender_chat") or message.get("from") or {}
    name = author.get("title") or f"{author.get('first_name', '')} {author.get('last_name', '')}"
    number = message["message_id"]
    text = escape(message.get("text") or message.get("caption") or "")
    answered = message.get("reply_to_message", {}).get("message_id")
    note = f"№ {number}" + (f", ответ на № {answered}" if answered else "")
    note += ", исправлено" if "edit_date" in message else ""
    stored = world.files.get(message["photo"][-1]["file_id"]) if "photo" in message else None
    picture = f'<img src="/standin/file/{stored.path}" alt="Фотография">' if stored else ""
    about = {"chat": chat.id, "message": number}
    forms = ""
    if chat.kind != "channel":
        asked = {"act": "write", "chat": chat.id, "reply_to": number}
        fields = (_persons(world, chat), writing("Ответ"), photos())
        forms = folded("Ответить", form(ACT, "Ответить", asked, fields))
    if author.get("id") in world.people:
        mine = {**about, "person": author["id"]}
        edit = (writing("Новый текст", message.get("text") or message.get("caption") or ""),)
        forms += folded(
            "Изменить",
            form(ACT, "Исправить", {**mine, "act": "correct"}, edit),
            form(ACT, "Удалить", {**mine, "act": "take_back"}),
        )
    ours = ' class="ours"' if author.get("is_bot") else ""
    return (
        f"<article{ours}><b>{escape(name.strip())}</b> <small>{note}</small>"
        f"<p>{text}</p>{picture}{forms}</article>"
    )


def _persons(world: World, chat: Chat) -> str:
    people = [chat.person] if chat.person else list(world.people.values())
    return choice(
        "person",
        "Кто пишет",
        {each.id: f"{each.first_name} {each.last_name}".strip() for each in people},
    )
