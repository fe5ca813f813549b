"""Words, approval by the head or the curator, publication to participants."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Forbidden, Refused
from otklik.directory.approvals import actions as approvals
from otklik.directory.organisation.queries import accesses_of, holders_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.actions import tell as notify
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.insight.assessments.actions.common import LONGEST_TEXT, locked, tell, today_at
from otklik.insight.assessments.events import (
    AssessmentDecided,
    AssessmentEdited,
    AssessmentPublished,
    AssessmentSent,
)
from otklik.insight.assessments.models import Assessment
from otklik.insight.assessments.queries.seeing import approving, may_approve, may_make
from otklik.insight.assessments.vocabulary import EDITED, SUBJECT, Kind, State, Step
from otklik.language.wording import period_words


@transaction.atomic
def write_words(*, access: Access, assessment_id: int, text: str) -> Assessment:
    """Conclusions of the analyst; numbers stay. Raises Conflict once it was sent."""
    one = editable(access, assessment_id)
    if len(text) > LONGEST_TEXT:
        raise Refused("Текст слишком длинный.", "Сократите его до 10 000 знаков.")
    one.words = text.strip()
    one.save(update_fields=["words"])
    tell(access.under(Permission.REPORT), one, AssessmentEdited, what="изменены выводы")
    return one


@transaction.atomic
def send_for_approval(*, access: Access, assessment_id: int) -> Assessment:
    """Begin a round of approval by the route of the centre."""
    one = editable(access, assessment_id)
    if one.kind == Kind.DUTIES:
        raise Refused(
            "Аналитика по обязанностям не утверждается.", "Направьте получателям их части."
        )
    access = access.under(Permission.REPORT)
    steps = approving(one.municipality_id)
    approvals.start(access=access, subject=SUBJECT, subject_id=one.pk, usual=steps)
    one.state = State.SENT
    one.save(update_fields=["state"])
    tell(access, one, AssessmentSent)
    right = Permission(steps[0]["permission"])
    people = holders_of(right, one.municipality_id, today_at(one.municipality_id))
    notify(
        municipality_id=one.municipality_id,
        account_ids=people.values_list("pk", flat=True),
        kind=NoticeKind.ASKED,
        text=f"Нужно утвердить: {_named(one)}",
        url=url_of(one),
    )
    return one


@transaction.atomic
def decide(*, access: Access, assessment_id: int, approve: bool, remark: str = "") -> Assessment:
    """Approve or return it (ust-kubinsky:3.1.i, dedovichi:7.2); a return needs a remark.

    Raises Forbidden without the right of the pending step over the whole municipality.
    """
    one = locked(access, assessment_id, (State.SENT,))
    _require_head(access)
    outcome, step = approvals.decide(
        access=access, subject=SUBJECT, subject_id=one.pk, approve=approve, remark=remark
    )
    access = access.under(step.permission)
    one.remark = "" if approve else remark.strip()
    if outcome != "next":
        one.state = State.APPROVED if outcome == "finished" else State.RETURNED
        one.decided_at, one.decided_label = clock.now(), access.actor.label
    one.save(update_fields=["state", "remark", "decided_at", "decided_label"])
    tell(access, one, AssessmentDecided, approved=approve, remark=one.remark)
    return one


@transaction.atomic
def publish(*, access: Access, assessment_id: int) -> Assessment:
    """Show it to all participants and send the recommendations on their way."""
    one = locked(access, assessment_id, (State.APPROVED,))
    _require_head(access)
    access = access.under(*(step["permission"] for step in approving(one.municipality_id)))
    one.state = State.PUBLISHED
    one.published_at, one.published_label = clock.now(), access.actor.label
    one.save(update_fields=["state", "published_at", "published_label"])
    one.recommendations.filter(step=Step.PLANNED).update(
        step=Step.GIVEN, changed_at=clock.now(), changed_label=access.actor.label
    )
    tell(access, one, AssessmentPublished)
    people = accesses_of(one.municipality_id, today_at(one.municipality_id))
    notify(
        municipality_id=one.municipality_id,
        account_ids=[pk for pk, held in people.items() if held.may(Permission.VIEW_APPEALS)],
        kind=NoticeKind.INSTRUCTED,
        text=f"Опубликована: {_named(one)}",
        url=url_of(one),
        key=f"assessment-{one.pk}",
    )
    return one


def url_of(one: Assessment) -> str:
    return f"/desk/assessments/{one.pk}/"


def _named(one: Assessment) -> str:
    return f"{one.get_kind_display().lower()} {period_words(one.since, one.until)}"


def editable(access: Access, pk: int) -> Assessment:
    one = locked(access, pk, EDITED)
    if not may_make(access):
        raise Forbidden("Оценку правит тот, кто её составляет.", "Обратитесь к составителю.")
    return one


def _require_head(access: Access) -> None:
    if not may_approve(access):
        raise Forbidden("Оценку утверждает и публикует руководитель.", "Дождитесь его решения.")
