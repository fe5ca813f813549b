"""News of assignments handed back: to those who assign, then to whoever handed back."""

from __future__ import annotations

from otklik.base import clock
from otklik.casework.teamwork.models import HandBack
from otklik.casework.teamwork.vocabulary import HandBackState
from otklik.directory.organisation.queries import holders_of
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.actions import tell
from otklik.exchange.notifications.vocabulary import NoticeKind


def tell_handed_back(*, hand_back_id: int) -> None:
    found = _of(hand_back_id)
    if found.state != HandBackState.WAITING:
        return
    appeal = found.assignment.question.appeal
    what = "Спор о компетенции" if found.disputed else "Исполнитель вернул"
    people = holders_of(
        Permission.ASSIGN,
        found.municipality_id,
        clock.today(found.municipality.tz),
        body_id=found.assignment.body_id,
        channel=appeal.channel,
    )
    tell(
        municipality_id=found.municipality_id,
        account_ids=people.values_list("pk", flat=True),
        kind=NoticeKind.HANDED_BACK,
        text=f"{what}: обращение №\u00a0{appeal.number}, {found.assignment.body}.",
        url="/desk/coordination/?tab=returned",
        case_id=appeal.pk,
        key=f"handed_back:{found.pk}",
    )


def tell_decided(*, hand_back_id: int) -> None:
    found = _of(hand_back_id)
    appeal = found.assignment.question.appeal
    tell(
        municipality_id=found.municipality_id,
        account_ids=[found.author_id] if found.author_id else [],
        kind=NoticeKind.HANDED_BACK,
        text=f"По возврату обращения №\u00a0{appeal.number}: {found.get_state_display()}.",
        url=f"/desk/appeals/{appeal.pk}/",
        case_id=appeal.pk,
        key=f"hand_back_decided:{found.pk}",
    )


def _of(pk: int) -> HandBack:
    return HandBack.objects.select_related(
        "municipality", "assignment__body", "assignment__question__appeal"
    ).get(pk=pk)
