"""Recommendations, and their way to the end (tuapse:2.3.2)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, NotFound, Refused
from otklik.coordination.tasks.actions import NewTask, Owner, issue_task
from otklik.directory.organisation.queries import bodies
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.assessments.actions.common import locked, said, tell, today_at
from otklik.insight.assessments.actions.deciding import editable
from otklik.insight.assessments.events import AssessmentEdited, RecommendationFollowed
from otklik.insight.assessments.models import Recommendation
from otklik.insight.assessments.queries.seeing import advice_of, may_approve, may_follow
from otklik.insight.assessments.vocabulary import ANSWERED, OPEN_STEPS, Sort, State, Step

IN = timedelta(days=30)
_EMPTY = {"empty": "Рекомендация пуста.", "mend": "Напишите, что изменить."}


@transaction.atomic
def recommend(
    *,
    access: Access,
    assessment_id: int,
    sort: Sort,
    text: str,
    body_id: int | None = None,
    ground: str = "",
    due_on: date | None = None,
) -> Recommendation:
    """Add a recommendation to an assessment that is still being written."""
    one = editable(access, assessment_id)
    if body_id is not None and not bodies(one.municipality_id).filter(pk=body_id).exists():
        raise NotFound("Такого органа нет.", "Выберите орган из списка.")
    if due_on is not None and due_on < today_at(one.municipality_id):
        raise Refused("Срок уже прошёл.", "Назначьте день не раньше сегодняшнего.")
    found = Recommendation.objects.create(
        assessment=one,
        sort=sort,
        body_id=body_id,
        text=said(text, **_EMPTY),
        ground=ground.strip()[:500],
        due_on=due_on,
        changed_at=clock.now(),
        changed_label=access.actor.label,
    )
    tell(access.under(Permission.REPORT), one, AssessmentEdited, what="добавлена рекомендация")
    return found


@transaction.atomic
def take_back(*, access: Access, recommendation_id: int) -> None:
    """Remove a recommendation before it was sent for approval."""
    found = Recommendation.objects.filter(
        pk=recommendation_id, assessment__municipality_id=access.municipality_id
    ).first()
    if found is None:
        raise NotFound("Такой рекомендации нет.", "Обновите страницу.")
    one = editable(access, found.assessment_id)
    found.delete()
    tell(access.under(Permission.REPORT), one, AssessmentEdited, what="удалена рекомендация")


@transaction.atomic
def follow(
    *, access: Access, recommendation_id: int, step: Step, comment: str = ""
) -> Recommendation:
    """Move a published recommendation on; its end needs a word on what was done."""
    found = _published(access, recommendation_id)
    if not may_follow(access, found):
        raise Forbidden("Рекомендация дана не вам.", "Её ведёт тот, кому она дана, и руководитель.")
    if step not in (*OPEN_STEPS, *ANSWERED):
        raise Refused("Не выбрано состояние.", "Выберите его из списка.")
    if step in ANSWERED and not comment.strip():
        raise Refused("Не сказано, чем закончилось.", "Напишите одной фразой, что сделано.")
    _move(access, found, step, comment.strip())
    return found


@transaction.atomic
def give_task(
    *, access: Access, recommendation_id: int, due_on: date | None = None
) -> Recommendation:
    """Give the body a task on the recommendation (coordination.tasks); it keeps its link."""
    found = _published(access, recommendation_id)
    if not may_approve(access):
        raise Forbidden("Поручение по рекомендации даёт руководитель.", "Обратитесь к нему.")
    if found.task_id is not None:
        raise Conflict("Поручение по этой рекомендации уже дано.", "Откройте его.")
    if found.body_id is None:
        raise Refused("У рекомендации нет адресата.", "Дайте поручение на странице поручений.")
    today = today_at(access.municipality_id)
    due = due_on or found.due_on or today + IN
    new = NewTask(
        text=found.text,
        expected=found.ground,
        due_on=max(due, today),
        owner=Owner(body_id=found.body_id),
    )
    found.task = issue_task(access=access, new=new)
    found.save(update_fields=["task"])
    _move(access, found, Step.ACCEPTED, f"поручение № {found.task.pk}")
    return found


def _published(access: Access, pk: int) -> Recommendation:
    held = Recommendation.objects.filter(
        pk=pk, assessment__municipality_id=access.municipality_id
    ).first()
    if held is None:
        raise NotFound("Такой рекомендации нет или она вам не доступна.", "Обновите страницу.")
    one = locked(access, held.assessment_id, (State.PUBLISHED,))
    return advice_of(access, one).get(pk=pk)


def _move(access: Access, found: Recommendation, step: Step, comment: str) -> None:
    found.step = step
    found.comment = comment or found.comment
    found.changed_at, found.changed_label = clock.now(), access.actor.label
    found.save(update_fields=["step", "comment", "changed_at", "changed_label"])
    tell(
        access,
        found.assessment,
        RecommendationFollowed,
        text=found.text[:200],
        step=step,
        comment=comment,
    )
