"""OK's addresses over the state: REST, the bot's Graph, uploads, pictures, the citizen's page."""

from __future__ import annotations

from typing import Any, ClassVar

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Request, Response

from otklik.exchange.standins.base import StandIn, as_json
from otklik.exchange.standins.failures import Failure, Trouble
from otklik.exchange.standins.ok import citizen, doings, rest
from otklik.exchange.standins.ok.state import GROUP_ID, Refusal, first_world

CODES: dict[str, tuple[int, str]] = {
    Trouble.RATE: (8, "FLOOD_BLOCKED : The execution of method is blocked due to flood"),
    Trouble.BROKEN: (2, "SERVICE : Service temporary unavailable"),
    Trouble.REVOKED: (103, "PARAM_SESSION_KEY : Invalid session key"),
    "expired": (102, "PARAM_SESSION_EXPIRED : Session expired"),
    "captcha": (403, "AUTH_LOGIN_WEB_HUMAN_CHECK : Human check required"),
    "limit": (11, "LIMIT_REACHED : Method invocation limit reached"),
    "right": (10, "PERMISSION_DENIED : Permission denied"),
}


class OkStandIn(StandIn):
    name: ClassVar[str] = "ok"
    title: ClassVar[str] = "Одноклассники"

    def set_up(self) -> None:
        self.world = first_world()
        for method in ("GET", "POST"):
            self.route(method, "/fb.do", self.rest, call="rest")
        self.route("GET", "/graph/me/info", self.info, call="graph.info")
        self.route("GET", "/graph/me/chats", self.chats, call="graph.chats")
        self.route("GET", "/graph/me/subscriptions", self.hooks, call="graph.subscriptions")
        self.route("POST", "/graph/me/subscribe", self.subscribe, call="graph.subscribe")
        self.route("POST", "/graph/me/unsubscribe", self.unsubscribe, call="graph.unsubscribe")
        self.route("GET", "/graph/me/messages/<chat>", self.messages, call="graph.messages")
        self.route("POST", "/graph/me/messages/<chat>", self.send, call="graph.send")
        self.route("POST", "/upload/<place>", self.upload, call="upload")
        self.route("GET", "/photos/<number>", self.picture, call="picture")
        citizen.add_routes(self)

    @property
    def stage(self) -> doings.Stage:
        return doings.Stage(self.world, self.deliveries, self.url)

    def page(self, request: Request) -> Response:
        return citizen.page(self, request)

    def call_name(self, request: Request, values: Any, call: str) -> str:
        if call != "rest":
            return call
        return str(request.form.get("method") or request.args.get("method", ""))

    def failed(self, failure: Failure, request: Request, name: str) -> Response | None:
        if failure.trouble not in CODES or name in ("upload", "picture"):
            return None
        return _refused(Refusal(*CODES[failure.trouble]))

    def rest(self, request: Request) -> Response:
        values = {**request.args.to_dict(), **request.form.to_dict()}
        try:
            rest.check(self.stage, values)
            method = rest.METHODS.get(values.get("method", ""))
            if method is None:
                raise Refusal(3, "METHOD : Method does not exist")
            return as_json(method(self.stage, values))
        except Refusal as refusal:
            return _refused(refusal)

    def info(self, request: Request) -> Response:
        known = {"name": self.world.group_name, "group_id": f"group:{GROUP_ID}"}
        return self._bot(request) or as_json(known)

    def chats(self, request: Request) -> Response:
        chats = sorted(self.world.chats.values(), key=lambda each: -each.messages[-1].at)
        told = [
            {
                "type": "DIALOG",
                "status": "ACTIVE",
                "title": self.world.people[each.person].name,
                "participants": {f"user:{each.person}": each.messages[-1].at},
                "lastEventTime": each.messages[-1].at,
                "chat_id": each.id,
                "group_id": f"group:{GROUP_ID}",
            }
            for each in chats
        ]
        return self._bot(request) or as_json({"chats": told})

    def hooks(self, request: Request) -> Response:
        told = [{"url": each, "time": 0} for each in self.world.hooks]
        return self._bot(request) or as_json({"subscriptions": told})

    def subscribe(self, request: Request) -> Response:
        refused = self._bot(request)
        if refused:
            return refused
        url = str(request.get_json().get("url", ""))
        if not url.startswith(("http://", "https://")):
            return _refused(Refusal(100, "PARAM : Invalid parameter url"))
        if url not in self.world.hooks:
            self.world.hooks.append(url)
        return as_json({"success": True})

    def unsubscribe(self, request: Request) -> Response:
        refused = self._bot(request)
        if refused:
            return refused
        url = str(request.get_json().get("url", ""))
        self.world.hooks = [each for each in self.world.hooks if each != url]
        return as_json({"success": True})

    def messages(self, request: Request, chat: str) -> Response:
        refused = self._bot(request)
        if refused:
            return refused
        found = self.world.chats.get(chat)
        if found is None:
            return _refused(Refusal(705, "CHAT_NOT_FOUND : chat not found"))
        newest = int(request.args.get("from", 2**62))
        oldest = int(request.args.get("to", 0))
        count = int(request.args.get("count", 30))
        kept = [each for each in reversed(found.messages) if oldest <= each.at <= newest][:count]
        told = [doings.message_shape(self.stage, found, each) for each in kept]
        return as_json({"messages": told})

    def send(self, request: Request, chat: str) -> Response:
        refused = self._bot(request)
        if refused:
            return refused
        told = request.get_json()
        found = self.world.chats.get(str(told.get("recipient", {}).get("chat_id", chat)))
        text = str(told.get("message", {}).get("text", ""))
        try:
            if found is None:
                raise Refusal(705, "CHAT_NOT_FOUND : chat not found")
            if not text:
                raise Refusal(2001, "GRAPH_PARAM_REQUEST : empty message")
            made = doings.add_message(self.stage, found.person, text, by_group=True)
        except Refusal as refusal:
            return _refused(refusal)
        return as_json({"recipient_id": found.id, "message_id": made.id})

    def upload(self, request: Request, place: str) -> Response:
        sent = [each.read() for each in request.files.values()]
        told = {}
        try:
            for number, content in zip(place.split("-"), sent, strict=False):
                token = f"token-{number}"
                self.world.tokens[token] = doings.new_photo(self.stage, content)
                told[number] = {"token": token}
        except Refusal as refusal:
            return _refused(refusal)
        return as_json({"photos": told})

    def picture(self, request: Request, number: str) -> Response:
        photo = self.world.photos.get(number)
        if photo is None:
            raise NotFound
        return Response(photo.content, content_type=photo.content_type)

    def _bot(self, request: Request) -> Response | None:
        """A refusal, when the key of the bot is not good."""
        if request.args.get("access_token") == self.world.bot_token:
            return None
        return _refused(Refusal(103, "PARAM_SESSION_KEY : Invalid session key"))


def make() -> OkStandIn:
    return OkStandIn()


def _refused(refusal: Refusal) -> Response:
    told = {"error_code": refusal.code, "error_msg": str(refusal), "error_data": None}
    answer = as_json(told)
    answer.headers["Invocation-Error"] = str(refusal.code)
    return answer
