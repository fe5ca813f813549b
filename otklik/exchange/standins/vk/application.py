"""VK's addresses over the state: methods, long poll, uploads, pictures, the citizen's page."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Request, Response

from otklik.exchange.standins.base import StandIn, as_json
from otklik.exchange.standins.failures import Failure, Trouble
from otklik.exchange.standins.vk import citizen, doings
from otklik.exchange.standins.vk.keys import Refusal, check
from otklik.exchange.standins.vk.methods.asking import Ask
from otklik.exchange.standins.vk.methods.groups import last_event
from otklik.exchange.standins.vk.methods.photos import SERVER
from otklik.exchange.standins.vk.methods.table import METHODS
from otklik.exchange.standins.vk.state import Community, Key
from otklik.exchange.standins.vk.world import first_world

# Orders of failures beyond those that every stand-in understands.
CODES: dict[str, int] = {
    Trouble.RATE: 6,
    Trouble.BROKEN: 10,
    Trouble.REVOKED: 5,
    "flood": 9,
    "captcha": 14,
    "validation": 17,
    "limit": 29,
    "right": 15,
}
FAILED = {"failed:1": 1, "failed:2": 2, "failed:3": 3}
LONGEST_WAIT = 90


class VkStandIn(StandIn):
    name: ClassVar[str] = "vk"
    title: ClassVar[str] = "ВКонтакте"

    def set_up(self) -> None:
        self.world = first_world()
        for method in ("GET", "POST"):
            self.route(method, "/method/<method>", self.method, call="method")
        self.route("GET", "/longpoll/<int:group>", self.long_poll, call="a_check")
        self.route("POST", "/upload/<place>", self.upload, call="upload")
        self.route("GET", "/photos/<name>", self.picture, call="picture")
        citizen.add_routes(self)

    @property
    def stage(self) -> doings.Stage:
        return doings.Stage(self.world, self.deliveries, self.url)

    def page(self, request: Request) -> Response:
        return citizen.page(self, request)

    def call_name(self, request: Request, values: Any, call: str) -> str:
        return str(values["method"]) if call == "method" else call

    def failed(self, failure: Failure, request: Request, name: str) -> Response | None:
        if name == "a_check" and failure.trouble in FAILED:
            told: dict[str, Any] = {"failed": FAILED[failure.trouble]}
            community = next(iter(self.world.communities.values()))
            if told["failed"] == 1:
                told["ts"] = last_event(community)
            else:
                community.poll_key = ""
            return as_json(told)
        if name in METHODS and failure.trouble in CODES:
            return _error(request, name, Refusal(CODES[failure.trouble], **self._captcha(failure)))
        return None

    def method(self, request: Request, method: str) -> Response:
        values = {**request.args.to_dict(), **request.form.to_dict()}
        try:
            if method not in METHODS:
                raise Refusal(3)
            if not values.get("v"):
                raise Refusal(8)
            key = self._key(request, values)
            check(key, method)
            response = METHODS[method](Ask(self.stage, key, values, method))
        except Refusal as refusal:
            return _error(request, method, refusal)
        return as_json({"response": response})

    def long_poll(self, request: Request, group: int) -> Response:
        community = self.world.communities.get(group)
        if community is None or request.args.get("key") != community.poll_key:
            return as_json({"failed": 2})
        told = request.args.get("ts", "")
        if not told.isdigit():
            return as_json({"failed": 3})
        since = int(told)
        if not community.forgotten <= since <= last_event(community):
            return as_json({"failed": 1, "ts": last_event(community)})
        wait = min(float(request.args.get("wait", 25)), LONGEST_WAIT)
        self.changed.wait_for(lambda: last_event(community) > since, timeout=wait)
        return as_json(_updates(community, since))

    def upload(self, request: Request, place: str) -> Response:
        sent = next(iter(request.files.values()), None)
        try:
            photo = doings.new_photo(self.stage, 0, sent.read() if sent else b"")
        except Refusal:
            return as_json({"server": SERVER, "photo": "[]", "hash": ""})
        mark = secrets.token_hex(16)
        self.world.waiting_photos[mark] = photo
        photos = f'[{{"markers_restarted":true,"photo":"{photo.id}:w"}}]'
        return as_json({"server": SERVER, "photo": photos, "hash": mark})

    def picture(self, request: Request, name: str) -> Response:
        full, _, size = name.removesuffix(".jpg").rpartition("_")
        photo = self.world.photos.get(full)
        if photo is None:
            raise NotFound
        if size == "m":
            return Response(photo.thumb, content_type="image/jpeg")
        return Response(photo.content, content_type=photo.content_type)

    def _key(self, request: Request, values: dict[str, str]) -> Key:
        told = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        key = self.world.keys.get(told or values.get("access_token", ""))
        if key is None:
            raise Refusal(5)
        return key

    def _captcha(self, failure: Failure) -> dict[str, Any]:
        if failure.trouble == "captcha":
            sid = secrets.token_hex(6)
            return {"captcha_sid": sid, "captcha_img": f"{self.url}/captcha.php?sid={sid}"}
        if failure.trouble == "validation":
            return {"redirect_uri": f"{self.url}/challenge"}
        return {}


def make() -> VkStandIn:
    return VkStandIn()


def _updates(community: Community, since: int) -> dict[str, Any]:
    fresh = community.events[max(since - community.forgotten, 0) :]
    return {"ts": str(last_event(community)), "updates": fresh}


def _error(request: Request, method: str, refusal: Refusal) -> Response:
    values = {**request.args.to_dict(), **request.form.to_dict()}
    shown = [{"key": "method", "value": method}, {"key": "oauth", "value": "1"}]
    shown += [
        {"key": key, "value": value} for key, value in values.items() if key != "access_token"
    ]
    error = {
        "error_code": refusal.code,
        "error_msg": str(refusal),
        "request_params": shown,
        **refusal.more,
    }
    return as_json({"error": error})
