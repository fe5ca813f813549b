"""What the words of another system's export say about the state of a message."""

from __future__ import annotations

import re

from otklik.casework.appeals.vocabulary import Channel, Status

_CLOSED = (
    (re.compile(r"перенаправ|по компетенции|передан[оа]? в друг"), Status.FORWARDED),
    (re.compile(r"отклон|отказ|спам|не подлежит|без ответа"), Status.LEFT),
    (re.compile(r"прекращ|отозван"), Status.WITHDRAWN),
    (
        re.compile(
            r"^(?!.*(?:не решен|не исполн|не закр|не выполн|соглас|утвержд))"
            r".*(?:ответ дан|дан ответ|отвечено|опубликован|реш[её]н|"
            r"исполнено|закрыт|выполнен|заверш)"
        ),
        Status.ANSWERED,
    ),
)
_CHANNELS = (
    (re.compile(r"вконтакте|(?<!\w)вк(?!\w)|vk"), Channel.VK),
    (re.compile(r"одноклассник|(?<!\w)ок(?!\w)|ok\.ru"), Channel.OK),
    (re.compile(r"телеграм|telegram|(?<!\w)тг(?!\w)"), Channel.TELEGRAM),
    (re.compile(r"(?<!\w)max(?!\w)|(?<!\w)макс(?!\w)"), Channel.MAX),
    (re.compile(r"решаем вместе|(?<!\w)пос(?!\w)|госуслуг"), Channel.POS),
    (re.compile(r"инцидент"), Channel.INCIDENT),
    (re.compile(r"почт|e-?mail"), Channel.EMAIL),
    (re.compile(r"122|телефон|звонок|горячая линия"), Channel.HOTLINE122),
    (re.compile(r"при[её]м"), Channel.RECEPTION),
    (re.compile(r"письм|бумаж"), Channel.PAPER),
    (re.compile(r"сайт|портал"), Channel.PORTAL),
)
_YES = ("да", "1", "true", "истина", "yes", "+")
_NO = ("нет", "0", "false", "ложь", "no", "-")


def closing_status(words: str) -> Status | None:
    """The status that ends the case in another system's words; None while it is in work."""
    text = words.casefold()
    return next((status for pattern, status in _CLOSED if pattern.search(text)), None)


def channel_of(words: str) -> Channel | None:
    """The channel named in a cell, None when it names none that is known."""
    text = words.casefold()
    return next((channel for pattern, channel in _CHANNELS if pattern.search(text)), None)


def yes_or_no(words: str) -> bool | None:
    """«да» and its like, «нет» and its like, None for anything else."""
    text = words.strip().casefold()
    return True if text in _YES else False if text in _NO else None
