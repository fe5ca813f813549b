"""`otklik run`: database, migrations, static files, then web and worker under the supervisor."""

from __future__ import annotations

import http
import http.client
import os
import sys
import time
from functools import partial

import click

from otklik.base.errors import OtklikError
from otklik.config.postgres import Cluster, is_embedded, revive, serving
from otklik.config.running import ports
from otklik.config.running.supervisor import Child, Supervisor

_OPENING_SECONDS = 60.0
_DATABASE_PAUSE = 5.0
_ROLES_SHOWN = 8


def open_house(*, host: str, port: int, workers: int, jobs: int, demo: bool) -> None:
    """Run everything until SIGTERM or SIGINT; raises OtklikError when it cannot start."""
    ports.ensure_free(host, port)
    address = f"http://{_shown(host)}:{port}"
    os.environ.setdefault("OTKLIK_PUBLIC_URL", address)
    if demo:
        os.environ["OTKLIK_DEMO"] = "1"
    _say("Запускаю базу данных…" if is_embedded() else "Подключаюсь к базе данных…")
    with serving() as cluster:
        _prepare()
        children = [*_children(host, port, workers, jobs), *(_networks(port) if demo else [])]
        supervisor = Supervisor(children, _say, partial(_keep_database, cluster))
        supervisor.run(lambda: _announce(supervisor, host, port))
        _say("Останавливаюсь…")
    _say("Отклик остановлен.")


def _prepare() -> None:
    import django

    django.setup()
    from django.conf import settings

    from otklik.config import migrating
    from otklik.config.running import static

    applied = migrating.migrate()
    if applied:
        _say(f"База данных обновлена: применено изменений — {len(applied)}.")
    if static.collect():
        _say("Оформление страниц подготовлено.")
    if settings.DEMO:
        _fill_demo()
    migrating.hang_up()


def _keep_database(cluster: Cluster | None) -> None:
    """Start our server again should it have been killed; the next look tries anew if it fails."""
    if cluster is None or cluster.is_alive():
        return
    _say("База данных остановилась, запускаю снова…")
    try:
        revive(cluster)
    except OtklikError as error:
        _say(f"Ошибка: {error}\nЧто делать: {error.mend}")
        time.sleep(_DATABASE_PAUSE)


def _fill_demo() -> None:
    from otklik.directory.organisation.models import Municipality

    if Municipality.objects.exists():
        return
    _say("Наполняю демонстрационный муниципалитет: это займёт минуту-другую…")
    from otklik.base import clock
    from otklik.config.cli.demo import DEFAULT_SEED, DEFAULT_TARGET
    from otklik.config.demo.fill import fill, last_whole_day

    until = last_whole_day(clock.now())
    fill(seed=DEFAULT_SEED, until=until, target=DEFAULT_TARGET, progress=_tell_progress)


def _tell_progress(done: int, total: int) -> None:
    _say(f"  обращений: {done} из {total}")


def _children(host: str, port: int, workers: int, jobs: int) -> list[Child]:
    program = [sys.executable, "-m", "otklik"]
    where = ["--host", host, "--port", str(port)]
    return [
        Child("страницы", [*program, "web", *where, "--workers", str(workers)]),
        Child("задания", [*program, "worker", "--jobs", str(jobs)], grace=60.0),
    ]


def _networks(port: int) -> list[Child]:
    """Stand-ins of networks for the demo; without free ports the demo goes without them."""
    from otklik.config.demo.networks import connect
    from otklik.config.running.standins import FIRST_PORT, NETWORKS
    from otklik.exchange.standins.serving import HOST

    first = port + FIRST_PORT
    addresses = {name: f"http://{HOST}:{first + place}" for place, name in enumerate(NETWORKS)}
    try:
        for place in range(len(NETWORKS)):
            ports.ensure_free(HOST, first + place)
    except OtklikError:
        _say("Порты заместителей соцсетей заняты: демонстрация откроется без них.")
        return []
    connect(addresses)
    for name, address in addresses.items():
        _say(f"  написать как житель ({name}): {address}/")
    program = [sys.executable, "-m", "otklik", "stand-in", *NETWORKS, "--port", str(first)]
    return [Child("соцсети", program)]


def _announce(supervisor: Supervisor, host: str, port: int) -> None:
    """Say the address once a page really opens."""
    ends = time.monotonic() + _OPENING_SECONDS
    while time.monotonic() < ends and not supervisor.asked_to_end:
        if _answers(_shown(host), port):
            _say(f"Отклик открыт: http://{_shown(host)}:{port}/  (остановить — Ctrl+C)")
            _show_demo_staff()
            return
        supervisor.look_after()
        time.sleep(0.2)
    if not supervisor.asked_to_end:
        _say("Страницы пока не открылись. Причину покажут строки выше и команда otklik doctor.")


def _answers(host: str, port: int) -> bool:
    asked = http.client.HTTPConnection(host.strip("[]"), port, timeout=30)
    try:
        asked.request("HEAD", "/", headers={"Host": f"{host}:{port}"})
        return asked.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        asked.close()


def _show_demo_staff() -> None:
    """Who may be signed in as; how is said on the page itself, in demo mode only."""
    from django.conf import settings

    from otklik.directory.organisation.models import Appointment

    if not settings.DEMO:
        return
    _say("Демонстрационный режим: пароли и вход одним нажатием — на странице входа.")
    staff = Appointment.objects.filter(account__is_demo=True).select_related("account", "role")
    shown: set[str] = set()
    for appointment in staff.order_by("role__order", "pk"):
        if appointment.role.label not in shown and len(shown) < _ROLES_SHOWN:
            shown.add(appointment.role.label)
            _say(f"  {appointment.account.email} — {appointment.role.label}")


def _shown(host: str) -> str:
    if host in ("0.0.0.0", "::"):  # noqa: S104
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _say(line: str) -> None:
    click.echo(line)
    sys.stdout.flush()
