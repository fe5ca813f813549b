"""Functions of the centre, and marks that a clause was carried out."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Refused
from otklik.coordination.tasks.actions.common import put_down, today_at
from otklik.coordination.tasks.events import ClauseFulfilled, FunctionSaved
from otklik.coordination.tasks.models import CentreFunction, Fulfilment
from otklik.coordination.tasks.vocabulary import FULFILMENT, Recurrence
from otklik.directory.organisation.models import Role
from otklik.directory.organisation.presets.clauses import clause_label
from otklik.directory.organisation.queries import regulation_in_force
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.attachments.actions import store


def save_function(
    *,
    access: Access,
    name: str,
    act: str,
    owner_role: Role,
    recurrence: Recurrence,
    clause: str = "",
    is_active: bool = True,
    function: CentreFunction | None = None,
) -> CentreFunction:
    """Add a function of the centre or change one (ust-kubinsky:3.2, tuapse:2.4.7).

    For those who instruct or keep the structure of the whole municipality. Raises Refused without
    a name or an act, Conflict when another function bears the name.
    """
    if not access.allows(Permission.ORGANISE):
        access = access.require(Permission.INSTRUCT)
    if not name.strip() or not act.strip():
        raise Refused(
            "У функции нет названия или акта.",
            "Напишите, что центр делает и каким актом это на него возложено.",
        )
    if owner_role.municipality_id != access.municipality_id:
        raise Refused("Роль принадлежит другому муниципалитету.", "Выберите роль из списка.")
    with transaction.atomic():
        rows = CentreFunction.objects.filter(municipality_id=access.municipality_id)
        if rows.filter(name=name.strip()).exclude(pk=function.pk if function else 0).exists():
            raise Conflict(f"Функция «{name.strip()}» уже есть.", "Измените её или назовите иначе.")
        saved = (
            rows.select_for_update().get(pk=function.pk)
            if function
            else CentreFunction(
                municipality_id=access.municipality_id,
                added_at=clock.now(),
                added_by=access.actor.label,
            )
        )
        saved.name, saved.act, saved.clause = name.strip(), act.strip(), clause.strip()
        saved.owner_role, saved.recurrence, saved.is_active = owner_role, recurrence, is_active
        saved.save()
        put_down(access, _saved(saved))
    return saved


def note_fulfilment(
    *,
    access: Access,
    clause: str,
    fulfilled_on: date,
    text: str,
    file: tuple[str, bytes] | None = None,
) -> Fulfilment:
    """Note that a clause of the regulation in force was carried out, with a document.

    Raises Refused for an empty text, a day ahead, and where no regulation is in force.
    """
    if not access.allows(Permission.CONTROL):
        access = access.require(Permission.ORGANISE)
    today = today_at(access.municipality_id)
    act = regulation_in_force(access.municipality_id, today)
    if act is None:
        raise Refused(
            "Действующего положения нет.", "Внесите его в разделе «Настройки → Положение»."
        )
    if not text.strip() or not clause.strip():
        raise Refused("Не написано, что сделано по пункту.", "Впишите, чем исполнен пункт.")
    if fulfilled_on > today:
        raise Refused("День исполнения ещё не наступил.", "Укажите день, когда исполнено.")
    with transaction.atomic():
        mark = Fulfilment.objects.create(
            municipality_id=access.municipality_id,
            regulation=act,
            clause=clause.strip(),
            fulfilled_on=fulfilled_on,
            text=text.strip(),
            noted_at=clock.now(),
            noted_by=access.actor.label,
        )
        if file:
            store(
                municipality_id=access.municipality_id,
                file_name=file[0],
                content=file[1],
                subject=FULFILMENT,
                subject_id=mark.pk,
            )
        put_down(access, _marked(mark))
    return mark


def _saved(function: CentreFunction) -> FunctionSaved:
    return FunctionSaved(
        subject_id=function.pk,
        function=function.name,
        act=function.act,
        role=function.owner_role.label,
        recurrence=function.recurrence,
        is_active=function.is_active,
    )


def _marked(mark: Fulfilment) -> ClauseFulfilled:
    return ClauseFulfilled(
        subject_id=mark.pk,
        clause=clause_label(mark.clause),
        fulfilled_on=mark.fulfilled_on,
        text=mark.text,
    )
