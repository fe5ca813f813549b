"""Words of answers."""

from __future__ import annotations

from django.db import models


class ReplyStatus(models.TextChoices):
    DRAFT = "draft", "черновик"
    ON_APPROVAL = "on_approval", "на согласовании"
    RETURNED = "returned", "возвращён на доработку"
    SIGNED = "signed", "подписан"
    SENDING = "sending", "отправляется"
    SENT = "sent", "отправлен"
    FAILED = "failed", "не доставлен"
    CANCELLED = "cancelled", "отменён"


class ReturnReason(models.TextChoices):
    """Why a draft goes back (dedovichi 13; unified criteria for returning answers)."""

    OFF_POINT = "off_point", "ответ не по существу"
    NOT_ALL = "not_all", "даны ответы не на все вопросы"
    NO_DATES = "no_dates", "не названы сроки"
    NO_PROOF = "no_proof", "нет подтверждения (фото, акт)"
    HEAVY = "heavy", "тяжёлый канцелярский язык"
    LAW_ONLY = "law_only", "ссылки на законы вместо решения"
    CONTRADICTS = "contradicts", "противоречит прежнему ответу"
    PERSONAL = "personal", "раскрыты персональные данные"
    RUDE = "rude", "неуместный тон"
    OTHER = "other", "иное"


class ProposalKind(models.TextChoices):
    """What an executor sends to the head besides an answer (ust-kubinsky 4.9.б, 4.9.г)."""

    PROPOSAL = "proposal", "письменное предложение"
    ACT = "act", "проект правового акта"


class ProposalStatus(models.TextChoices):
    DRAFT = "draft", "черновик"
    ON_DECISION = "on_decision", "на решении руководителя"
    RETURNED = "returned", "возвращено на доработку"
    APPROVED = "approved", "одобрено"
    REJECTED = "rejected", "отклонено"


class ActStage(models.TextChoices):
    """Where a drafted act stands after the head has approved it."""

    AGREEING = "agreeing", "на согласовании в администрации"
    EXPERTISE = "expertise", "на антикоррупционной экспертизе"
    ADOPTED = "adopted", "принят"
    PUBLISHED = "published", "опубликован"
    DROPPED = "dropped", "снят с рассмотрения"
