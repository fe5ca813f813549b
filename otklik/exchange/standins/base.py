"""What every stand-in shares: routes, a lock over the state, a record of calls, failures."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from otklik.exchange.standins.deliveries import Deliveries
from otklik.exchange.standins.failures import Failure, Failures, Trouble

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Handler = Callable[..., Response]


class Cut(Exception):
    """The connection closes without an answer."""


@dataclass
class Call:
    """One request as it came: `name` is the method of the service, `values` its parameters."""

    name: str
    values: Mapping[str, Any]
    status: int = 0
    at: float = field(default_factory=time.monotonic)


class StandIn:
    """Subclasses add routes in `set_up` and say what their failures look like in `failed`.

    A handler runs under `changed`, one at a time; a long poll waits by `changed.wait_for`.
    `/standin/…` is for people and tests: the page, orders of failures, calls made.
    """

    name: ClassVar[str] = ""
    title: ClassVar[str] = ""

    def __init__(self) -> None:
        self.changed = threading.Condition(threading.RLock())
        self.failures = Failures()
        self.deliveries = Deliveries()
        self.calls: list[Call] = []
        self.url = ""  # where it is served, for links to files
        self._map = Map(strict_slashes=False)
        self._handlers: dict[str, tuple[Handler, str]] = {}
        self.route("GET", "/", self.page, call="page")
        self.route("GET", "/standin/calls", self._told_calls, call="page")
        self.route("POST", "/standin/fail", self._take_order, call="page")
        self.set_up()

    def set_up(self) -> None:
        """Add routes and the first state."""

    def page(self, request: Request) -> Response:
        """The page on which one writes as a citizen."""
        raise NotImplementedError

    def call_name(self, request: Request, values: Mapping[str, Any], call: str) -> str:
        """The service's name of a call; by default that of the route."""
        return call

    def failed(self, failure: Failure, request: Request, name: str) -> Response | None:
        """The service's own answer to a call that fails so; None when it knows no such trouble."""
        return None

    def route(self, method: str, path: str, handler: Handler, *, call: str) -> None:
        """`handler(request, **values of the path)` under the lock; `call` names it in failures."""
        endpoint = f"{method} {path}"
        self._map.add(Rule(path, endpoint=endpoint, methods=[method]))
        self._handlers[endpoint] = (handler, call)

    def close(self) -> None:
        self.deliveries.stop()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        request.max_content_length = 64 * 2**20
        self.url = self.url or request.host_url.rstrip("/")
        try:
            return self._answer(request)(environ, start_response)
        except HTTPException as error:
            return error.get_response(environ)(environ, start_response)
        finally:
            request.close()  # parts sent as files lie in temporary files

    def _answer(self, request: Request) -> Response:
        adapter = self._map.bind_to_environ(request.environ)
        endpoint, values = adapter.match()
        handler, call = self._handlers[endpoint]
        if call == "page":
            with self.changed:
                return handler(request, **values)
        name = self.call_name(request, values, call)
        failure = self.failures.take(name)
        made = Call(name, {**values, **request.args.to_dict(), **request.form.to_dict()})
        self.calls.append(made)
        answer = self._suffer(failure, request, name) or self._handle(handler, request, values)
        answer = self._spoil(failure, request, name, answer)
        made.status = answer.status_code
        return answer

    def _handle(self, handler: Handler, request: Request, values: Mapping[str, Any]) -> Response:
        with self.changed:
            try:
                return handler(request, **values)
            finally:
                self.changed.notify_all()

    def _suffer(self, failure: Failure | None, request: Request, name: str) -> Response | None:
        """Failures that come before anything is done."""
        if failure is None or failure.trouble in (
            Trouble.LOST_REPLY,
            Trouble.CUT,
            Trouble.SLOW,
        ):
            return None
        answer = self.failed(failure, request, name)
        if answer is None and failure.trouble == Trouble.BROKEN:
            answer = Response("Bad Gateway", status=502)
        return answer

    def _spoil(
        self, failure: Failure | None, request: Request, name: str, answer: Response
    ) -> Response:
        """Failures that come after the thing is done."""
        if failure is None:
            return answer
        if failure.trouble == Trouble.SLOW:
            time.sleep(failure.seconds)
        elif failure.trouble == Trouble.LOST_REPLY:
            return self.failed(failure, request, name) or Response("Bad Gateway", status=502)
        elif failure.trouble == Trouble.CUT:
            raise Cut
        return answer

    def _told_calls(self, request: Request) -> Response:
        return as_json([{"name": each.name, "status": each.status} for each in self.calls])

    def _take_order(self, request: Request) -> Response:
        """`trouble`, `call`, `times`, `seconds` as a form or JSON."""
        told = request.get_json(silent=True) or request.form.to_dict()
        self.failures.order(
            str(told["trouble"]),
            call=str(told.get("call", "")),
            times=int(told.get("times", 1)),
            seconds=float(told.get("seconds", 1)),
        )
        return Response("ok")


def as_json(value: Any, status: int = 200) -> Response:
    content = json.dumps(value, ensure_ascii=False).encode()
    return Response(content, status=status, content_type="application/json; charset=utf-8")
