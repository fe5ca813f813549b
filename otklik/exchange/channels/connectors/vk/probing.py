"""Which rights the keys really have, each by a question that changes nothing; and the mend."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from otklik.exchange.channels.connectors.base import Finding, Probe
from otklik.exchange.channels.connectors.vk.session import Session
from otklik.exchange.channels.connectors.vk.settings import CALLBACK_SECRET
from otklik.exchange.vendors.http import ServiceError
from otklik.exchange.vendors.vk import groups, stats, wall
from otklik.exchange.vendors.vk.client import VkApi

KEYS = "Управление → Работа с API → Ключи доступа"
NEW_KEY = f"В сообществе откройте «{KEYS}», создайте ключ и впишите его в настройки канала."
RIGHTS = {
    "manage": "получать события сообщества",
    "messages": "отвечать на сообщения сообщества",
    "wall": "отвечать на комментарии и размещать записи",
}
SERVICE = (
    "На id.vk.com/about/business создайте приложение и впишите его «Сервисный ключ доступа» "
    "в настройки канала."
)
USER = (
    "Впишите ключ пользователя, который управляет сообществом (права wall, photos, groups, stats); "
    "без него записи размещаются только текстом, а охват неизвестен."
)


def examine(session: Session, secret_given: bool) -> Probe:
    findings = [*_community(session), *_service(session), *_user(session)]
    findings += _events(session, secret_given)
    can_take = session.community is not None or session.reader is not None
    dead = [each.problem for each in findings if each.problem and each.right in VITAL]
    if not can_take:
        return Probe("Нет ни одного ключа ВКонтакте.", tuple(findings))
    return Probe(dead[0] if dead else "", tuple(findings))


OPEN = "открыть сообщество"
READ = "читать записи и комментарии"
VITAL = {OPEN}


def _community(session: Session) -> Iterator[Finding]:
    api = session.community
    if api is None:
        yield Finding(OPEN, "Нет ключа сообщества.", NEW_KEY)
        return
    group = session.settings.group_id
    yield _tried(OPEN, lambda: _own(api, group), NEW_KEY)
    try:
        granted = groups.permissions(api)
    except ServiceError as error:
        yield Finding("узнать права ключа сообщества", str(error), NEW_KEY)
        return
    for name, right in RIGHTS.items():
        missing = "" if name in granted else f"У ключа сообщества нет права «{name}»."
        mend = f"Создайте новый ключ с этим правом: «{KEYS}»." if missing else ""
        yield Finding(right, missing, mend)


def _own(api: VkApi, group_id: int) -> None:
    """The key must be of this very community."""
    if groups.community(api)["id"] != group_id:
        raise ServiceError("Ключ принадлежит другому сообществу: проверьте номер сообщества.")
    groups.callback_servers(api, group_id)


def _service(session: Session) -> Iterator[Finding]:
    api = session.reader
    if api is None:
        yield Finding(READ, "Нет сервисного ключа: пропущенное не перечитывается.", SERVICE)
        return
    yield _tried(READ, lambda: wall.posts(api, session.settings.owner_id, count=1), SERVICE)


def _user(session: Session) -> Iterator[Finding]:
    api, group = session.user, session.settings.group_id
    if api is None:
        yield Finding("размещать фотографии", "Нет ключа пользователя.", USER)
        yield Finding("читать охват записей", "Нет ключа пользователя.", USER)
        return
    place = {"group_id": group}
    yield _tried(
        "размещать фотографии", lambda: api.call("photos.getWallUploadServer", place), USER
    )
    reach = [1]
    yield _tried(
        "читать охват записей", lambda: stats.reach(api, session.settings.owner_id, reach), USER
    )


def _events(session: Session, secret_given: bool) -> Iterator[Finding]:
    api, group = session.community, session.settings.group_id
    if api is None:
        return
    if not session.settings.by_webhook:
        mend = (
            "Программа включит его сама при первом чтении; если нет — в сообществе включите "
            "«Управление → Работа с API → Long Poll API»."
        )
        yield _tried("забирать события (Long Poll)", lambda: _long_poll(api, group), mend)
        return
    right = "получать события сразу (Callback API)"
    if not secret_given:
        yield Finding(
            right,
            "Не задан секретный ключ: события не принимаются.",
            f"Придумайте его и впишите в настройки канала ({CALLBACK_SECRET}).",
        )
        return
    mend = "Нажмите «Подключить приём событий» на странице канала ещё раз."
    yield _tried(right, lambda: _server_works(api, group), mend)


def _long_poll(api: VkApi, group_id: int) -> None:
    groups.long_poll_server(api, group_id)


def _server_works(api: VkApi, group_id: int) -> None:
    servers = groups.callback_servers(api, group_id)
    if not any(each.get("status") == "ok" for each in servers):
        raise ServiceError("Ни один адрес для событий не подтверждён.")


def _tried(right: str, ask: Callable[[], object], mend: str) -> Finding:
    try:
        ask()
    except ServiceError as error:
        return Finding(right, str(error), mend)
    return Finding(right)
