"""Giving the work to somebody by a day, many cases at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.models import Appeal, Question
from otklik.casework.formalising.actions.entering import classifying
from otklik.casework.formalising.events import FormalisingGiven
from otklik.casework.formalising.models import Formalisation
from otklik.casework.formalising.queries import suggested_for
from otklik.casework.formalising.vocabulary import FormalState
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.queries import access_of
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.actions import tell
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.language.wording import counted
from otklik.records.journal.actions import record

MOST = 200
_CASES = ("обращение", "обращения", "обращений")


@transaction.atomic
def give(
    *, access: Access, appeal_ids: Sequence[int], account_id: int, due_on: date | None = None
) -> int:
    """Give the formalising of these open cases to a person; how many questions were given.

    Questions already confirmed stay as they are. What the text suggests is written down as
    proposed. Raises Forbidden; NotFound for a person without the right to see cases; Refused for
    nothing chosen, a day that is past, or a case that he does not see. (dedovichi 13.3)
    """
    if not appeal_ids:
        raise Refused("Обращения не выбраны.", "Отметьте обращения в списке.")
    if len(appeal_ids) > MOST:
        raise Refused(f"За один раз поручают до {MOST} обращений.", "Отметьте часть.")
    today = clock.today(Municipality.objects.get(pk=access.municipality_id).tz)
    if due_on is not None and due_on < today:
        raise Refused("Этот день уже прошёл.", "Выберите сегодняшний или будущий день.")
    person, his = _person(access, account_id, today)
    given = cases = 0
    for appeal_id in sorted(set(appeal_ids)):
        number = _give_one(access, his, person, appeal_id, due_on)
        given, cases = given + number, cases + bool(number)
    if given and person.pk != access.account_id:
        _tell(access, person, cases, due_on)
    return given


def _person(access: Access, account_id: int, today: date) -> tuple[Account, Access]:
    person = Account.objects.filter(pk=account_id, is_active=True).first()
    his = access_of(person, access.municipality_id, today) if person else None
    if person is None or his is None or not his.may(Permission.VIEW_APPEALS):
        raise NotFound("Такого сотрудника нет.", "Выберите сотрудника из списка.")
    return person, his


def _give_one(
    access: Access, his: Access, person: Account, appeal_id: int, due_on: date | None
) -> int:
    appeal = locked(access, appeal_id)
    access = classifying(access, appeal)
    if not appeal.is_open:
        raise Refused(f"{appeal} уже закрыто.", "Снимите с него отметку.")
    if not _sees(his, appeal):
        raise Refused(f"{person.short_name} не видит {appeal}.", "Выберите другого сотрудника.")
    rows = list(Question.objects.filter(appeal=appeal).select_related("formalisation"))
    number = 0
    for question in rows:
        part = getattr(question, "formalisation", None) or _proposed(appeal, question)
        if part.state == FormalState.CONFIRMED:
            continue
        part.state = FormalState.PROPOSED
        part.given_to, part.given_by_id = person, access.account_id
        part.given_at, part.due_on = clock.now(), due_on
        part.save()
        number += 1
        record(
            FormalisingGiven(
                subject_id=part.pk,
                case_id=appeal.pk,
                question=question.number,
                account_id=person.pk,
                person=person.short_name,
                due_on=due_on,
            ),
            actor=access.actor,
            municipality_id=appeal.municipality_id,
        )
    return number


def _sees(his: Access, appeal: Appeal) -> bool:
    return any(
        his.allows(Permission.VIEW_APPEALS, body_id=body, channel=appeal.channel)
        for body in (None, appeal.executor_body_id, *appeal.body_ids)
    )


def _proposed(appeal: Appeal, question: Question) -> Formalisation:
    said = suggested_for(appeal, question, [])
    return Formalisation(
        question=question,
        state=FormalState.PROPOSED,
        essence=said.essence.text,
        kind=said.kind.kind,
        object_kind=said.object.kind if said.object else "",
        object_name=said.object.name if said.object else "",
        cause=said.cause,
    )


def _tell(access: Access, person: Account, cases: int, due_on: date | None) -> None:
    by = f" до {due_on:%d.%m.%Y}" if due_on else ""
    tell(
        municipality_id=access.municipality_id,
        account_ids=[person.pk],
        kind=NoticeKind.INSTRUCTED,
        text=f"Поручено формализовать {counted(cases, _CASES)}{by}",
        url="/desk/formalising/",
    )
