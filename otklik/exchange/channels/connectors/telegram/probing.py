"""What the bot may and may not do, each right with what to click on the other side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from otklik.base import clock
from otklik.exchange.channels.connectors.base import AccountCard, Finding, Probe
from otklik.exchange.channels.connectors.telegram.settings import settings_of
from otklik.exchange.vendors.http import ServiceError
from otklik.exchange.vendors.telegram.client import Telegram
from otklik.exchange.vendors.telegram.errors import BadRequest, Forbidden

FRESH = timedelta(hours=1)
WAITING = "pending_update_count"
ASK_BOTFATHER = (
    "Откройте @BotFather, /mybots → бот → API Token, скопируйте токен и впишите его здесь."
)
ADD_TO_CHANNEL = (
    "В канале: Управление каналом → Администраторы → Добавить администратора → найдите бота "
    "и оставьте право «Публикация сообщений»."
)
ADD_TO_GROUP = (
    "В группе обсуждения: название группы → Администраторы → Добавить администратора → "
    "найдите бота. Без этого он не видит комментариев."
)
LINK_GROUP = (
    "В канале: Управление каналом → Обсуждение → создайте или выберите группу. "
    "Без неё под публикациями нет комментариев."
)


def probe(bot: Telegram, card: AccountCard) -> Probe:
    """Nothing is sent to anybody. A dead token is a problem of the whole account."""
    me = "войти с токеном бота"
    try:
        known = bot.get_me()
    except ServiceError as error:
        return Probe(str(error), (Finding(me, str(error), ASK_BOTFATHER),))
    findings = [Finding(me), *_hook(bot, card)]
    channel = settings_of(card).channel
    if channel:
        findings += _channel(bot, channel, int(known["id"]))
    return Probe(findings=tuple(findings))


def _hook(bot: Telegram, card: AccountCard) -> Iterator[Finding]:
    """Whether Telegram delivers in the way the settings say."""
    by_webhook = settings_of(card).by_webhook
    right = "получать события сразу" if by_webhook else "забирать сообщения опросом"
    try:
        info = bot.get_webhook_info()
    except ServiceError as error:
        yield Finding(right, str(error))
        return
    connect = "Нажмите «Подключить приём событий»."
    if by_webhook and not info.get("url"):
        yield Finding(right, "Telegram не знает адреса этой установки.", connect)
    elif by_webhook and (undelivered := undelivered_now(info, clock.now())):
        problem = f"Telegram не может доставить события: {undelivered}"
        mend = "Проверьте, что адрес установки открыт снаружи по https с действующим сертификатом."
        yield Finding(right, problem, mend)
    elif not by_webhook and info.get("url"):
        problem = "У бота включён вебхук, поэтому опрос ничего не получает."
        mend = f"{connect} Или отключите программу, которая пользуется ботом сейчас."
        yield Finding(right, problem, mend)
    else:
        yield Finding(right)


def undelivered_now(info: Mapping[str, Any], now: datetime) -> str:
    """Telegram's own words while events wait because of a fresh error; it tells old errors too."""
    fresh = now.timestamp() - info.get("last_error_date", 0) < FRESH.total_seconds()
    return str(info.get("last_error_message", "")) if fresh and info.get(WAITING) else ""


def _channel(bot: Telegram, channel: str, bot_id: int) -> Iterator[Finding]:
    chat = channel if channel.startswith("@") else int(channel)
    seen = f"видеть канал {channel}"
    try:
        about = bot.get_chat(chat)
    except (BadRequest, Forbidden) as error:
        yield Finding(seen, str(error), ADD_TO_CHANNEL)
        return
    except ServiceError as error:
        yield Finding(seen, str(error))
        return
    yield Finding(seen)
    may = "публиковать в канале"
    rights = _rights(bot, chat, bot_id)
    yield (
        Finding(may)
        if rights.get("can_post_messages")
        else Finding(may, "Бот не администратор канала или без права публикации.", ADD_TO_CHANNEL)
    )
    comments = "читать комментарии под публикациями"
    group = about.get("linked_chat_id")
    if group is None:
        yield Finding(comments, "У канала нет группы обсуждения.", LINK_GROUP)
    elif _rights(bot, group, bot_id).get("status") in ("administrator", "creator"):
        yield Finding(comments)
    else:
        yield Finding(comments, "Бот не администратор группы обсуждения.", ADD_TO_GROUP)


def _rights(bot: Telegram, chat: int | str, bot_id: int) -> Mapping[str, Any]:
    try:
        return bot.get_chat_member(chat, bot_id)
    except ServiceError:
        return {}
