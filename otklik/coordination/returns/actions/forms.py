"""Setting a form, and opening the reports of a period by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.coordination.returns.events import ReturnFormSaved
from otklik.coordination.returns.models import Return, ReturnForm
from otklik.coordination.returns.queries import form_of
from otklik.coordination.returns.rules import due_on, fields_from, last_period
from otklik.coordination.returns.vocabulary import TERMS, ReturnState
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

LONGEST_TERM = 90


@dataclass(frozen=True, kw_only=True)
class NewForm:
    """`rows`: fields as typed: key, section, label, kind, options (by «;»), counted."""

    title: str
    recurrence: str
    due_days: int
    rows: Sequence[Mapping[str, str]]
    body_ids: Sequence[int]
    is_active: bool = True


@transaction.atomic
def save_form(*, access: Access, new: NewForm, form_id: int | None = None) -> ReturnForm:
    """Set or change a form (ust-kubinsky:4.9.e); reports not yet handed in take the new fields.

    Raises Refused for a form without title, fields or bodies, or with a wrong term.
    """
    access = access.require(Permission.INSTRUCT)
    form = form_of(access.municipality_id, form_id) if form_id else ReturnForm()
    fields = [one.plain() for one in fields_from(new.rows, form.used_keys)]
    bodies = _checked(access, new, form_id)
    form.municipality_id = access.municipality_id
    form.title, form.recurrence, form.due_days = new.title.strip(), new.recurrence, new.due_days
    form.fields, form.is_active = fields, new.is_active
    form.used_keys = sorted({*form.used_keys, *(one["key"] for one in fields)})
    form.saved_at, form.saved_by = clock.now(), access.actor.label
    form.save()
    form.bodies.set(bodies)
    Return.objects.filter(form=form, state=ReturnState.DUE).update(fields=fields)
    event = ReturnFormSaved(
        subject_id=form.pk,
        form=form.title,
        recurrence=form.get_recurrence_display(),
        fields_count=len(fields),
        bodies_count=len(bodies),
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    zone = Municipality.objects.get(pk=access.municipality_id).tz
    open_periods(municipality_id=access.municipality_id, today=clock.today(zone))
    return form


@transaction.atomic
def open_periods(*, municipality_id: int, today: date) -> None:
    """Reports of the last ended period by every form in force; a repeat changes nothing."""
    found = ReturnForm.objects.filter(municipality_id=municipality_id, is_active=True)
    for form in found.prefetch_related("bodies"):
        period = last_period(form.recurrence, today)
        Return.objects.bulk_create(
            [
                Return(
                    municipality_id=municipality_id,
                    form=form,
                    body=body,
                    period=period.key,
                    since=period.since,
                    until=period.until,
                    due_on=due_on(period, form.due_days, today),
                    fields=form.fields,
                )
                for body in form.bodies.all()
                if body.is_active
            ],
            ignore_conflicts=True,
        )


def _checked(access: Access, new: NewForm, form_id: int | None) -> list[Body]:
    title = new.title.strip()
    if not title:
        raise Refused("У формы нет названия.", "Назовите её, например «Отчёт исполнителя».")
    same = ReturnForm.objects.filter(municipality_id=access.municipality_id, title=title)
    if same.exclude(pk=form_id or 0).exists():
        raise Refused(f"Форма «{title}» уже есть.", "Назовите новую иначе или измените прежнюю.")
    if new.recurrence not in dict(TERMS):
        raise Refused("Не выбрана периодичность.", "Выберите неделю, месяц или квартал.")
    if not 0 <= new.due_days <= LONGEST_TERM:
        raise Refused("Срок сдачи не подходит.", f"Укажите от 0 до {LONGEST_TERM} дней.")
    bodies = list(Body.objects.filter(municipality_id=access.municipality_id, pk__in=new.body_ids))
    if not bodies:
        raise Refused("Не выбрано, кто сдаёт отчёт.", "Отметьте хотя бы один орган.")
    return bodies
