"""Which part of working time goes to appeals, and how many work on them."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import NotFound, Refused
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Body
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.workload.events import TimeShareSet
from otklik.insight.workload.models import TimeShare
from otklik.records.journal.actions import record

MOST_PEOPLE = 500


@transaction.atomic
def set_share(
    *,
    access: Access,
    percent: int,
    body: Body | None = None,
    account: Account | None = None,
    people: int | None = None,
) -> TimeShare:
    """Percents of working time: of a person, of a body's people, or (neither) of everybody.

    `people`, with a body only: how many work on appeals there, with those who do not sign in.
    Raises Forbidden, Refused.
    """
    access = access.require(Permission.SET_UP)
    if not 1 <= percent <= 100:
        raise Refused("Доля времени — от 1 до 100 %.", "Укажите целое число процентов.")
    if body is not None and account is not None:
        raise Refused("Доля задаётся органу или сотруднику.", "Выберите что-то одно.")
    if people is not None and (body is None or not 0 < people <= MOST_PEOPLE):
        raise Refused("Число работников указывают для органа, от 1 до 500.")
    share, _ = TimeShare.objects.update_or_create(
        municipality_id=access.municipality_id,
        body=body,
        account=account,
        defaults={
            "percent": percent,
            "people": people,
            "set_at": clock.now(),
            "set_label": access.actor.label,
        },
    )
    _told(access, share, percent, people)
    return share


@transaction.atomic
def drop_share(*, access: Access, share_id: int) -> None:
    """Forget a share: the common one holds again. Raises Forbidden, NotFound."""
    access = access.require(Permission.SET_UP)
    share = TimeShare.objects.filter(pk=share_id, municipality_id=access.municipality_id).first()
    if share is None:
        raise NotFound("Такой доли уже нет.", "Обновите страницу.")
    _told(access, share, 0, None)
    share.delete()


def _told(access: Access, share: TimeShare, percent: int, people: int | None) -> None:
    whose = share.account.short_name if share.account else str(share.body or "все сотрудники")
    event = TimeShareSet(subject_id=share.pk, whose=whose, percent=percent, people=people)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
