"""The head accepts a report or returns it."""

from __future__ import annotations

from django.db import transaction

from otklik.base.errors import Forbidden, Refused
from otklik.coordination.returns.actions.common import locked, put_down, today_at
from otklik.coordination.returns.actions.reminding import people_of
from otklik.coordination.returns.events import ReturnAccepted, ReturnSentBack
from otklik.coordination.returns.models import Return
from otklik.coordination.returns.queries import may_decide
from otklik.coordination.returns.vocabulary import ReturnState
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.actions import tell
from otklik.exchange.notifications.vocabulary import NoticeKind


@transaction.atomic
def accept(*, access: Access, return_id: int) -> Return:
    _require(access)
    access = access.under(Permission.INSTRUCT, Permission.REPORT)
    report = locked(access, return_id, (ReturnState.SUBMITTED,))
    report.state, report.remark = ReturnState.ACCEPTED, ""
    report.decided_by = access.actor.label
    report.save()
    put_down(
        access,
        ReturnAccepted(subject_id=report.pk, report=str(report), body=str(report.body)),
    )
    return report


@transaction.atomic
def send_back(*, access: Access, return_id: int, remark: str) -> Return:
    """Return with a remark and tell the body. Raises Refused without a remark."""
    _require(access)
    access = access.under(Permission.INSTRUCT, Permission.REPORT)
    if not remark.strip():
        raise Refused("Не написано, что исправить.", "Впишите замечание.")
    report = locked(access, return_id, (ReturnState.SUBMITTED, ReturnState.ACCEPTED))
    report.state, report.remark = ReturnState.RETURNED, remark.strip()
    report.decided_by = access.actor.label
    report.save()
    event = ReturnSentBack(
        subject_id=report.pk, report=str(report), body=str(report.body), remark=report.remark
    )
    put_down(access, event)
    tell(
        municipality_id=report.municipality_id,
        account_ids=people_of(report, today_at(report.municipality_id)),
        kind=NoticeKind.RETURNED,
        text=f"Отчёт «{report}» возвращён: {report.remark}",
        url=f"/desk/returns/{report.pk}/",
        key=f"return:{report.pk}:back:{report.version}",
    )
    return report


def _require(access: Access) -> None:
    if not may_decide(access):
        raise Forbidden("Отчёты принимаете не вы.", "Это делает руководитель центра.")
