"""The act by which a centre works: its text in versions, and when it is in force."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from otklik.base.errors import Conflict, Refused
from otklik.directory.organisation.actions.act_files import text_of
from otklik.directory.organisation.events import (
    RegulationEnteredIntoForce,
    RegulationRepealed,
    RegulationStored,
)
from otklik.directory.organisation.models import Regulation
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.attachments.actions import store
from otklik.records.journal.actions import record


def store_regulation(
    *,
    access: Access,
    title: str,
    number: str,
    issued_on: date,
    text: str,
    in_force_from: date | None = None,
    file: tuple[str, bytes] | None = None,
) -> Regulation:
    """Store the approved text (ust-kubinsky:order.2). A text once stored is never rewritten.

    `file` is the act itself (name, content); an empty `text` is read from a DOCX or TXT.

    An act without a text (from a preset) gets it; another act is a new version, and the one in
    force before is repealed from the day the new one begins. Raises Refused for an empty text and
    Conflict when this act already has one.
    """
    access = access.require(Permission.ORGANISE)
    text = text.strip() or (text_of(*file) if file else "")
    if not text:
        raise Refused(
            "В положении нет текста.",
            "Вставьте утверждённый текст целиком или приложите файл DOCX или TXT.",
        )
    _not_before_signing(in_force_from, issued_on)
    with transaction.atomic():
        acts = Regulation.objects.select_for_update().filter(municipality_id=access.municipality_id)
        act = acts.filter(number=number, issued_on=issued_on).first()
        if act is not None and act.text:
            raise Conflict(
                f"Текст положения №\u00a0{number} уже внесён.",
                "Изменения вносят новым актом со своими номером и датой.",
            )
        stored = act or Regulation(
            municipality_id=access.municipality_id, number=number, issued_on=issued_on
        )
        stored.title, stored.text = title, text
        stored.in_force_from = in_force_from or stored.in_force_from
        stored.save()
        _repeal_earlier(stored)
        if file:
            _keep_file(stored, *file)
        event = RegulationStored(subject_id=stored.pk, act=str(stored))
        record(event, actor=access.actor, municipality_id=access.municipality_id)
    return stored


def _keep_file(act: Regulation, name: str, content: bytes) -> None:
    store(
        municipality_id=act.municipality_id,
        file_name=name,
        content=content,
        subject="regulation",
        subject_id=act.pk,
    )


def enter_into_force(*, access: Access, regulation: Regulation, on: date) -> Regulation:
    """Set the date from which the act is valid (dedovichi:order.4: its publication, not signing).

    Raises Refused for a date before the act was issued.
    """
    access = access.require(Permission.ORGANISE)
    _not_before_signing(on, regulation.issued_on)
    with transaction.atomic():
        locked = Regulation.objects.select_for_update().get(
            pk=regulation.pk, municipality_id=access.municipality_id
        )
        locked.in_force_from = on
        locked.save(update_fields=["in_force_from"])
        _repeal_earlier(locked)
        event = RegulationEnteredIntoForce(subject_id=locked.pk, act=str(locked), on=on)
        record(event, actor=access.actor, municipality_id=access.municipality_id)
    return locked


def repeal(*, access: Access, regulation: Regulation, on: date) -> Regulation:
    """Mark an act as no longer valid from a day (ust-kubinsky:order.4); it stays with its dates.

    Raises Refused for a day before it was issued, Conflict when it is repealed already.
    """
    access = access.require(Permission.ORGANISE)
    if on < regulation.issued_on:
        raise Refused("Акт не может утратить силу раньше, чем издан.", "Проверьте дату.")
    with transaction.atomic():
        locked = Regulation.objects.select_for_update().get(
            pk=regulation.pk, municipality_id=access.municipality_id
        )
        if locked.repealed_on is not None:
            raise Conflict(
                f"Акт уже утратил силу {locked.repealed_on:%d.%m.%Y}.", "Обновите страницу."
            )
        locked.repealed_on = on
        locked.save(update_fields=["repealed_on"])
        event = RegulationRepealed(subject_id=locked.pk, act=str(locked), on=on)
        record(event, actor=access.actor, municipality_id=access.municipality_id)
    return locked


def _not_before_signing(on: date | None, issued_on: date) -> None:
    if on is not None and on < issued_on:
        raise Refused(
            "Положение не может вступить в силу раньше, чем подписано.",
            "Проверьте даты.",
        )


def _repeal_earlier(act: Regulation) -> None:
    """One act is in force at a time: those begun earlier end when this one begins."""
    if act.in_force_from is None:
        return
    Regulation.objects.filter(
        municipality_id=act.municipality_id,
        in_force_from__lt=act.in_force_from,
        repealed_on__isnull=True,
    ).exclude(pk=act.pk).update(repealed_on=act.in_force_from, replaced_by=act)
