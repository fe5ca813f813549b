"""A program of somebody else that listens on loopback and checks signatures its own way."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from otklik.base import clock
from otklik.casework.appeals.actions import NewAppeal, NewApplicant
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Channel, Regime
from otklik.casework.deadlines.actions import install_builtin_rules
from otklik.casework.intake.actions import take
from otklik.coordination.webhooks import actions
from otklik.coordination.webhooks.models import Delivery, Subscription
from otklik.directory.organisation.models import Body, Municipality, Role, RoleGrant
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission, Scope
from otklik.directory.programs.actions import allow_program
from otklik.directory.programs.models import Program


@dataclass
class Listener:
    """Answers `codes` in turn, the last for ever; keeps what came."""

    codes: list[int] = field(default_factory=lambda: [200])
    came: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.came]

    def is_ours(self, number: int, secret: str) -> bool:
        headers, body = self.came[number]
        signed = headers["x-otklik-timestamp"].encode() + b"." + body
        made = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
        return headers["x-otklik-signature"] == f"sha256={made}"


@pytest.fixture
def listener(settings: Any) -> Iterator[Listener]:
    settings.WEBHOOKS_TO_PRIVATE = True
    kept = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.came.append(({k.lower(): v for k, v in self.headers.items()}, body))
            code = kept.codes.pop(0) if len(kept.codes) > 1 else kept.codes[0]
            self.send_response(code)
            if code == 302:
                self.send_header("Location", "http://127.0.0.1:1/inner")
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    kept.url = f"http://127.0.0.1:{server.server_address[1]}/hook?from=otklik"
    yield kept
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def centre(db: None) -> Municipality:
    install_builtin_rules()
    return Municipality.objects.create(
        slug="zaozersk", name="Заозёрский округ", short_name="Заозёрск", kind="municipal_okrug",
        region="Область",
    )  # fmt: skip


@pytest.fixture
def system(centre: Municipality) -> Access:
    return Access.system(centre.pk)


@pytest.fixture
def roads(centre: Municipality) -> Body:
    return Body.objects.create(municipality=centre, name="Дорожная служба", kind="institution")


@pytest.fixture
def let_in(centre: Municipality, system: Access) -> Callable[..., Program]:
    def let(*permissions: Permission, title: str = "Портал области", **more: Any) -> Program:
        given = permissions or (Permission.VIEW_APPEALS,)
        role = Role.objects.create(municipality=centre, slug=f"r{Role.objects.count()}", label="Р")
        for one in given:
            RoleGrant.objects.create(role=role, permission=one, scope=Scope.MUNICIPALITY)
        return allow_program(access=system, title=title, role_id=role.pk, permissions=given, **more)

    return let


@pytest.fixture
def subscribe(system: Access, listener: Listener) -> Callable[..., tuple[Subscription, str]]:
    def make(program: Program, *news: str, **more: Any) -> tuple[Subscription, str]:
        return actions.save_subscription(
            access=system, program_id=program.pk, url=listener.url,
            news=news or ("case.registered", "case.assigned"), **more,
        )  # fmt: skip

    return make


@pytest.fixture
def file_case(system: Access) -> Callable[..., Appeal]:
    def file(text: str = "На улице Садовой яма", **more: Any) -> Appeal:
        values: dict[str, Any] = {
            "regime": Regime.PORTAL, "channel": Channel.PORTAL, "text": text,
            "received_at": clock.now(),
            "applicant": NewApplicant(name="Иванова Мария Петровна", phone="+7 900 000-11-22"),
        }  # fmt: skip
        return take(access=system, new=NewAppeal(**{**values, **more}))

    return file


def work() -> list[str]:
    """What the worker does with the jobs of this room that are due."""
    waiting = ProcrastinateJob.objects.filter(task_name="webhooks.spread").order_by("id")
    for args in waiting.values_list("args", flat=True):
        actions.spread(**args)
    ids = list(Delivery.objects.order_by("pk").values_list("pk", flat=True))
    return [actions.deliver(pk) for pk in ids]
