"""Surveys by link and their results."""

from __future__ import annotations

from django.core import signing
from django.db.models import Avg, Count, QuerySet

from otklik.base import clock
from otklik.base.errors import NotFound
from otklik.casework.appeals.queries import visible_to
from otklik.casework.satisfaction.models import Survey
from otklik.directory.organisation.rules import Access

SALT = "otklik.satisfaction"


def token_of(survey: Survey) -> str:
    """The link's secret part: signed, so that nobody scores another's answer."""
    return signing.dumps(survey.pk, salt=SALT)


def survey_of(token: str) -> Survey:
    """A survey by its link; NotFound when forged or too old."""
    try:
        pk = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        raise NotFound("Ссылка неверна.", "Откройте её из письма целиком.") from None
    survey = Survey.objects.select_related("appeal").filter(pk=pk).first()
    if survey is None:
        raise NotFound("Такой ссылки нет.", "Откройте её из письма целиком.")
    if survey.answered_at is None and survey.expires_at < clock.now():
        raise NotFound("Срок оценки истёк.", "Если вопрос не решён, подайте новое обращение.")
    return survey


def survey_for(appeal_id: int) -> Survey | None:
    """The newest unanswered survey of a case."""
    return (
        Survey.objects.filter(
            appeal_id=appeal_id, answered_at__isnull=True, expires_at__gte=clock.now()
        )
        .order_by("-asked_at")
        .first()
    )


def scores_of(appeal_id: int) -> QuerySet[Survey]:
    return Survey.objects.filter(appeal_id=appeal_id).order_by("asked_at")


def average(access: Access) -> dict[str, float | int | None]:
    """Mean score and number of scores over the visible cases."""
    return (
        visible_to(access)
        .filter(score__isnull=False)
        .aggregate(mean=Avg("score"), scores=Count("pk"))
    )
