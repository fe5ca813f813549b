"""Words of rules that act by themselves, and of fast-track mechanisms."""

from __future__ import annotations

from django.db import models


class Fact(models.TextChoices):
    """What a condition looks at."""

    CHANNEL = "channel", "канал"
    TOPIC = "topic", "тема"
    GROUP = "group", "группа тем"
    SETTLEMENT = "settlement", "населённый пункт"
    STREET = "street", "улица"
    TERRITORY = "territory", "территория органа"
    WORDS = "words", "слова"
    PHRASE = "phrase", "выражение"
    AUTHOR = "author", "кто пишет"
    BODY = "body", "исполнитель"
    HOURS = "hours", "часы"
    WEEKDAYS = "weekdays", "дни недели"
    MONTHS = "months", "месяцы"


class Mode(models.TextChoices):
    ALL = "all", "все условия сразу"
    ANY = "any", "хотя бы одно условие"


class RuleState(models.TextChoices):
    OFF = "off", "выключено"
    ON = "on", "действует"


class Outcome(models.TextChoices):
    DONE = "done", "сделано"
    SKIPPED = "skipped", "не применено"


class AnswerMode(models.TextChoices):
    """How far a ready answer goes by itself; the centre sets the furthest."""

    DRAFT = "draft", "положить черновиком"
    APPROVAL = "approval", "отправить на согласование"
    SEND = "send", "отправить заявителю"


class Platform(models.TextChoices):
    """Where a rule has to be entered by hand."""

    POS = "pos", "ПОС"
    INCIDENT = "incident", "Инцидент менеджмент"


class MirrorState(models.TextChoices):
    TO_ENTER = "to_enter", "внести"
    ENTERED = "entered", "внесено"
    STALE = "stale", "внести заново"
    REMOVED = "removed", "снято"


class MechanismState(models.TextChoices):
    DRAFT = "draft", "черновик"
    AGREEING = "agreeing", "на согласовании"
    RETURNED = "returned", "возвращён"
    APPROVED = "approved", "утверждён"
    ON = "on", "действует"
    OFF = "off", "выключен"


MONTH_NAMES = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
DAY_NAMES = (
    "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье",
)  # fmt: skip
