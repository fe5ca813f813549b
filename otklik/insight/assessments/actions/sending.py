"""Parts of recipients: sent to each, answered by each (pereslavl:1.1.3.g)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, Refused
from otklik.directory.organisation.queries import holders_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.actions import tell as notify
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.insight.assessments.actions.common import locked, said, tell, today_at
from otklik.insight.assessments.events import PartSent, ProposalGiven
from otklik.insight.assessments.models import Assessment, Part
from otklik.insight.assessments.queries.seeing import may_answer, may_make, part_of
from otklik.insight.assessments.vocabulary import State
from otklik.language.wording import period_words


@transaction.atomic
def send_parts(
    *,
    access: Access,
    assessment_id: int,
    body_ids: Collection[int] | None = None,
    answer_by: date | None = None,
) -> list[Part]:
    """Send recipients their parts, all or the chosen ones; those sent before are passed over."""
    one = locked(access, assessment_id, (State.DRAFT, State.PUBLISHED))
    if not may_make(access):
        raise Forbidden("Части направляет составитель.", "Обратитесь к нему.")
    today = today_at(one.municipality_id)
    if answer_by is not None and answer_by < today:
        raise Refused("Срок предложений уже прошёл.", "Назначьте день не раньше сегодняшнего.")
    access = access.under(Permission.REPORT)
    waiting = one.parts.filter(sent_at__isnull=True).select_related("body")
    if body_ids is not None:
        waiting = waiting.filter(body_id__in=body_ids)
    sent = list(waiting)
    if not sent:
        raise Refused("Направлять нечего.", "Выберите получателей, которым часть не направлена.")
    for part in sent:
        part.sent_at, part.sent_label = clock.now(), access.actor.label
        part.answer_by = answer_by
        part.save(update_fields=["sent_at", "sent_label", "answer_by"])
        tell(access, one, PartSent, body=str(part.body))
        _announce(one, part, today)
    if one.state == State.DRAFT:
        one.state = State.PUBLISHED
        one.published_at, one.published_label = clock.now(), access.actor.label
        one.save(update_fields=["state", "published_at", "published_label"])
    return sent


@transaction.atomic
def propose(*, access: Access, part_id: int, text: str) -> Part:
    """The recipient's proposals on management decisions, recorded with his part."""
    part = part_of(access, part_id)
    if not may_answer(access, part.body):
        raise Forbidden("Предложения даёт получатель.", "Часть направлена другому органу.")
    if part.sent_at is None:
        raise Conflict("Часть ещё не направлена.", "Дождитесь её.")
    part = Part.objects.select_for_update().select_related("assessment", "body").get(pk=part.pk)
    part.proposal = said(text, empty="Предложения пусты.", mend="Напишите, что предлагаете.")
    part.answered_at, part.answered_label = clock.now(), access.actor.label
    part.save(update_fields=["proposal", "answered_at", "answered_label"])
    tell(access, part.assessment, ProposalGiven, body=str(part.body), text=part.proposal[:300])
    author = part.assessment.author_id
    if author is not None:
        notify(
            municipality_id=part.assessment.municipality_id,
            account_ids=[author],
            kind=NoticeKind.INFORMED,
            text=f"Предложения по аналитике: {part.body}",
            url=part_url(part),
        )
    return part


def part_url(part: Part) -> str:
    return f"/desk/assessments/parts/{part.pk}/"


def _announce(one: Assessment, part: Part, today: date) -> None:
    people = holders_of(Permission.DRAFT, one.municipality_id, today, body_id=part.body_id)
    notify(
        municipality_id=one.municipality_id,
        account_ids=people.values_list("pk", flat=True),
        kind=NoticeKind.ASKED,
        text=f"Аналитика {period_words(one.since, one.until)}: {part.body}",
        url=part_url(part),
        key=f"part-{part.pk}",
    )
