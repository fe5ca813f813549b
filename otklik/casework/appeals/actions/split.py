"""Splitting a case into questions, each with its own topic and place."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max, QuerySet

from otklik.base.errors import NotFound, Refused
from otklik.casework.appeals.actions.locking import locked, save
from otklik.casework.appeals.events import QuestionAdded, QuestionDropped
from otklik.casework.appeals.models import Appeal, Question
from otklik.casework.appeals.queries import covering_body
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.directory.territory.models import Settlement
from otklik.directory.topics.models import Topic
from otklik.records.journal.actions import record

MOST_QUESTIONS = 50
MAX_TEXT = 4000
SAID = 120


@transaction.atomic
def add_question(
    *,
    access: Access,
    appeal_id: int,
    text: str,
    topic_id: int | None = None,
    settlement_id: int | None = None,
    place: str = "",
) -> Question:
    """Take one more question out of an open case. (ust-kubinsky 3.1.г)

    Raises Forbidden; NotFound for a topic or a settlement of elsewhere; Refused for a closed case
    or an empty text.
    """
    appeal, access = _open_case(access, appeal_id)
    text = text.replace("\x00", "").strip()
    if not text:
        raise Refused("Не сказано, о чём вопрос.", "Напишите суть вопроса одним предложением.")
    if len(text) > MAX_TEXT:
        raise Refused("Текст вопроса длиннее 4000 знаков.", "Оставьте суть.")
    if topic_id is not None and not _topics(appeal).filter(pk=topic_id).exists():
        raise NotFound("Такой темы нет.", "Выберите тему из списка.")
    here = Settlement.objects.filter(municipality_id=appeal.municipality_id)
    if settlement_id is not None and not here.filter(pk=settlement_id).exists():
        raise NotFound("Такого населённого пункта нет.", "Выберите место из списка.")
    last = Question.objects.filter(appeal=appeal).aggregate(top=Max("number"))["top"] or 0
    if last >= MOST_QUESTIONS:
        raise Refused("В обращении уже 50 вопросов.", "Объедините близкие вопросы.")
    question = Question.objects.create(
        appeal=appeal,
        number=last + 1,
        text=text,
        topic_id=topic_id,
        settlement_id=settlement_id or appeal.settlement_id,
        place=place.strip()[:500] or appeal.place,
    )
    save(appeal)
    record(
        QuestionAdded(
            subject_id=appeal.pk, case_id=appeal.pk, question=question.number, text=text[:SAID]
        ),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
    return question


@transaction.atomic
def drop_question(*, access: Access, appeal_id: int, number: int) -> None:
    """Take back the last question, while nobody has been given it; the first one always stays."""
    appeal, access = _open_case(access, appeal_id)
    question = Question.objects.filter(appeal=appeal).order_by("number").last()
    if question is None or question.number != number or number == 1:
        raise Refused("Убрать можно только последний из выделенных вопросов.", "Обновите страницу.")
    if question.result or question.assignments.exists():
        raise Refused("По этому вопросу уже работали.", "Снимите исполнителя и оставьте вопрос.")
    question.delete()
    save(appeal)
    record(
        QuestionDropped(subject_id=appeal.pk, case_id=appeal.pk, question=number),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )


def _open_case(access: Access, appeal_id: int) -> tuple[Appeal, Access]:
    appeal = locked(access, appeal_id)
    access = access.require(
        Permission.CLASSIFY, body_id=covering_body(access, appeal), channel=appeal.channel
    )
    if not appeal.is_open:
        raise Refused("Обращение уже закрыто.", "Возобновите его, если вопрос остался.")
    return appeal, access


def _topics(appeal: Appeal) -> QuerySet[Topic]:
    own = Topic.objects.filter(edition__municipality_id=appeal.municipality_id)
    return own | Topic.objects.filter(edition__municipality__isnull=True)
