"""Marking errors of answers, registering conflicts, and closing what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, NotFound, Refused
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.queries import one_of
from otklik.casework.appeals.queries import visible_to as visible_appeals
from otklik.casework.quality.events import FindingRecorded, FindingSettled
from otklik.casework.quality.models import Finding
from otklik.casework.quality.queries.registers import visible_to
from otklik.casework.quality.vocabulary import (
    ConflictKind,
    FaultKind,
    FindingState,
    Sort,
    Source,
)
from otklik.casework.replies.models import Reply
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record


@dataclass(frozen=True, kw_only=True)
class NewFault:
    """An error in an answer; without `body_id` the executor of the case is meant."""

    kind: str
    essence: str = ""
    quote: str = ""
    reply_id: int | None = None
    body_id: int | None = None
    person_label: str = ""
    corrected: bool = False


@dataclass(frozen=True, kw_only=True)
class NewConflict:
    """A conflict or an error of communication; it need not have a case."""

    kind: str
    parties: str
    cause: str = ""
    consequence: str = ""
    measure: str = ""
    outcome: str = ""
    appeal_id: int | None = None
    body_id: int | None = None
    happened_on: date | None = None


@transaction.atomic
def mark_fault(
    *, access: Access, appeal_id: int, new: NewFault, source: Source = Source.HAND
) -> Finding:
    """Put an error found in an answer into the register (dedovichi:13.7).

    Raises Forbidden without the right, Refused when it is not said what is wrong.
    """
    appeal = _case(access, appeal_id)
    body_id = new.body_id or appeal.executor_body_id
    access = access.require(Permission.QUALITY, body_id=body_id, channel=appeal.channel)
    if new.kind not in FaultKind.values:
        raise Refused("Не выбран вид ошибки.", "Выберите его из списка.")
    if not (new.essence.strip() or new.quote.strip()):
        raise Refused("Не сказано, в чём ошибка.", "Процитируйте ответ или опишите ошибку.")
    reply = _reply(appeal, new.reply_id)
    author = _author(reply)
    label = new.person_label.strip() or (reply.author_label if reply else "")
    finding = _create(
        access,
        sort=Sort.FAULT,
        kind=new.kind,
        source=source,
        appeal=appeal,
        reply=reply,
        body=_body(access, body_id),
        person=author if author and not new.person_label.strip() else None,
        person_label=label,
        quote=new.quote.strip(),
        essence=new.essence.strip(),
        happened_on=_day(access, reply.created_at if reply else None),
    )
    if new.corrected:
        _close(access, finding, FindingState.MENDED, "")
    return finding


@transaction.atomic
def record_conflict(*, access: Access, new: NewConflict, source: Source = Source.HAND) -> Finding:
    """Register a conflict situation or an error of communication (dedovichi:7.3)."""
    appeal = _case(access, new.appeal_id) if new.appeal_id else None
    body_id = new.body_id or (appeal.executor_body_id if appeal else None)
    channel = appeal.channel if appeal else None
    access = access.require(Permission.QUALITY, body_id=body_id, channel=channel)
    if new.kind not in ConflictKind.values:
        raise Refused("Не выбран вид конфликта.", "Выберите его из списка.")
    if not new.parties.strip():
        raise Refused("Не названы стороны.", "Напишите, между кем возник конфликт.")
    today = _day(access, None)
    if new.happened_on and new.happened_on > today:
        raise Refused("Дата конфликта ещё не наступила.", "Укажите сегодняшний день или раньше.")
    return _create(
        access,
        sort=Sort.CONFLICT,
        kind=new.kind,
        source=source,
        appeal=appeal,
        body=_body(access, body_id),
        parties=new.parties.strip(),
        cause=new.cause.strip(),
        consequence=new.consequence.strip(),
        measure=new.measure.strip(),
        outcome=new.outcome.strip(),
        happened_on=new.happened_on or today,
    )


@transaction.atomic
def settle(
    *,
    access: Access,
    finding_id: int,
    state: str,
    outcome: str = "",
    cause: str = "",
    measure: str = "",
) -> Finding:
    """Say what came of a finding: corrected, beyond correction, or open again."""
    finding = locked(access, finding_id)
    access = access.under(Permission.QUALITY, body_id=finding.body_id, channel=channel_of(finding))
    if state not in FindingState.values:
        raise Refused("Не выбрано состояние.", "Выберите его из списка.")
    if state == FindingState.BEYOND and not outcome.strip():
        raise Refused(
            "Не сказано, почему исправить нельзя.", "Напишите причину в поле «Чем закончилось»."
        )
    finding.cause = cause.strip() or finding.cause
    finding.measure = measure.strip() or finding.measure
    _close(access, finding, FindingState(state), outcome.strip())
    return finding


def locked(access: Access, finding_id: int) -> Finding:
    """The finding under a row lock; NotFound when hidden, Forbidden without the right."""
    finding = (
        visible_to(access)
        .select_for_update(of=("self",))
        .select_related("body", "appeal")
        .filter(pk=finding_id)
        .first()
    )
    if finding is None:
        raise NotFound("Такой записи нет или она вам не доступна.", "Обновите страницу.")
    access.require(Permission.QUALITY, body_id=finding.body_id, channel=channel_of(finding))
    return finding


def channel_of(finding: Finding) -> str | None:
    """That of its case; None when it has none."""
    return finding.appeal.channel if finding.appeal else None


def _close(access: Access, finding: Finding, state: FindingState, outcome: str) -> None:
    if finding.state == state and not outcome and state == FindingState.OPEN:
        raise Conflict("Запись уже открыта.", "Обновите страницу.")
    finding.state = state
    finding.outcome = outcome or finding.outcome
    done = state != FindingState.OPEN
    finding.settled_at = clock.now() if done else None
    finding.settled_by = access.actor.label if done else ""
    finding.save()
    event = FindingSettled(
        subject_id=finding.pk, case_id=finding.appeal_id, state=state, outcome=outcome
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)


def _create(access: Access, **values: Any) -> Finding:
    finding = Finding.objects.create(
        municipality_id=access.municipality_id,
        found_at=clock.now(),
        found_by=access.actor.label,
        **values,
    )
    record(
        FindingRecorded(
            subject_id=finding.pk,
            case_id=finding.appeal_id,
            sort=finding.sort,
            kind_label=finding.get_kind_display(),
            body=str(finding.body or ""),
        ),
        actor=access.actor,
        municipality_id=access.municipality_id,
    )
    return finding


def _case(access: Access, appeal_id: int) -> Appeal:
    return one_of(visible_appeals(access), appeal_id)


def _reply(appeal: Appeal, reply_id: int | None) -> Reply | None:
    found = Reply.objects.filter(appeal=appeal)
    if reply_id is None:
        return found.order_by("-created_at", "-pk").first()
    reply = found.filter(pk=reply_id).first()
    if reply is None:
        raise NotFound("Такого ответа в обращении нет.", "Выберите ответ из списка.")
    return reply


def _author(reply: Reply | None) -> Account | None:
    """Who wrote the answer; one who wrote by a link has no account."""
    if reply is None or reply.author_id is None:
        return None
    return Account.objects.filter(pk=reply.author_id).first()


def _body(access: Access, body_id: int | None) -> Body | None:
    if body_id is None:
        return None
    body = Body.objects.filter(municipality_id=access.municipality_id, pk=body_id).first()
    if body is None:
        raise NotFound("Такого органа нет.", "Выберите орган из списка.")
    return body


def _day(access: Access, moment: datetime | None) -> date:
    zone = Municipality.objects.get(pk=access.municipality_id).tz
    return moment.astimezone(zone).date() if moment else clock.today(zone)
