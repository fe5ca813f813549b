"""Contesting how a case was counted, and deciding on it."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, NotFound, Refused
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.ratings.actions.telling import tell_contestant, tell_heads
from otklik.insight.ratings.events import ContestDecided, CountingContested
from otklik.insight.ratings.models import Contest
from otklik.insight.ratings.queries import (
    contest_of,
    latest_edition,
    may_contest,
    may_head,
    snapshot,
)
from otklik.insight.ratings.queries.snapshots import Kept, all_counted
from otklik.insight.ratings.rules.marks import Counted
from otklik.insight.ratings.vocabulary import ContestState, RowSet, Subject, System
from otklik.language.wording import date_words
from otklik.records.journal.actions import record

CONTESTS = "/desk/rating/contests/"


@transaction.atomic
def contest_counting(
    *,
    access: Access,
    snapshot_id: int,
    body_id: int,
    question_id: int,
    figure: RowSet,
    reason: str,
) -> Contest:
    """Contest a question counted for a body, with a reason; the head is told.

    Raises NotFound for what this person may not open, Forbidden without a right of the body,
    Refused without a reason or after the term, Conflict when it is contested already.
    """
    kept = snapshot(access, snapshot_id)
    channel = System(kept.snapshot.system).channel
    counted = _counted(kept, body_id, question_id)
    if not may_contest(access, body_id, channel):
        raise Forbidden(
            "Учёт оспаривает тот, кто готовит ответы органа или возглавляет его.",
            "Обратитесь к исполнителю или руководителю этого органа.",
        )
    if not counted.stands_in(figure):
        raise Refused("Этот вопрос так не учтён.", "Выберите показатель, в котором он учтён.")
    _check_term(kept)
    reason = reason.strip()
    if not reason:
        raise Refused("Обоснования нет.", "Напишите, почему вопрос учтён неверно.")
    access = access.under(Permission.DRAFT, Permission.APPROVE, body_id=body_id)
    made = Contest(
        municipality_id=access.municipality_id, snapshot=kept.snapshot, body_id=body_id,
        question_id=question_id, appeal_id=counted.appeal_id, figure=figure, reason=reason[:4000],
        filed_at=clock.now(), filed_by_id=access.account_id, filed_label=access.actor.label,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise Conflict("Учёт этого вопроса уже оспорен.", "Дождитесь решения.") from None
    event = CountingContested(
        subject_id=made.pk, body=str(made.body), figure=figure.value, reason=made.reason
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    tell_heads(made, f"{made.body}: оспорен учёт вопроса в рейтинге", CONTESTS)
    return made


@transaction.atomic
def decide_contest(*, access: Access, contest_id: int, exclude: bool, reason: str) -> Contest:
    """Exclude the question from ratings from now on, or keep it; both with a reason.

    Snapshots that stand do not change: the next edition leaves the question out.
    """
    found = contest_of(access, contest_id)
    if not may_head(access, System(found.snapshot.system).channel):
        raise Forbidden("Решение принимает руководитель.", "Дождитесь его решения.")
    reason = reason.strip()
    if not reason:
        raise Refused("Обоснования решения нет.", "Напишите, почему вы так решили.")
    locked = Contest.objects.select_for_update().get(pk=found.pk)
    if locked.state != ContestState.WAITING:
        raise Conflict("Решение уже принято.", "Обновите страницу.")
    access = access.under(Permission.INSTRUCT, Permission.SIGN)
    state = ContestState.EXCLUDED if exclude else ContestState.KEPT
    locked.decided(state, access.actor.label, reason[:4000], clock.now())
    locked.save()
    event = ContestDecided(
        subject_id=locked.pk, body=str(found.body), state=state.value, reason=locked.decision
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    text = f"Решено по оспоренному учёту: {state.label}"
    tell_contestant(locked, text, CONTESTS)
    return locked


def _counted(kept: Kept, body_id: int, question_id: int) -> Counted:
    gone = NotFound("В этом снимке такого вопроса нет.", "Вернитесь к снимку.")
    if kept.snapshot.subject != Subject.BODY or not kept.opens(body_id):
        raise gone
    for one in all_counted(kept.snapshot, body_id):
        if one.question_id == question_id:
            return one
    raise gone


def _check_term(kept: Kept) -> None:
    place = Municipality.objects.get(pk=kept.snapshot.municipality_id)
    until = kept.snapshot.contest_until
    if until is not None and not kept.snapshot.open_to_contest(clock.today(place.tz)):
        raise Refused(
            f"Оспорить учёт можно было до {date_words(until)}.",
            "Срок прошёл; обратитесь к руководителю центра.",
        )
    if not latest_edition(kept.snapshot):
        raise Refused("Есть более новая редакция рейтинга.", "Оспорьте учёт в ней.")
