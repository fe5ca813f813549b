"""Words of the law's decisions: what may be decided, and where a decision stands."""

from __future__ import annotations

from django.db import models


class Verb(models.TextChoices):
    """What a ground lets one do with a case."""

    FORWARD = "forward", "направить по компетенции"
    RETURN = "return", "вернуть автору"
    LEAVE = "leave", "оставить без ответа"
    STOP = "stop", "прекратить переписку"
    SITE_LINK = "site_link", "ответить ссылкой на сайт"
    WITHDRAW = "withdraw", "прекратить по заявлению"
    MATERIALS = "materials", "приобщить материалы"
    READ_FILE = "read_file", "ознакомить с материалами"
    REQUEST = "request", "запросить документы"
    RESUME = "resume", "возобновить рассмотрение"


CLOSING = (Verb.FORWARD, Verb.RETURN, Verb.LEAVE, Verb.STOP, Verb.SITE_LINK, Verb.WITHDRAW)
"""Verbs that end the work of the centre on a case, or on some of its questions."""

OF_MESSAGES = (Verb.WITHDRAW, Verb.MATERIALS)
"""Verbs that also fit a сообщение: they rest on the citizen's own will."""


class Check(models.TextChoices):
    """What must be true of the case besides a reason; named by a ground, written in `rules`."""

    NONE = "", "только причина"
    ADDRESSEES = "addressees", "не тот, кого обжалуют"
    NO_ADDRESSEE = "no_addressee", "не осталось адресата"
    ANONYMOUS = "anonymous", "нет фамилии или адреса"
    COURT = "court", "назван судебный акт"
    REPEATED = "repeated", "неоднократные ответы"
    SITE = "site", "есть адрес страницы"
    CLOSED = "closed", "решение уже принято"


class Kinship(models.TextChoices):
    REPEAT = "repeat", "повторное"
    DUPLICATE = "duplicate", "дубликат"


LEAST_COUNT = 3
"""From which case on one question the usual practice calls it a multiple one."""


class EmailPractice(models.TextChoices):
    """What becomes of plain e-mail, which files no обращение since 30.03.2025."""

    MESSAGE = "message", "регистрировать как сообщение"
    EXPLAIN = "explain", "регистрировать как сообщение и отвечать по шаблону, как подать обращение"
