"""The stand-in of MAX as a web application: the API, a server of files, a page to write on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.wrappers import Request, Response

from otklik.exchange.standins.base import StandIn, as_json
from otklik.exchange.standins.failures import Failure, Trouble
from otklik.exchange.standins.max import shapes
from otklik.exchange.standins.max.citizens import Citizens
from otklik.exchange.standins.max.first_state import begin, town
from otklik.exchange.standins.max.messages import DONE, Messages, body, query
from otklik.exchange.standins.max.page import acted, shown
from otklik.exchange.standins.max.talk import Talk
from otklik.exchange.standins.max.updates import Updates
from otklik.exchange.standins.max.world import Json, Refusal, now

Answer = Callable[..., Json]
RETVAL = "<retval>1</retval>"


class MaxStandIn(StandIn):
    """Tests act through `citizens` (holding `changed`) and look into `world`.

    `slow_files`: a fresh upload is «not ready» so many times.
    """

    name = "max"
    title = "MAX"

    def set_up(self) -> None:
        self.world = town()
        self.slow_files = 0
        self.talk = Talk(self.world, self.deliveries, self.changed, lambda: self.url)
        self.citizens = Citizens(self.talk)
        with self.changed:
            begin(self.talk)
        messages, updates = Messages(self.talk), Updates(self.world, self.changed)
        comments = "/messages/<mid>/comments"
        for verb, path, answer in (
            ("GET", "/me", self._me),
            ("GET", "/chats", self._chats),
            ("GET", "/chats/<int(signed=True):chat_id>", self._chat),
            ("GET", "/chats/<int(signed=True):chat_id>/members/me", self._membership),
            ("POST", "/chats/<int(signed=True):chat_id>/actions", self._action),
            ("GET", "/messages", messages.listed),
            ("POST", "/messages", messages.send),
            ("PUT", "/messages", messages.edit),
            ("DELETE", "/messages", messages.delete),
            ("GET", "/messages/<mid>", messages.one),
            ("GET", comments, messages.comments),
            ("POST", comments, messages.send_comment),
            ("PUT", comments, messages.edit_comment),
            ("DELETE", comments, messages.delete_comment),
            (
                "GET",
                f"{comments}/<comment_id>",
                messages.comment,
            ),
            ("POST", "/uploads", self._upload_url),
            ("GET", "/updates", updates.polled),
            ("GET", "/subscriptions", updates.subscriptions),
            ("POST", "/subscriptions", updates.subscribe),
            ("DELETE", "/subscriptions", updates.unsubscribe),
        ):
            self.route(verb, path, self._guarded(answer), call=f"{verb} {_plain(path)}")
        self.route("POST", "/upload/<int:number>", self._uploaded, call="upload")
        self.route("GET", "/standin/file/<int:number>", self._file, call="page")
        self.route("POST", "/standin/act", self._act, call="page")

    def page(self, request: Request) -> Response:
        return shown(self.world)

    def failed(self, failure: Failure, request: Request, name: str) -> Response | None:
        if failure.trouble == Trouble.RATE:
            wait = max(1, int(failure.seconds))
            return _refused(Refusal(429, "too.many.requests", "Too many requests", wait))
        if failure.trouble == Trouble.REVOKED:
            return _refused(Refusal(401, "verify.token", "Invalid access_token"))
        if failure.trouble in (Trouble.BROKEN, Trouble.LOST_REPLY):
            return _refused(Refusal(503, "service.unavailable", "Service is unavailable"))
        return None

    def _guarded(self, answer: Answer) -> Callable[..., Response]:
        def handler(request: Request, **values: Any) -> Response:
            try:
                if request.headers.get("Authorization") != self.world.token:
                    raise Refusal(401, "verify.token", "Invalid access_token")
                return as_json(answer(request, **values))
            except Refusal as refusal:
                return _refused(refusal)

        return handler

    def _me(self, request: Request) -> Json:
        return self.world.bot.card()

    def _chats(self, request: Request) -> Json:
        asked = query(request, "/chats")
        mine = [each for each in self.world.chats.values() if self.world.bot.id in each.members]
        start, count = asked.get("marker", 0), asked.get("count", 50)
        page = mine[start : start + count]
        following = start + count if len(mine) > start + count else None
        return {"chats": [shapes.chat_card(each, self.world) for each in page], "marker": following}

    def _chat(self, request: Request, chat_id: int) -> Json:
        return shapes.chat_card(self.world.chat(chat_id), self.world)

    def _membership(self, request: Request, chat_id: int) -> Json:
        return shapes.membership(self.world.chat(chat_id), self.world)

    def _action(self, request: Request, chat_id: int) -> Json:
        self.world.chat(chat_id)
        body(request, "ActionRequestBody")
        return DONE

    def _upload_url(self, request: Request) -> Json:
        upload = self.world.uploaded(query(request, "/uploads")["type"])
        upload.refusals = self.slow_files
        told = {"url": f"{self.url}/upload/{upload.id}"}
        return told | ({"token": upload.token} if upload.kind in ("video", "audio") else {})

    def _uploaded(self, request: Request, number: int) -> Response:
        upload, part = self.world.uploads.get(number), request.files.get("data")
        if upload is None:
            return _refused(Refusal(404, "not.found", "Upload not found"))
        if "Authorization" in request.headers:
            return _refused(Refusal(400, "proto.payload", "The token is not for this server"))
        upload.content = part.read() if part else request.get_data()
        upload.name = (part.filename if part else "") or f"{upload.kind}{now()}"
        if upload.kind in ("video", "audio"):
            return Response(RETVAL, content_type="application/xml")
        if upload.kind == "image":
            return as_json({"photos": {f"p{number}": {"token": upload.token}}})
        return as_json({"token": upload.token})

    def _file(self, request: Request, number: int) -> Response:
        upload = self.world.uploads.get(number)
        if upload is None:
            return Response("Нет такого файла", status=404)
        return Response(upload.content, content_type="application/octet-stream")

    def _act(self, request: Request) -> Response:
        try:
            return acted(self, request)
        except Refusal as refusal:
            return Response(f"Не вышло: {refusal}", status=400, content_type="text/plain")


def make() -> MaxStandIn:
    return MaxStandIn()


def _plain(path: str) -> str:
    return (
        path.replace("<int(signed=True):chat_id>", "{chatId}").replace("<", "{").replace(">", "}")
    )


def _refused(refusal: Refusal) -> Response:
    answer = as_json({"code": refusal.code, "message": refusal.message}, refusal.status)
    if refusal.retry_after:
        answer.headers["Retry-After"] = str(refusal.retry_after)
    return answer
