"""Which rights the keys really have, each by a question that changes nothing; and the mend."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from otklik.exchange.channels.connectors.base import Finding, Probe
from otklik.exchange.channels.connectors.ok.session import Session
from otklik.exchange.vendors.http import ServiceError
from otklik.exchange.vendors.ok import topics
from otklik.exchange.vendors.ok.bot import OkBot
from otklik.exchange.vendors.ok.client import OkApi

OPEN = "открыть группу"
BOT = "читать сообщения группы и отвечать на них"
APPLICATION = (
    "Создайте приложение на ok.ru/vitrine/myuploaded, получите в нём вечный ключ доступа "
    "и впишите ключи в настройки канала."
)
CONTENT = "Попросите у api-support@ok.ru право GROUP_CONTENT для приложения."
PHOTOS = "Попросите у api-support@ok.ru право PHOTO_CONTENT для приложения."
STATISTICS = "Ключ должен принадлежать администратору группы, у приложения — право VALUABLE_ACCESS."
BOT_KEY = (
    "В группе откройте «Настройки» → «Сообщения» → «Получить ключ доступа» и впишите его "
    "в настройки канала. Новый ключ отключает прежний."
)


def examine(session: Session) -> Probe:
    if session.rest is None and session.bot is None:
        return Probe("Нет ни одного ключа Одноклассников.", (Finding(OPEN, "", APPLICATION),))
    findings = [*_application(session), *_bot(session)]
    vital = [each.problem for each in findings if each.problem and each.right in (OPEN, BOT)]
    asked = sum(each.right in (OPEN, BOT) for each in findings)
    # Comments and messages work apart: the account is broken when nothing of it works.
    return Probe(vital[0] if vital and len(vital) == asked else "", tuple(findings))


def _application(session: Session) -> Iterator[Finding]:
    api, group = session.rest, session.settings.group_id
    if api is None:
        yield Finding("читать комментарии", "Нет ключей приложения.", APPLICATION)
        return
    yield _tried(OPEN, lambda: _exists(api, group), APPLICATION)
    yield _tried("читать публикации и комментарии", lambda: _read(api, group), CONTENT)
    place = {"gid": group, "count": 1}
    yield _tried("размещать фотографии", lambda: api.call("photosV2.getUploadUrl", place), PHOTOS)
    yield _tried("читать охват публикаций", lambda: _reach(api, group), STATISTICS)


def _bot(session: Session) -> Iterator[Finding]:
    bot = session.bot
    if bot is None:
        yield Finding("читать сообщения группы", "Нет ключа доступа к сообщениям.", BOT_KEY)
        return
    yield _tried(BOT, lambda: _own(bot, session.settings.group_id), BOT_KEY)
    if session.settings.by_webhook:
        mend = "Нажмите «Подключить приём событий» на странице канала."
        yield _tried("получать сообщения сразу", lambda: _subscribed(bot), mend)


def _exists(api: OkApi, group_id: str) -> None:
    if not topics.group(api, group_id):
        raise ServiceError("Группы с таким номером нет: проверьте номер группы.")


def _read(api: OkApi, group_id: str) -> None:
    found = topics.recent(api, group_id, count=1).items
    topics.by_ids(api, [each["id"] for each in found])


def _reach(api: OkApi, group_id: str) -> None:
    for each in topics.recent(api, group_id, count=1).items:
        topics.reach(api, each["id"])


def _own(bot: OkBot, group_id: str) -> None:
    told = str(bot.me().get("group_id", ""))
    if told.rpartition(":")[2] != group_id:
        raise ServiceError("Ключ сообщений принадлежит другой группе: проверьте номер группы.")


def _subscribed(bot: OkBot) -> None:
    if not bot.subscriptions():
        raise ServiceError("Одноклассники не знают адреса для событий.")


def _tried(right: str, ask: Callable[[], object], mend: str) -> Finding:
    try:
        ask()
    except ServiceError as error:
        return Finding(right, str(error), mend)
    return Finding(right)
