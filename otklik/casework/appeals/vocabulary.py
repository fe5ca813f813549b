"""Words of the case: which law it lives under, where it came from, where it stands."""

from __future__ import annotations

from django.db import models


class Regime(models.TextChoices):
    """Which procedure decides the case. LAW59 is an обращение; all others are сообщения."""

    LAW59 = "law59", "обращение (59-ФЗ)"
    POS = "pos", "сообщение ПОС"
    INCIDENT = "incident", "сообщение «Инцидент менеджмент»"
    HOTLINE = "hotline", "сообщение 122"
    SOCIAL = "social", "сообщение из соцсети"
    MAIL = "mail", "сообщение по почте"
    PORTAL = "portal", "сообщение через сайт"
    OTHER = "other", "иное сообщение"


class Channel(models.TextChoices):
    """Where the citizen wrote, and where the answer goes."""

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


class Kind(models.TextChoices):
    """Kinds of an обращение (59-ФЗ, art. 4)."""

    PROPOSAL = "proposal", "предложение"
    STATEMENT = "statement", "заявление"
    COMPLAINT = "complaint", "жалоба"
    THANKS = "thanks", "благодарность"
    OTHER = "other", "иное"


class Status(models.TextChoices):
    RECEIVED = "received", "поступило"
    REGISTERED = "registered", "зарегистрировано"
    ASSIGNED = "assigned", "у исполнителя"
    ON_APPROVAL = "on_approval", "ответ на согласовании"
    APPROVED = "approved", "ответ согласован"
    ANSWERED = "answered", "ответ дан"
    FORWARDED = "forwarded", "направлено по компетенции"
    LEFT = "left", "оставлено без ответа"
    WITHDRAWN = "withdrawn", "прекращено по заявлению"


OPEN_STATUSES = (
    Status.RECEIVED,
    Status.REGISTERED,
    Status.ASSIGNED,
    Status.ON_APPROVAL,
    Status.APPROVED,
)


class Result(models.TextChoices):
    """The result of one question; maps onto the statuses of ССТУ.РФ."""

    SUPPORTED = "supported", "поддержано"
    EXPLAINED = "explained", "разъяснено"
    NOT_SUPPORTED = "not_supported", "не поддержано"
    TRANSFERRED = "transferred", "направлено по компетенции"
    LEFT = "left", "оставлено без ответа"


class Repetition(models.TextChoices):
    """What a case is to earlier ones of its author, by the centre's own definitions."""

    REPEAT = "repeat", "повторное"
    DUPLICATE = "duplicate", "дубликат"
    MULTIPLE = "multiple", "многократное"


class Priority(models.TextChoices):
    NORMAL = "normal", "обычная"
    HIGH = "high", "повышенная"


class AssignmentRole(models.TextChoices):
    MAIN = "main", "исполнитель"
    CO = "co", "соисполнитель"


class ApplicantKind(models.TextChoices):
    """Who writes, as the regulations tell people apart (pereslavl:1.2.a, novoduginsky:1.2.a)."""

    CITIZEN = "citizen", "гражданин"
    ABROAD = "abroad", "гражданин, живущий за рубежом"
    FOREIGNER = "foreigner", "иностранный гражданин"
    STATELESS = "stateless", "лицо без гражданства"
    ORGANISATION = "organisation", "организация"
    COLLECTIVE = "collective", "коллективное"
    ANONYMOUS = "anonymous", "без имени"
