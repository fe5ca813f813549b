"""Words of the exchange with the outer world."""

from __future__ import annotations

from django.db import models


class ChannelKind(models.TextChoices):
    POS = "pos", "ПОС"
    INCIDENT = "incident", "Инцидент менеджмент"
    HOTLINE122 = "hotline122", "122 и телефон"
    EMAIL = "email", "Почта"
    VK = "vk", "ВКонтакте"
    OK = "ok", "Одноклассники"
    TELEGRAM = "telegram", "Telegram"
    MAX = "max", "MAX"
    PORTAL = "portal", "Сайт"
    PAPER = "paper", "Письмо"
    RECEPTION = "reception", "Личный приём"
    ACTIVE_CITIZEN = "active_citizen", "Активный гражданин"
    OPEN311 = "open311", "Open311"
    OTHER = "other", "Другое"


# Kinds that came with a connector from outside this package: kind → Russian name.
_ADDED: dict[str, str] = {}


def add_channel(kind: str, label: str) -> None:
    """Make a kind of channel known that is not in the list above."""
    _ADDED[kind] = label


def channel_label(kind: str) -> str:
    """How a kind of channel is called, one from outside too."""
    if kind in ChannelKind.values:
        return str(ChannelKind(kind).label)
    return _ADDED.get(kind, kind)


class InboundKind(models.TextChoices):
    LETTER = "letter", "письмо"
    FORM = "form", "заявка с сайта"
    ROW = "row", "строка выгрузки"
    CALL = "call", "звонок"
    COMMENT = "comment", "комментарий"
    POST = "post", "публикация"
    DIRECT = "direct", "личное сообщение"


class Disposition(models.TextChoices):
    """What was made of a message that came. Only ACCEPTED ones become cases."""

    ACCEPTED = "accepted", "принято"
    AUTOMATIC = "automatic", "автоматическое, без обращения"
    BOUNCE = "bounce", "отчёт о недоставке"
    ECHO = "echo", "наше собственное сообщение"
    OLDER = "older", "прежняя редакция, пришла позже"
    UNREADABLE = "unreadable", "не удалось разобрать, нужен человек"


class OutboundState(models.TextChoices):
    """Where a message of ours stands. A time-out is UNCONFIRMED, never FAILED."""

    HELD = "held", "ждёт отправки, можно отменить"
    QUEUED = "queued", "в очереди"
    SENDING = "sending", "отправляется"
    TO_CARRY = "to_carry", "разместить вручную"
    SENT = "sent", "отправлено"
    DELIVERED = "delivered", "доставлено"
    FAILED = "failed", "не доставлено"
    UNCONFIRMED = "unconfirmed", "доставка не подтверждена"
    CANCELLED = "cancelled", "отменено"


WAITING_STATES = (OutboundState.HELD, OutboundState.QUEUED)
TROUBLED_STATES = (OutboundState.FAILED, OutboundState.UNCONFIRMED)
DONE_STATES = (OutboundState.SENT, OutboundState.DELIVERED)


class Purpose(models.TextChoices):
    ANSWER = "answer", "ответ заявителю"
    RECEIPT = "receipt", "подтверждение приёма"
    SURVEY = "survey", "просьба оценить ответ"
    EXTENSION = "extension", "уведомление о продлении срока"
    TASK = "task", "поручение исполнителю"
    NOTICE = "notice", "извещение сотруднику"
    SERVICE = "service", "служебное письмо"
    DECISION = "decision", "уведомление о решении"
    FORWARDING = "forwarding", "обращение или запрос другому органу"


class Delivery(models.TextChoices):
    """How an answer reaches the citizen in a channel."""

    AUTOMATIC = "automatic", "отправляется системой"
    ON_PAGE = "on_page", "виден на странице заявителя"
    BY_FILE = "by_file", "переносится файлом ответов"
    BY_HAND = "by_hand", "передаётся сотрудником"


class Ability(models.TextChoices):
    """What a channel can do for us, as data; the page of the channel lists them."""

    READ_COMMENTS = "read_comments", "читать комментарии"
    READ_DIRECT = "read_direct", "читать личные сообщения"
    REPLY_COMMENT = "reply_comment", "отвечать на комментарии"
    REPLY_DIRECT = "reply_direct", "отвечать в личных сообщениях"
    WRITE_FIRST = "write_first", "писать первым"
    POST = "post", "размещать публикации"
    EDIT = "edit", "править размещённое"
    DELETE = "delete", "удалять размещённое"
    STATISTICS = "statistics", "читать статистику публикаций"
    HISTORY = "history", "перечитывать прошлые сообщения"
    DELETIONS = "deletions", "узнавать об удалении сообщений"
    WEBHOOK = "webhook", "получать сообщения сразу"
    POLLING = "polling", "забирать сообщения опросом"


class EventState(models.TextChoices):
    """Where an event of a webhook stands."""

    WAITING = "waiting", "ждёт разбора"
    DONE = "done", "разобрано"
    FAILED = "failed", "не разобрано, нужен человек"


class Condition(models.TextChoices):
    """How a channel is: an empty one is told from a broken one."""

    OFF = "off", "выключен"
    NEW = "new", "ещё не проверялся"
    WORKS = "works", "работает"
    EMPTY = "empty", "пусто"
    SILENT = "silent", "молчит"
    LIMITED = "limited", "не всё может"
    PAUSED = "paused", "пауза"
    BROKEN = "broken", "не работает"


class SendResult(models.TextChoices):
    SENT = "sent", "принято службой"
    DELIVERED = "delivered", "доставлено"
    TO_CARRY = "to_carry", "ждёт сотрудника"
    REFUSED = "refused", "отказано"
    POSTPONED = "postponed", "временный отказ"
    UNKNOWN = "unknown", "ответа не было"
