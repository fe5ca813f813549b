"""The stand-in of Telegram as a web application: the Bot API, files and a page to write on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.wrappers import Request, Response

from otklik.exchange.standins.base import StandIn, as_json
from otklik.exchange.standins.failures import Failure, Trouble
from otklik.exchange.standins.telegram.citizens import Citizens
from otklik.exchange.standins.telegram.delivery import Telling
from otklik.exchange.standins.telegram.first_state import settle
from otklik.exchange.standins.telegram.methods import Methods
from otklik.exchange.standins.telegram.page import acted, shown
from otklik.exchange.standins.telegram.parameters import parameters_of
from otklik.exchange.standins.telegram.schema import method_named
from otklik.exchange.standins.telegram.talk import Talk
from otklik.exchange.standins.telegram.updates import Updates
from otklik.exchange.standins.telegram.world import Refusal, World, clean


class TelegramStandIn(StandIn):
    """Tests act through `citizens` (holding `changed`) and look into `world`."""

    name = "telegram"
    title = "Telegram"

    def set_up(self) -> None:
        self.world = World()
        self.telling = Telling(self.world, self.deliveries, self.changed)
        self.talk = Talk(self.world, self.telling)
        self.citizens = Citizens(self.talk)
        self._methods = Methods(self.talk).known | Updates(self.changed, self.telling).known
        with self.changed:
            settle(self.world, self.talk)
        for verb in ("GET", "POST"):
            self.route(verb, "/bot<token>/<method>", self._call, call="")
        self.route("GET", "/file/bot<token>/<path:path>", self._file, call="file")
        self.route("GET", "/standin/file/<path:path>", self._shown_file, call="page")
        self.route("POST", "/standin/act", self._act, call="page")

    def page(self, request: Request) -> Response:
        return shown(self.world)

    def call_name(self, request: Request, values: Mapping[str, Any], call: str) -> str:
        return call or method_named(str(values["method"])) or str(values["method"])

    def failed(self, failure: Failure, request: Request, name: str) -> Response | None:
        if failure.trouble == Trouble.RATE:
            wait = max(1, int(failure.seconds))
            return _refused(
                Refusal(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
            )
        if failure.trouble == Trouble.REVOKED:
            return _refused(Refusal(401, "Unauthorized"))
        if failure.trouble in (Trouble.BROKEN, Trouble.LOST_REPLY):
            return _refused(Refusal(502, "Bad Gateway"))
        return None

    def _call(self, request: Request, token: str, method: str) -> Response:
        try:
            bot = self.world.bots.get(token)
            if bot is None:
                raise Refusal(401, "Unauthorized")
            known = method_named(method)
            if known not in self._methods:
                raise Refusal(404, "Not Found: method not found")
            result = self._methods[known](bot, *parameters_of(request, known))
        except Refusal as refusal:
            return _refused(refusal)
        return as_json({"ok": True, "result": clean(result)})

    def _file(self, request: Request, token: str, path: str) -> Response:
        if token not in self.world.bots:
            return _refused(Refusal(401, "Unauthorized"))
        return self._shown_file(request, path)

    def _shown_file(self, request: Request, path: str) -> Response:
        for stored in self.world.files.values():
            if stored.path == path:
                return Response(stored.content, content_type="application/octet-stream")
        return _refused(Refusal(404, "Not Found"))

    def _act(self, request: Request) -> Response:
        try:
            return acted(self, request)
        except Refusal as refusal:
            return Response(f"Не вышло: {refusal}", status=400, content_type="text/plain")


def make() -> TelegramStandIn:
    return TelegramStandIn()


def _refused(refusal: Refusal) -> Response:
    told: dict[str, Any] = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
    }
    if refusal.parameters:
        told["parameters"] = refusal.parameters
    return as_json(told, refusal.code)
