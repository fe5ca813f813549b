"""Words of the organisation: permissions, their reach, kinds of bodies."""

from __future__ import annotations

from django.db import models


class Permission(models.TextChoices):
    """Every right there is. A role is a named set of these (see RoleGrant)."""

    VIEW_APPEALS = "view_appeals", "видеть обращения"
    VIEW_PERSONAL = "view_personal", "видеть персональные данные заявителей"
    REGISTER = "register", "регистрировать обращения"
    IMPORT = "import", "загружать выгрузки"
    CLASSIFY = "classify", "определять тему и место"
    ASSIGN = "assign", "назначать исполнителя"
    DRAFT = "draft", "готовить проект ответа"
    APPROVE = "approve", "согласовывать ответ"
    SIGN = "sign", "подписывать ответ"
    SEND = "send", "отправлять и размещать ответ"
    EXTEND = "extend", "продлевать срок"
    CONVERT = "convert", "переводить сообщение в обращение"
    DECIDE = "decide", "принимать решения по 59-ФЗ: возврат, прекращение переписки"
    RECEIVE = "receive", "вести личный приём"
    QUALITY = "quality", "вести учёт ошибок и конфликтов"
    INSTRUCT = "instruct", "давать поручения и контролировать их"
    AUTOMATE = "automate", "вести автоправила и механизмы ускоренного решения"
    CONTROL = "control", "контролировать сроки"
    ANALYTICS = "analytics", "видеть сводный анализ и рейтинги"
    REPORT = "report", "готовить записки и отчёты"
    ORGANISE = "organise", "вести структуру, роли и назначения"
    SET_UP = "set_up", "настраивать каналы, сроки, темы"
    JOURNAL = "journal", "читать журнал действий"


CHANNEL_BOUND = frozenset(Permission) - {
    Permission.RECEIVE,
    Permission.INSTRUCT,
    Permission.AUTOMATE,
    Permission.ORGANISE,
    Permission.SET_UP,
    Permission.JOURNAL,
}
"""Rights over cases and their figures: a role limited to channels has them in these only."""


class Scope(models.TextChoices):
    """How far a permission reaches; ordered from narrow to wide."""

    OWN = "own", "назначенное лично"
    BODY = "body", "свой орган и подчинённые"
    BLOCK = "block", "свой отраслевой блок"
    MUNICIPALITY = "municipality", "весь муниципалитет"


SCOPE_ORDER = [Scope.OWN, Scope.BODY, Scope.BLOCK, Scope.MUNICIPALITY]


class MunicipalityKind(models.TextChoices):
    MUNICIPAL_OKRUG = "municipal_okrug", "муниципальный округ"
    URBAN_OKRUG = "urban_okrug", "городской округ"
    DISTRICT = "district", "муниципальный район"
    SETTLEMENT = "settlement", "поселение"


class BodyKind(models.TextChoices):
    ADMINISTRATION = "administration", "администрация"
    DEPARTMENT = "department", "структурное подразделение"
    TERRITORIAL = "territorial", "территориальный отдел"
    INSTITUTION = "institution", "учреждение"
    ENTERPRISE = "enterprise", "предприятие"
    SETTLEMENT = "settlement", "администрация поселения"
    OFFICIAL = "official", "должностное лицо"
    EXTERNAL = "external", "внешняя организация"


class BlockMembership(models.TextChoices):
    LEAD = "lead", "руководитель блока"
    MEMBER = "member", "член блока"
    PARTICIPANT = "participant", "участник взаимодействия"


class CentreForm(models.TextChoices):
    """What a regulation calls its centre."""

    COLLEGIAL = "collegial", "коллегиальный координационный орган в составе администрации"
    PROJECT_OFFICE = "project_office", "проектный офис"
    WORKING_GROUP = "working_group", "межведомственная рабочая группа"
    INSTITUTION = "institution", "учреждение, наделённое полномочиями центра"


class SecondFactor(models.TextChoices):
    """Of whom a one-time code is demanded besides the password."""

    NONE = "none", "не требуется"
    PERSONAL = "personal", "от тех, кто видит персональные данные"
    KEEPERS = "keepers", "от администраторов центра"
    ALL = "all", "от всех сотрудников"


class ActLevel(models.TextChoices):
    FEDERAL = "federal", "федеральные"
    REGIONAL = "regional", "региональные"
    CHARTER = "charter", "устав"
    MUNICIPAL = "municipal", "муниципальные"
    REGULATION = "regulation", "положение о центре"


class ChangeKind(models.TextChoices):
    APPOINT = "appoint", "назначить"
    END = "end", "прекратить назначение"
    JOIN = "join", "включить орган в блок"
    LEAVE = "leave", "исключить орган из блока"


class ChangeState(models.TextChoices):
    DRAFT = "draft", "черновик"
    APPROVED = "approved", "утверждено"
    REJECTED = "rejected", "отклонено"
