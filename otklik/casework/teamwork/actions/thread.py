"""The thread of a case: notes and telephone talks. None of it ever leaves the centre."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.models import Appeal
from otklik.casework.teamwork.actions.handling import react
from otklik.casework.teamwork.events import EntryWritten
from otklik.casework.teamwork.models import Entry
from otklik.casework.teamwork.queries import body_of, seeing
from otklik.casework.teamwork.rules import named, names_in
from otklik.casework.teamwork.vocabulary import EntryKind, Reaction
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.queries import appointments_in_force
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.actions import tell
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.records.journal.actions import record


@transaction.atomic
def write_note(*, access: Access, appeal_id: int, text: str) -> Entry:
    """A note for everybody who sees the case; «@Фамилия» in it notifies that person.

    Raises Refused when nobody of that surname works here or sees the case.
    """
    appeal = locked(access, appeal_id)
    words = text.strip()
    if not words:
        raise Refused("Запись пуста.", "Напишите, что нужно знать другим участникам.")
    mentioned = _mentioned(appeal, words)
    entry = add(access, appeal, kind=EntryKind.NOTE, text=words, mentioned=mentioned)
    tell(
        municipality_id=appeal.municipality_id,
        account_ids=mentioned,
        kind=NoticeKind.MENTIONED,
        text=f"Вас упомянули в обращении №\u00a0{appeal.number}.",
        url=f"/desk/appeals/{appeal.pk}/#teamwork",
        case_id=appeal.pk,
        key=f"mention:{entry.pk}",
    )
    if entry.body_id:
        react(appeal, entry.body_id, Reaction.NOTE, access.actor)
    return entry


@transaction.atomic
def log_talk(
    *,
    access: Access,
    appeal_id: int,
    counterpart: str,
    number: str,
    result: str,
    happened_at: datetime | None = None,
) -> Entry:
    """Log a telephone talk: with whom, by which number, what was agreed (novoduginsky 3.3)."""
    appeal = locked(access, appeal_id)
    if not counterpart.strip() or not result.strip():
        raise Refused(
            "Не указано, с кем говорили или чем закончилось.", "Заполните собеседника и итог."
        )
    if happened_at and happened_at > clock.now():
        raise Refused("Разговор отнесён к будущему.", "Проверьте дату и время.")
    return add(
        access,
        appeal,
        kind=EntryKind.TALK,
        text=result.strip(),
        counterpart=counterpart.strip()[:300],
        number=number.strip()[:50],
        happened_at=happened_at or clock.now(),
    )


def add(access: Access, appeal: Appeal, *, kind: EntryKind, text: str, **more: object) -> Entry:
    """Put an entry into the thread of a locked case."""
    values = {"happened_at": clock.now(), "body": body_of(access), **more}
    entry = Entry.objects.create(
        appeal=appeal,
        kind=kind,
        text=text,
        author_id=access.account_id,
        author_label=access.actor.label,
        created_at=clock.now(),
        **values,
    )
    access = access.under(
        Permission.VIEW_APPEALS, body_id=appeal.executor_body_id, channel=appeal.channel
    )
    record(
        EntryWritten(subject_id=entry.pk, case_id=appeal.pk, kind_label=kind.label),
        actor=access.actor,
        municipality_id=appeal.municipality_id,
    )
    return entry


def _mentioned(appeal: Appeal, text: str) -> Sequence[int]:
    surnames = names_in(text)
    if not surnames:
        return []
    here = appointments_in_force(clock.today(appeal.municipality.tz)).filter(
        role__municipality_id=appeal.municipality_id
    )
    people = list(
        Account.objects.filter(pk__in=here.values("account_id"), is_active=True).values_list(
            "pk", "full_name"
        )
    )
    found: list[int] = []
    for surname in surnames:
        same = named(surname, people)
        if not same:
            raise Refused(
                f"Сотрудника по фамилии «{surname}» нет.", "Проверьте фамилию после знака @."
            )
        readers = seeing(appeal, same)
        if not readers:
            raise Refused(
                f"Сотрудник «{surname}» не видит это обращение, запись до него не дойдёт.",
                "Назначьте его орган соисполнителем или отправьте запрос сведений.",
            )
        found += readers
    return sorted(set(found))
