"""Telling staff what the casework asks of them. Texts name the case, never the citizen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from otklik.base import clock
from otklik.casework.appeals.models import Appeal, Assignment
from otklik.casework.appeals.vocabulary import OPEN_STATUSES
from otklik.casework.intake.models import ImportRun
from otklik.casework.intake.vocabulary import Source
from otklik.casework.replies.actions import renew_link
from otklik.casework.replies.models import Reply
from otklik.casework.replies.vocabulary import ReplyStatus
from otklik.casework.satisfaction.models import Survey
from otklik.casework.teamwork.queries.leads import leads_of
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import accesses_of, appointments_in_force, holders_of
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.actions import tell
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.language.wording import counted

LOW_SCORE = 3


def tell_executor(*, appeal_id: int, body_id: int, question: int) -> None:
    """Tell whoever answers in the body (or the one named) of an assignment still in force, and
    the heads of its block (tuapse:3.5.1)."""
    assignment = (
        Assignment.objects.filter(
            question__appeal_id=appeal_id,
            question__number=question,
            body_id=body_id,
            withdrawn_at__isnull=True,
        )
        .order_by("-pk")
        .first()
    )
    if assignment is None:
        return
    appeal = Appeal.objects.get(pk=appeal_id)
    people = (
        [assignment.account_id]
        if assignment.account_id
        else _members(appeal.municipality_id, Permission.DRAFT, body_id)
    )
    text = f"Вам поручено обращение №\u00a0{appeal.number}."
    key = f"assigned:{assignment.pk}"
    _tell(appeal, people, NoticeKind.ASSIGNED, text, key)
    text = f"Органу вашего блока поручено обращение №\u00a0{appeal.number}."
    _tell(appeal, leads_of(appeal.municipality_id, body_id), NoticeKind.ASSIGNED, text, key)


def tell_unassigned(*, appeal_id: int) -> None:
    """Tell those who assign of a case that no rule has given to anybody."""
    appeal = Appeal.objects.get(pk=appeal_id)
    if appeal.executor_body_id is not None or appeal.status not in OPEN_STATUSES:
        return
    people = _holders(appeal.municipality_id, Permission.ASSIGN, None, appeal.channel)
    text = f"Обращению №\u00a0{appeal.number} нужно назначить исполнителя."
    _tell(appeal, people, NoticeKind.UNASSIGNED, text, f"unassigned:{appeal.pk}")


def tell_approvers(*, reply_id: int, revision: int) -> None:
    """Tell those who approve that an answer waits; nobody when it no longer does."""
    reply = Reply.objects.select_related("appeal").get(pk=reply_id)
    if reply.status != ReplyStatus.ON_APPROVAL:
        return
    appeal = reply.appeal
    body_id = reply.body_id or appeal.executor_body_id
    people = _holders(appeal.municipality_id, Permission.APPROVE, body_id, appeal.channel)
    text = f"Ответ на обращение №\u00a0{appeal.number} ждёт согласования."
    key = f"approval:{reply_id}:{revision}"
    _tell(appeal, people, NoticeKind.APPROVAL_ASKED, text, key)


def tell_author(*, reply_id: int) -> None:
    """Tell the author that the answer came back: here, or by a new link to who has no account.

    Where there is neither, those who control are told.
    """
    reply = Reply.objects.select_related("appeal").get(pk=reply_id)
    appeal = reply.appeal
    text = f"Ответ на обращение №\u00a0{appeal.number} возвращён на доработку."
    people = [reply.author_id] if reply.author_id else []
    if not people:
        if renew_link(reply_id=reply_id):
            return
        people = _holders(
            appeal.municipality_id, Permission.CONTROL, appeal.executor_body_id, appeal.channel
        )
        text += " Передайте его исполнителю."
    _tell(appeal, people, NoticeKind.RETURNED, text, f"returned:{reply_id}:{reply.returns}")


def tell_low_score(*, survey_id: int) -> None:
    """Tell those who control of a score of three or less."""
    survey = Survey.objects.select_related("appeal").get(pk=survey_id)
    if survey.score is None or survey.score > LOW_SCORE:
        return
    appeal = survey.appeal
    people = _holders(
        appeal.municipality_id, Permission.CONTROL, appeal.executor_body_id, appeal.channel
    )
    text = f"Ответ на обращение №\u00a0{appeal.number} оценён на {survey.score} из 5."
    _tell(appeal, people, NoticeKind.SCORED_LOW, text, f"score:{survey.pk}")


def _holders(
    municipality_id: int, permission: Permission, body_id: int | None, channel: str
) -> list[int]:
    """Whose permission covers this body, subordinates and blocks counted; None: everything."""
    day = _today(municipality_id)
    able = holders_of(permission, municipality_id, day).values_list("pk", flat=True)
    accesses = accesses_of(municipality_id, day, able)
    return [
        pk
        for pk, access in accesses.items()
        if access.allows(permission, body_id=body_id, channel=channel)
    ]


def _members(municipality_id: int, permission: Permission, body_id: int) -> Iterable[int]:
    """Those who hold the permission and are appointed to this very body."""
    day = _today(municipality_id)
    found = holders_of(permission, municipality_id, day, body_id=body_id)
    here = appointments_in_force(day).filter(
        body_id=body_id, role__municipality_id=municipality_id, role__grants__permission=permission
    )
    return found.filter(pk__in=here.values("account_id")).values_list("pk", flat=True)


def _today(municipality_id: int) -> date:
    return clock.today(Municipality.objects.get(pk=municipality_id).tz)


def _tell(appeal: Appeal, people: Iterable[int], kind: NoticeKind, text: str, key: str) -> None:
    tell(
        municipality_id=appeal.municipality_id,
        account_ids=people,
        kind=kind,
        text=text,
        url=f"/desk/appeals/{appeal.pk}/",
        case_id=appeal.pk,
        key=key,
    )


def tell_registrars(run: ImportRun, appeal_ids: list[int]) -> None:
    """Tell those who register of обращения that came inside another system: they have a number
    and the term of the law, and a person has to check kind, address and executor."""
    channel = Source(run.source).channel
    count = counted(len(appeal_ids), ("обращение", "обращения", "обращений"))
    tell(
        municipality_id=run.municipality_id,
        account_ids=_holders(run.municipality_id, Permission.REGISTER, None, channel),
        kind=NoticeKind.LAW59,
        text=f"{run.get_source_display()}: в выгрузке {count} по 59-ФЗ, проверьте карточки.",
        url=f"/desk/appeals/?regime=law59&channel={channel}",
        key=f"law59:{run.pk}:{appeal_ids[0]}",
    )
