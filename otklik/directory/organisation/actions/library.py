"""The library of acts that the centre follows (tuapse:1.8, dedovichi:5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from otklik.base.errors import Conflict, NotFound, Refused
from otklik.directory.organisation.events import LegalActChanged, LegalActKept
from otklik.directory.organisation.models import LegalAct
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import ActLevel, Permission
from otklik.records.attachments.actions import store
from otklik.records.journal.actions import record

LEGAL_ACT = "legal_act"


@transaction.atomic
def keep_legal_act(
    *,
    access: Access,
    level: ActLevel,
    title: str,
    number: str,
    issued_on: date,
    file: tuple[str, bytes] | None = None,
    **more: Any,
) -> LegalAct:
    """Add an act to the library; `more`: issuer, edition, in_force_from, in_force_until, url, note.

    Raises Conflict when it is there, Refused when it ends before it begins.
    """
    access = _keeper(access)
    act = LegalAct(municipality_id=access.municipality_id)
    _save(act, level=level, title=title, number=number, issued_on=issued_on, file=file, **more)
    event = LegalActKept(subject_id=act.pk, act=str(act))
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return act


@transaction.atomic
def change_legal_act(*, access: Access, act_id: int, **values: Any) -> LegalAct:
    """Correct what the library says of an act; arguments as of `keep_legal_act`.

    Raises NotFound, and Conflict or Refused as `keep_legal_act` does.
    """
    access = _keeper(access)
    own = LegalAct.objects.select_for_update().filter(municipality_id=access.municipality_id)
    act = own.filter(pk=act_id).first()
    if act is None:
        raise NotFound("Такого акта в библиотеке нет.", "Вернитесь в библиотеку.")
    _save(act, **values)
    event = LegalActChanged(subject_id=act.pk, act=str(act))
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return act


def _keeper(access: Access) -> Access:
    if access.allows(Permission.SET_UP):
        return access.under(Permission.SET_UP)
    return access.require(Permission.ORGANISE)


def _save(act: LegalAct, *, file: tuple[str, bytes] | None = None, **values: Any) -> None:
    for name, value in values.items():
        setattr(act, name, value.strip() if isinstance(value, str) else value)
    _check(act)
    act.save()
    if file:
        store(
            municipality_id=act.municipality_id,
            file_name=file[0],
            content=file[1],
            subject=LEGAL_ACT,
            subject_id=act.pk,
        )


def _check(act: LegalAct) -> None:
    since, until = act.in_force_from, act.in_force_until
    if since and until and until < since:
        raise Refused("Акт перестаёт действовать раньше, чем начинает.", "Исправьте дни.")
    rows = LegalAct.objects.filter(municipality_id=act.municipality_id).exclude(pk=act.pk)
    if rows.filter(number=act.number, issued_on=act.issued_on).exists():
        raise Conflict(
            f"Акт №\u00a0{act.number} от {act.issued_on:%d.%m.%Y} уже в библиотеке.",
            "Найдите его в списке.",
        )
