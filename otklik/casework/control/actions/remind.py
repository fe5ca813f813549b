"""Reminding whoever answers for a case: under the bell, and by mail where nobody signs in."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.models import Appeal
from otklik.casework.control.events import ExecutorReminded
from otklik.casework.control.queries.people import executors_of
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.actions import queue_message
from otklik.exchange.channels.queries import account_for
from otklik.exchange.channels.vocabulary import ChannelKind, Purpose
from otklik.exchange.notifications.actions import tell
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.records.journal.actions import record


@transaction.atomic
def remind(*, access: Access, appeal_id: int, text: str = "", key: str = "") -> str:
    """Remind the executor of the term; returns whom. The same `key` again reminds nobody twice.

    Raises Forbidden without control of the body, Refused when there is nobody to remind.
    """
    appeal = locked(access, appeal_id)
    access = access.require(
        Permission.CONTROL, body_id=appeal.executor_body_id, channel=appeal.channel
    )
    if not appeal.is_open:
        raise Refused("Обращение уже закрыто.", "Напоминать не о чем: обновите страницу.")
    if appeal.executor_body is None:
        raise Refused("Исполнитель не назначен.", "Сначала назначьте исполнителя.")
    key = key or f"{clock.now():%Y%m%d%H%M}"
    people = list(executors_of(appeal))
    said = _words(appeal, text)
    if people:
        to = ", ".join(person.short_name for person in people[:3])
        _tell(appeal, people, said, key)
    else:
        to = _write(access, appeal, said, key)
    event = ExecutorReminded(subject_id=appeal.pk, case_id=appeal.pk, to=to, text=text.strip())
    record(event, actor=access.actor, municipality_id=appeal.municipality_id)
    return to


def _words(appeal: Appeal, text: str) -> str:
    due = ""
    if appeal.due_at is not None:
        local = appeal.due_at.astimezone(appeal.municipality.tz)
        late = appeal.due_at < clock.now()
        due = f" Срок {'истёк' if late else 'истекает'} {local:%d.%m.%Y}."
    return f"Напоминание: обращение №\u00a0{appeal.number}.{due} {text.strip()}".strip()


def _tell(appeal: Appeal, people: list[Account], said: str, key: str) -> None:
    late = appeal.due_at is not None and appeal.due_at < clock.now()
    tell(
        municipality_id=appeal.municipality_id,
        account_ids=[person.pk for person in people],
        kind=NoticeKind.OVERDUE if late else NoticeKind.DUE_SOON,
        text=said,
        url=f"/desk/appeals/{appeal.pk}/",
        case_id=appeal.pk,
        key=f"remind:{appeal.pk}:{key}",
    )


def _write(access: Access, appeal: Appeal, said: str, key: str) -> str:
    """A body without people of its own here is written to."""
    body = appeal.executor_body
    mailbox = account_for(appeal.municipality_id, ChannelKind.EMAIL)
    if body is None or not body.email or mailbox is None:
        raise Refused(
            f"У исполнителя «{body}» нет сотрудников в системе и почты.",
            "Назначьте сотрудника или укажите почту органа в разделе «Структура».",
        )
    queue_message(
        municipality_id=appeal.municipality_id,
        actor=access.actor,
        channel=ChannelKind.EMAIL,
        account=mailbox,
        recipient=body.email,
        subject=f"Напоминание о сроке № {appeal.number}",
        text=said,
        key=f"remind:{appeal.pk}:{key}",
        purpose=Purpose.NOTICE,
    )
    return str(body)
