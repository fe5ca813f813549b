"""Asking for a score and taking it; a low score may bring the case back."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from otklik.base import clock
from otklik.base.actor import Actor
from otklik.base.errors import Conflict, Refused
from otklik.casework.appeals.actions import reopen
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.actions.move import count_score
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.rules.workflow import DONE
from otklik.casework.deadlines.actions import set_deadlines
from otklik.casework.replies.models import Reply
from otklik.casework.satisfaction.events import ScoreAsked, ScoreGiven
from otklik.casework.satisfaction.models import Survey
from otklik.casework.satisfaction.queries import token_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.actions import queue_message
from otklik.exchange.channels.queries import account_for
from otklik.exchange.channels.vocabulary import ChannelKind, Purpose
from otklik.records.journal.actions import record

LIFE = timedelta(days=60)
ENTERING = (Permission.REGISTER, Permission.QUALITY, Permission.CONTROL)
"""Any of these rights lets one write down what a citizen said of an answer."""


@transaction.atomic
def ask(*, reply_id: int) -> Survey:
    """Ask the citizen once per answer; by mail where an address is known, else on his page."""
    reply = Reply.objects.select_related("appeal__applicant", "appeal__municipality").get(
        pk=reply_id
    )
    survey, created = Survey.objects.get_or_create(
        reply_id=reply.pk,
        defaults={
            "appeal": reply.appeal,
            "token_hash": f"reply:{reply.pk}",
            "asked_at": clock.now(),
            "expires_at": clock.now() + LIFE,
        },
    )
    if created:
        _invite(survey, reply.appeal)
        record(
            ScoreAsked(subject_id=survey.pk, case_id=reply.appeal_id),
            actor=Actor.system(),
            municipality_id=reply.appeal.municipality_id,
        )
    return survey


@transaction.atomic
def rate(*, survey_id: int, score: int, comment: str = "", wants_reopening: bool = False) -> Survey:
    """Take a score of 1–5, once. With a score of 1–3 the citizen may ask to look again.

    Raises Refused for a score out of range, Conflict when already scored.
    """
    if score not in range(1, 6):
        raise Refused("Оценка — от 1 до 5.", "Выберите одну из пяти оценок.")
    survey = Survey.objects.select_for_update().select_related("appeal").get(pk=survey_id)
    if survey.answered_at is not None:
        raise Conflict("Вы уже оценили этот ответ.", "Спасибо! Повторная оценка не нужна.")
    _take(survey, score, comment, wants_reopening, Actor.citizen())
    return survey


@transaction.atomic
def enter_score(
    *,
    access: Access,
    appeal_id: int,
    score: int,
    comment: str = "",
    wants_reopening: bool = False,
) -> Survey:
    """Write down a score the citizen gave by phone or in person (ust-kubinsky:3.1.e).

    Raises Forbidden for those who neither register nor check quality, Refused before the answer or
    for a score out of range, Conflict when the answer has a score already.
    """
    appeal = locked(access, appeal_id)
    if not any(
        access.allows(right, body_id=appeal.executor_body_id, channel=appeal.channel)
        for right in ENTERING
    ):
        access.require(Permission.REGISTER, body_id=appeal.executor_body_id, channel=appeal.channel)
    access = access.under(*ENTERING, body_id=appeal.executor_body_id, channel=appeal.channel)
    if score not in range(1, 6):
        raise Refused("Оценка — от 1 до 5.", "Выберите одну из пяти оценок.")
    reply = Reply.objects.filter(appeal=appeal, sent_at__isnull=False).order_by("-sent_at").first()
    if reply is None:
        raise Refused("Ответ заявителю ещё не отправлен.", "Оценить можно только данный ответ.")
    asked = {
        "appeal": appeal,
        "token_hash": f"reply:{reply.pk}",
        "asked_at": clock.now(),
        "expires_at": clock.now() + LIFE,
    }
    survey, _ = Survey.objects.select_for_update().get_or_create(reply_id=reply.pk, defaults=asked)
    if survey.answered_at is not None:
        raise Conflict("Этот ответ уже оценён.", "Обновите карточку.")
    _take(survey, score, comment, wants_reopening, access.actor)
    return survey


def _take(survey: Survey, score: int, comment: str, wants_reopening: bool, actor: Actor) -> None:
    survey.score = score
    survey.comment = comment.replace("\x00", "").strip()[:5000]
    survey.wants_reopening = wants_reopening and score <= 3
    survey.answered_at = clock.now()
    survey.save()
    count_score(survey.appeal_id, score)
    record(
        ScoreGiven(
            subject_id=survey.pk,
            case_id=survey.appeal_id,
            score=score,
            wants_reopening=survey.wants_reopening,
            by_staff=actor.kind == "person",
        ),
        actor=actor,
        municipality_id=survey.appeal.municipality_id,
    )
    if survey.wants_reopening:
        _reopen(survey)


def _reopen(survey: Survey) -> None:
    appeal = Appeal.objects.get(pk=survey.appeal_id)
    if appeal.status not in DONE:
        return
    access = Access.system(appeal.municipality_id)
    reason = f"заявитель оценил ответ на {survey.score} и просит вернуться к вопросу"
    again = reopen(access=access, appeal_id=appeal.pk, reason=reason)
    set_deadlines(appeal=again)


def _invite(survey: Survey, appeal: Appeal) -> None:
    address = appeal.reply_address or appeal.applicant.email
    if "@" not in address or account_for(appeal.municipality_id, ChannelKind.EMAIL) is None:
        return
    url = f"{settings.PUBLIC_URL}/rate/{token_of(survey)}/"
    queue_message(
        municipality_id=appeal.municipality_id,
        actor=Actor.system(),
        channel=ChannelKind.EMAIL,
        purpose=Purpose.SURVEY,
        recipient=address,
        subject=f"Оцените ответ на обращение № {appeal.number}",
        text=(
            f"Здравствуйте!\n\nМы ответили на ваше обращение № {appeal.number}. "
            f"Оцените, пожалуйста, ответ, это займёт полминуты:\n{url}\n\n"
            "Если вопрос не решён, там же можно попросить вернуться к нему."
        ),
        case_id=appeal.pk,
        key=f"survey:{survey.pk}",
    )
