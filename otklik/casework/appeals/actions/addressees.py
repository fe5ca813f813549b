"""Whose the mailboxes and accounts are to which citizens write."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from otklik.base.errors import NotFound, Refused
from otklik.casework.appeals.events import DoorClosed, DoorOpened
from otklik.casework.appeals.models import Door
from otklik.casework.appeals.queries import addressees, doors
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.queries import account_of
from otklik.records.journal.actions import record


@transaction.atomic
def open_door(
    *, access: Access, body_id: int, box: str = "", account_id: int | None = None
) -> Door:
    """Say whose a mailbox (`box`) or an account of a channel is; one of the two.

    What comes there later is addressed to the body. Raises Forbidden; NotFound; Refused for a
    wrong address and for a door that is somebody's already. (ust-kubinsky:3.1.a)
    """
    access = access.require(Permission.SET_UP)
    body = addressees(access.municipality_id).filter(pk=body_id).first()
    if body is None:
        raise NotFound("Такого адресата нет.", "Заведите его в структуре.")
    box = box.strip().casefold()
    if bool(box) == bool(account_id):
        raise Refused("Нужно что-то одно.", "Укажите либо адрес почты, либо канал.")
    account = account_of(access, account_id) if account_id else None
    if box:
        _check_mail(box)
    taken = doors(access.municipality_id).filter(
        **({"box": box} if box else {"account_id": account_id})
    )
    held = taken.first()
    if held is not None:
        raise Refused(f"Уже закреплено: {held.body}.", "Сначала снимите прежнее закрепление.")
    door = Door.objects.create(
        municipality_id=access.municipality_id, body=body, box=box, account=account
    )
    record(
        DoorOpened(subject_id=door.pk, door=box or str(account), body=str(body)),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    return door


@transaction.atomic
def close_door(*, access: Access, door_id: int) -> None:
    """Take a mailbox or account from its addressee; cases keep theirs. Raises NotFound."""
    access = access.require(Permission.SET_UP)
    door = doors(access.municipality_id).filter(pk=door_id).first()
    if door is None:
        raise NotFound("Это закрепление уже снято.", "Обновите страницу.")
    record(
        DoorClosed(subject_id=door.pk, door=door.box or str(door.account), body=str(door.body)),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    door.delete()


def _check_mail(box: str) -> None:
    try:
        validate_email(box)
    except ValidationError:
        raise Refused(
            f"«{box}» не похоже на адрес почты.", "Например: priemnaya@example.ru."
        ) from None
