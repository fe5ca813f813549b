"""Serving a stand-in on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from otklik.exchange.standins.base import Cut, StandIn

HOST = "127.0.0.1"
StandInT = TypeVar("StandInT", bound=StandIn)


class _Quiet(WSGIRequestHandler):
    """Writes no line per request: tokens stand in addresses."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass

    def run_wsgi(self) -> None:
        try:
            super().run_wsgi()
        except Cut:
            self.close_connection = True


def server_of(app: StandIn, port: int = 0) -> BaseWSGIServer:
    """A server bound to the port (0: any free one); its address is written to `app.url`."""
    server = make_server(
        HOST, port, app, threaded=True, request_handler=_Quiet, passthrough_errors=True
    )
    app.url = f"http://{HOST}:{server.server_port}"
    return server


@contextmanager
def served(app: StandInT, port: int = 0) -> Iterator[StandInT]:
    """The stand-in at `app.url` while the block runs."""
    server = server_of(app, port)
    thread = threading.Thread(
        target=server.serve_forever, args=(0.02,), daemon=True, name=f"stand-in {app.name}"
    )
    thread.start()
    try:
        yield app
    finally:
        server.shutdown()
        server.server_close()
        app.close()
        thread.join(timeout=10)
