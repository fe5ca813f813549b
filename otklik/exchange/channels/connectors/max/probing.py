"""What the bot may and may not do, each right with what to click on the other side."""

from __future__ import annotations

from collections.abc import Iterator

from otklik.exchange.channels.connectors.base import AccountCard, Finding, Probe
from otklik.exchange.channels.connectors.max.settings import settings_of
from otklik.exchange.vendors.http import BadCertificate, ServiceError
from otklik.exchange.vendors.max.client import Max
from otklik.exchange.vendors.max.errors import Forbidden, NotFound

ASK_CABINET = (
    "Откройте кабинет business.max.ru → «Чат-боты» → бот → «Интеграция» → «Получить токен», "
    "скопируйте токен и впишите его здесь."
)
ASK_ROOT = (
    "Скачайте корневой сертификат Минцифры на gosuslugi.ru/crypto, положите файл на сервер и "
    "впишите путь к нему в поле «Файл корневого сертификата»."
)
ADD_TO_CHANNEL = (
    "В канале: название канала → «Администраторы» → «Добавить» → найдите бота и включите право {}."
)
CONNECT = "Нажмите «Подключить приём событий»."
RIGHTS = (
    ("write", "публиковать и отвечать в канале", "«Писать»"),
    ("read_all_messages", "читать комментарии под публикациями", "«Читать все сообщения»"),
    ("view_stats", "читать статистику публикаций", "«Смотреть статистику»"),
)


def probe(bot: Max, card: AccountCard) -> Probe:
    """Nothing is sent to anybody. A dead token is a problem of the whole account."""
    me = "войти с токеном бота"
    try:
        bot.me()
    except BadCertificate as error:
        return Probe(str(error), (Finding(me, str(error), ASK_ROOT),))
    except ServiceError as error:
        return Probe(str(error), (Finding(me, str(error), ASK_CABINET),))
    findings = [Finding(me), *_hook(bot, card)]
    channel = settings_of(card).channel
    findings += _channel(bot, channel) if channel else _channels(bot)
    return Probe(findings=tuple(findings))


def _hook(bot: Max, card: AccountCard) -> Iterator[Finding]:
    """Whether MAX delivers in the way the settings say: polling is silent beside a webhook."""
    by_webhook = settings_of(card).by_webhook
    right = "получать события сразу" if by_webhook else "забирать сообщения опросом"
    try:
        subscribed = bool(bot.subscriptions())
    except ServiceError as error:
        yield Finding(right, str(error))
        return
    if by_webhook and not subscribed:
        yield Finding(right, "MAX не знает адреса этой установки.", CONNECT)
    elif subscribed and not by_webhook:
        problem = "У бота включён вебхук: опрос молча не получает ничего."
        mend = f"{CONNECT} Или отключите программу, которая пользуется ботом сейчас."
        yield Finding(right, problem, mend)
    else:
        yield Finding(right)


def _channel(bot: Max, channel: int) -> Iterator[Finding]:
    seen = f"видеть канал {channel}"
    try:
        about, membership = bot.chat(channel), bot.membership(channel)
    except (NotFound, Forbidden) as error:
        yield Finding(seen, str(error), ADD_TO_CHANNEL.format("«Писать»"))
        return
    except ServiceError as error:
        yield Finding(seen, str(error))
        return
    yield Finding(f"видеть канал «{about.get('title') or channel}»")
    granted = membership.get("permissions") or ()
    for permission, right, switch in RIGHTS:
        if permission in granted:
            yield Finding(right)
        else:
            problem = "Бот не администратор канала или без этого права."
            yield Finding(right, problem, ADD_TO_CHANNEL.format(switch))


def _channels(bot: Max) -> Iterator[Finding]:
    """Numbers of the channels the bot is in, for the field of settings."""
    try:
        chats, _ = bot.chats()
    except ServiceError as error:
        yield Finding("видеть каналы и чаты", str(error))
        return
    for each in chats:
        if each["type"] == "channel":
            yield Finding(f"видеть канал «{each['title']}», его номер {each['chat_id']}")
