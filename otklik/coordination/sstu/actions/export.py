"""Making the package of a month."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Refused
from otklik.coordination.sstu.events import PackageMade
from otklik.coordination.sstu.models import ExportRun
from otklik.coordination.sstu.queries import cases_of, file_of, last_run, sender_of
from otklik.coordination.sstu.rules import (
    AppealRecord,
    CaseFacts,
    Refusal,
    compose,
    difference,
    dump,
    items_of,
    parts_of,
    validated,
)
from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.attachments.actions import store
from otklik.records.attachments.queries import content_of, files_of
from otklik.records.journal.actions import record, record_read

SUBJECT = "sstu_package"
FILE_LIMIT = 12 * 1024 * 1024


@dataclass(frozen=True)
class Made:
    """`new` is false when nothing has changed since the last package of the month."""

    run: ExportRun
    new: bool


@transaction.atomic
def make_package(*, access: Access, month: date) -> Made:
    """The package of the month (its first day) as things stand now; a repeat without changes
    returns the last one (Указ Президента № 171 of 17.04.2017: monthly, per question).

    Raises Refused for a month to come, without the municipality's identifier, or when the package
    does not fit the form.
    """
    access = access.require(Permission.REPORT)
    place = Municipality.objects.select_for_update().get(pk=access.municipality_id)
    today = clock.today(place.tz)
    month = month.replace(day=1)
    department = _checked(place, month, today)
    records, refusals, cases = _composed(place, month, today, department)
    files = [dump(part) for part in parts_of(records, FILE_LIMIT)]
    for content in files:
        validated(content)
    items, told = items_of(records), [asdict(one) for one in refusals]
    before = last_run(place.pk, month)
    if before is not None and before.same_as(items, told):
        return Made(run=before, new=False)
    run = ExportRun.objects.create(
        municipality=place,
        month=month,
        made_at=clock.now(),
        made_by=access.actor.label,
        appeals=len(records),
        questions=sum(len(one.questions) for one in records),
        held_back=len({one.appeal_id for one in refusals}),
        states=Counter(str(q.status) for one in records for q in one.questions),
        refusals=told,
        items=items,
        changes=asdict(difference(before.items, items)) if before else {},
    )
    _keep(run, files)
    _tell(access, run, cases)
    return Made(run=run, new=True)


def whole_package(run: ExportRun) -> bytes:
    """All files of the package as one, checked again."""
    records: list[AppealRecord] = []
    for kept in files_of(SUBJECT, [run.pk]):
        records.extend(validated(content_of(kept)))
    return dump(records)


def _checked(place: Municipality, month: date, today: date) -> UUID:
    if month > today:
        raise Refused("Этот месяц ещё не начался.", "Выберите текущий или прошедший месяц.")
    sender = sender_of(place.pk)
    if sender is None:
        raise Refused(
            "Не задан идентификатор ССТУ муниципалитета.",
            "Впишите его: ССТУ.РФ → Настройки выгрузки.",
        )
    return sender.department_id


def _composed(
    place: Municipality, month: date, today: date, department: UUID
) -> tuple[list[AppealRecord], list[Refusal], list[CaseFacts]]:
    records: list[AppealRecord] = []
    refusals: list[Refusal] = []
    cases = cases_of(place, month)
    for case in cases:
        one, missing = compose(case, department_id=department, as_of=today, attach=file_of)
        refusals.extend(missing)
        if one is not None:
            records.append(one)
    return records, refusals, cases


def _keep(run: ExportRun, files: list[bytes]) -> None:
    for number, content in enumerate(files, start=1):
        part = f"-{number}" if len(files) > 1 else ""
        store(
            municipality_id=run.municipality_id,
            file_name=f"sstu-{run.month:%Y-%m}{part}.txt",
            content=content,
            subject=SUBJECT,
            subject_id=run.pk,
        )


def _tell(access: Access, run: ExportRun, cases: list[CaseFacts]) -> None:
    event = PackageMade(
        subject_id=run.pk,
        month=run.month,
        appeals=run.appeals,
        questions=run.questions,
        held_back=run.held_back,
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    gone = [case.appeal_id for case in cases if case.number in run.items]
    record_read(
        gone,
        actor=access.actor,
        municipality_id=access.municipality_id,
        purpose="выгрузка в ССТУ.РФ",
    )
