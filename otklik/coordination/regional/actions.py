"""The only writers of the exchange with the regional control centre."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, NotFound, Refused
from otklik.base.events import Event
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.models import Appeal
from otklik.casework.teamwork.queries import may_ask
from otklik.coordination.regional.events import (
    RegionalAddressSet,
    RegionalAnswered,
    RegionalAsked,
    RegionalRemarked,
)
from otklik.coordination.regional.models import RegionalItem, Remark
from otklik.coordination.regional.queries import may_remark
from otklik.coordination.regional.vocabulary import ADDRESS, Direction, ItemState
from otklik.directory.organisation.actions.options import set_option
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.actions import queue_message
from otklik.exchange.channels.vocabulary import ChannelKind, Purpose
from otklik.exchange.notifications.actions import tell
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.records.journal.actions import record


@transaction.atomic
def ask_regional(*, access: Access, appeal_id: int, text: str) -> tuple[RegionalItem, bool]:
    """Ask the ЦУР about an appeal; the second value tells whether a letter went.

    Without an address of the ЦУР the request is kept here and passed on by the person.
    """
    appeal = _case(access, appeal_id)
    item = _new(access, appeal, Direction.TO, text)
    mailed = _mail(access, item, f"Запрос по обращению № {appeal.number}", item.text, "ask")
    _record(access, item, _asked(item, mailed))
    return item, mailed


@transaction.atomic
def take_regional(*, access: Access, appeal_id: int, text: str) -> RegionalItem:
    """Note a request of the ЦУР on an appeal, however it came."""
    item = _new(access, _case(access, appeal_id), Direction.FROM, text)
    _record(access, item, _asked(item, False))
    return item


@transaction.atomic
def answer_regional(*, access: Access, item_id: int, text: str) -> tuple[RegionalItem, bool]:
    """Keep the answer: ours goes to the ЦУР by mail when its address is set; returns whether."""
    item = _item(access, item_id)
    appeal = _case(access, item.appeal_id)
    if item.state != ItemState.WAITING:
        raise Conflict("На этот запрос уже ответили.", "Обновите страницу.")
    if not text.strip():
        raise Refused("Ответ пуст.", "Напишите, что ответили.")
    item.state, item.answer = ItemState.ANSWERED, text.strip()
    item.answered_at, item.answered_label = clock.now(), access.actor.label
    item.save()
    mailed = item.direction == Direction.FROM and _mail(
        access, item, f"Ответ по обращению № {appeal.number}", item.answer, "answer"
    )
    late = appeal.due_at is not None and item.answered_at > appeal.due_at
    label = Direction(item.direction).label
    event = RegionalAnswered(
        subject_id=item.pk, case_id=item.appeal_id, direction_label=label, late=late
    )
    _record(access, item, event)
    return item, mailed


@transaction.atomic
def remark(*, access: Access, item_id: int, text: str) -> Remark:
    """A remark of whoever controls the whole municipality (novoduginsky:2.2.1)."""
    item = _item(access, item_id)
    locked(access, item.appeal_id)
    access = access.require_any(Permission.CONTROL)
    if not may_remark(access):
        raise Forbidden("Замечания делает тот, кто контролирует весь центр.")
    if not text.strip():
        raise Refused("Замечание пусто.", "Напишите, что исправить.")
    made = Remark.objects.create(
        item=item, text=text.strip(), author_label=access.actor.label, made_at=clock.now()
    )
    _record(access, item, RegionalRemarked(subject_id=item.pk, case_id=item.appeal_id))
    tell(
        municipality_id=item.municipality_id,
        account_ids=[item.author_id] if item.author_id else [],
        kind=NoticeKind.ASKED,
        text=f"Замечание к обмену с ЦУР по обращению №\u00a0{item.appeal.number}.",
        url=f"/desk/regional/{item.pk}/",
        case_id=item.appeal_id,
        key=f"regional-remark:{made.pk}",
    )
    return made


@transaction.atomic
def set_regional_address(*, access: Access, email: str) -> None:
    """Where letters to the ЦУР go; empty: nothing is sent by mail."""
    access = access.require(Permission.SET_UP)
    given = email.strip()
    if given:
        try:
            validate_email(given)
        except ValidationError:
            raise Refused(f"«{given}» — не адрес почты.", "Проверьте адрес.") from None
    here = access.municipality_id
    set_option(municipality_id=here, name=ADDRESS, value=given or None)
    event = RegionalAddressSet(subject_id=here, email=given)
    record(event, actor=access.actor, municipality_id=here)


def _case(access: Access, appeal_id: int) -> Appeal:
    appeal = locked(access, appeal_id)
    if not may_ask(access, appeal):
        raise Forbidden(
            "Обмен с ЦУР ведут исполнители обращения и сотрудники центра.",
            "Оставьте запись в совместной работе.",
        )
    return appeal


def _new(access: Access, appeal: Appeal, direction: Direction, text: str) -> RegionalItem:
    if not text.strip():
        raise Refused("Не написано, что нужно.", "Опишите запрос.")
    return RegionalItem.objects.create(
        municipality=appeal.municipality,
        appeal=appeal,
        direction=direction,
        text=text.strip(),
        author_id=access.account_id,
        author_label=access.actor.label,
        asked_at=clock.now(),
    )


def _item(access: Access, item_id: int) -> RegionalItem:
    found = RegionalItem.objects.select_for_update(of=("self",)).select_related(
        "appeal", "municipality"
    )
    item = found.filter(pk=item_id, municipality_id=access.municipality_id).first()
    if item is None:
        raise NotFound("Такого запроса нет.", "Вернитесь к списку.")
    return item


def _mail(access: Access, item: RegionalItem, subject: str, text: str, what: str) -> bool:
    address = item.municipality.settings.get(ADDRESS, "")
    if not address:
        return False
    due = item.appeal.due_at
    term = f"\n\nСрок по обращению: {due.astimezone(item.municipality.tz):%d.%m.%Y}." if due else ""
    queue_message(
        municipality_id=item.municipality_id,
        actor=access.actor,
        channel=ChannelKind.EMAIL,
        purpose=Purpose.TASK,
        recipient=address,
        subject=subject,
        text=f"{text}{term}",
        case_id=item.appeal_id,
        key=f"regional:{item.pk}:{what}",
    )
    return True


def _asked(item: RegionalItem, mailed: bool) -> RegionalAsked:
    label = Direction(item.direction).label
    return RegionalAsked(
        subject_id=item.pk, case_id=item.appeal_id, direction_label=label, mailed=mailed
    )


def _record(access: Access, item: RegionalItem, event: Event) -> None:
    record(event, actor=access.actor, municipality_id=item.municipality_id)
