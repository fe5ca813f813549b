"""The page on which one writes as a citizen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from otklik.exchange.standins.max.world import Chat, Refusal, Said, World
from otklik.exchange.standins.pages import (
    choice,
    document,
    failures,
    folded,
    form,
    photos,
    writing,
)

if TYPE_CHECKING:
    from otklik.exchange.standins.max.application import MaxStandIn

ACT = "/standin/act"
KINDS = {"dialog": "Личные сообщения с ботом", "chat": "Чат", "channel": "Канал"}


def shown(world: World) -> Response:
    parts = [
        f"<p>Бот: {escape(world.bot.first_name)} — токен <code>{escape(world.token)}</code></p>",
        failures(),
    ]
    for chat in world.chats.values():
        parts += _chat(world, chat)
    return document("MAX: написать как житель", parts)


def acted(app: MaxStandIn, request: Request) -> Response:
    """Carry out what a form asks. Raises Refusal."""
    act = ACTS.get(request.form.get("act", ""))
    if act is None:
        raise Refusal(400, "proto.payload", "unknown act")
    act(app, request)
    return redirect(f"/#chat{request.form.get('chat', '')}", code=303)


def _write(app: MaxStandIn, request: Request) -> None:
    asked = request.form
    app.citizens.write(
        int(asked["person"]),
        int(asked["chat"]),
        asked.get("text", ""),
        _pictures(request),
        asked.get("reply_to", ""),
    )


def _comment(app: MaxStandIn, request: Request) -> None:
    asked = request.form
    app.citizens.comment(
        int(asked["person"]), asked["message"], asked["text"], asked.get("reply_to", "")
    )


def _post(app: MaxStandIn, request: Request) -> None:
    app.citizens.post(int(request.form["chat"]), request.form["text"], _pictures(request))


def _correct(app: MaxStandIn, request: Request) -> None:
    asked = request.form
    app.citizens.correct(int(asked["person"]), asked["message"], asked["text"])


def _take_back(app: MaxStandIn, request: Request) -> None:
    app.citizens.take_back(int(request.form["person"]), request.form["message"])


def _stop(app: MaxStandIn, request: Request) -> None:
    app.citizens.stop(int(request.form["person"]))


ACTS: dict[str, Callable[[MaxStandIn, Request], None]] = {
    "write": _write,
    "comment": _comment,
    "post": _post,
    "correct": _correct,
    "take_back": _take_back,
    "stop": _stop,
}


def _pictures(request: Request) -> list[bytes]:
    return [content for each in request.files.getlist("photos") if (content := each.read())]


def _chat(world: World, chat: Chat) -> Iterator[str]:
    title = chat.person.first_name if chat.person else chat.title or ""
    yield f'<h2 id="chat{chat.id}">{KINDS[chat.kind]}: {escape(title)}</h2>'
    for said in list(chat.messages.values())[-30:]:
        yield _said(world, chat, said)
    about = {"chat": chat.id}
    if chat.kind == "channel":
        own = (writing(), photos())
        yield form(ACT, "Опубликовать от канала", {**about, "act": "post"}, own)
        return
    fields = (_persons(world, chat), writing(), photos())
    yield form(ACT, "Написать", {**about, "act": "write"}, fields)
    if chat.person:
        yield form(ACT, "Остановить бота", {"act": "stop", "person": chat.person.id})


def _said(world: World, chat: Chat, said: Said, post: Said | None = None) -> str:
    author = said.author
    name = f"{author.first_name} {author.last_name or ''}" if author else chat.title or ""
    parts = [
        f"<b>{escape(name.strip())}</b> <small>{escape(said.mid)}</small>",
        f"<p>{escape(said.text or '')}</p>",
    ]
    for each in said.attachments or ():
        # The address of the file server is the one this page came from.
        path = urlsplit(each["payload"].get("url", "")).path
        parts.append(f'<img src="{escape(path)}" alt="Вложение">')
    about = {"chat": chat.id, "message": post.mid if post else said.mid}
    persons = _persons(world, chat)
    if chat.kind == "channel":
        asked = {**about, "act": "comment"} | ({"reply_to": said.mid} if post else {})
        short = (persons, writing("Комментарий"))
        parts.append(folded("Комментировать", form(ACT, "Отправить", asked, short)))
    else:
        asked = {"act": "write", "chat": chat.id, "reply_to": said.mid}
        fields = (persons, writing("Ответ"), photos())
        parts.append(folded("Ответить", form(ACT, "Ответить", asked, fields)))
    if author and not author.is_bot:
        mine = {"chat": chat.id, "person": author.id, "message": said.mid}
        edit = form(ACT, "Исправить", {**mine, "act": "correct"}, (writing(value=said.text or ""),))
        parts.append(folded("Изменить", edit, form(ACT, "Удалить", {**mine, "act": "take_back"})))
    parts += [_said(world, chat, each, said) for each in said.comments]
    ours = ' class="ours"' if author and author.is_bot else ""
    return f"<article{ours}>{''.join(parts)}</article>"


def _persons(world: World, chat: Chat) -> str:
    people = [chat.person] if chat.person else [e for e in world.users.values() if not e.is_bot]
    names = {each.id: f"{each.first_name} {each.last_name or ''}".strip() for each in people}
    return choice("person", "Кто пишет", names)
