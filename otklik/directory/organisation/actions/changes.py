"""Changes of the composition: proposed as drafts, in force by an act, or rejected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, Forbidden, Refused
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.actions.appointments import appoint, end_appointment
from otklik.directory.organisation.actions.blocks import place_body
from otklik.directory.organisation.events import ChangeDecided, ChangeProposed
from otklik.directory.organisation.models import Appointment, Block, Body, CompositionChange, Role
from otklik.directory.organisation.queries import led_blocks
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import (
    BlockMembership,
    ChangeKind,
    ChangeState,
    Permission,
)
from otklik.records.attachments.actions import store
from otklik.records.journal.actions import record

CHANGE = "composition_change"


@dataclass(frozen=True, kw_only=True)
class NewChange:
    """What is to be changed; which fields count depends on the kind."""

    kind: ChangeKind
    account: Account | None = None
    role: Role | None = None
    body: Body | None = None
    block: Block | None = None
    appointment: Appointment | None = None
    position: str = ""
    since: date | None = None
    until: date | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ApprovingAct:
    """The act that approves: kind and number («постановление № 15»), its date, its file."""

    act: str
    act_on: date | None
    file: tuple[str, bytes] | None


def propose_change(*, access: Access, new: NewChange, today: date) -> CompositionChange:
    """Keep a draft; nothing changes yet (tuapse:3.5.4, 4.1).

    Those who keep the structure propose anything, the lead of a block — changes of his block.
    Raises Forbidden for others, and Refused for a change that lacks what its kind needs.
    """
    if not access.allows(Permission.ORGANISE):
        own = {block.pk for block in led_blocks(access, today)}
        if new.block is None or new.block.pk not in own:
            raise Forbidden(
                "Предлагать состав вы можете только для своего блока.",
                "Выберите блок, за который отвечаете.",
            )
    access = access.under(Permission.ORGANISE)
    _complete(access, new)
    with transaction.atomic():
        change = CompositionChange.objects.create(
            municipality_id=access.municipality_id,
            kind=new.kind,
            account=new.account,
            role=new.role,
            body=new.body,
            block=new.block,
            appointment=new.appointment,
            position=new.position,
            since=new.since,
            until=new.until,
            reason=new.reason.strip(),
            proposed_by_id=access.account_id,
            proposed_label=access.actor.label,
            proposed_at=clock.now(),
        )
        event = ChangeProposed(subject_id=change.pk, change=str(change), reason=change.reason)
        record(event, actor=access.actor, municipality_id=access.municipality_id)
    return change


def approve_change(*, access: Access, change_id: int, act: ApprovingAct) -> CompositionChange:
    """Put a draft into force by an act (ust-kubinsky:4.2, tuapse:3.3.2, 4.1).

    Raises Refused without the number, the date or the file of the act, and as `appoint`.
    """
    access = access.require(Permission.ORGANISE)
    if not act.act.strip() or act.act_on is None or act.file is None:
        raise Refused(
            "Состав утверждают актом: нужны вид и номер, дата и файл.",
            "Впишите реквизиты акта и приложите его файл.",
        )
    basis = f"{act.act.strip()} от {act.act_on:%d.%m.%Y}"
    with transaction.atomic():
        change = _draft(access, change_id)
        _carry_out(access, change, basis, act.act_on)
        change.act, change.act_on = act.act.strip(), act.act_on
        store(
            municipality_id=access.municipality_id,
            file_name=act.file[0],
            content=act.file[1],
            subject=CHANGE,
            subject_id=change.pk,
        )
        _decide(access, change, ChangeState.APPROVED, basis)
    return change


def reject_change(*, access: Access, change_id: int, reason: str) -> CompositionChange:
    """Leave everything as it was; the reason stays with the draft (tuapse:3.5.4)."""
    access = access.require(Permission.ORGANISE)
    if not reason.strip():
        raise Refused("Не указана причина отказа.", "Напишите, почему состав не меняется.")
    with transaction.atomic():
        change = _draft(access, change_id)
        change.decision_note = reason.strip()
        _decide(access, change, ChangeState.REJECTED, change.decision_note)
    return change


def _complete(access: Access, new: NewChange) -> None:
    needed = {
        ChangeKind.APPOINT: (new.account, new.role, new.since),
        ChangeKind.END: (new.appointment, new.until),
        ChangeKind.JOIN: (new.body, new.block),
        ChangeKind.LEAVE: (new.body, new.block),
    }[new.kind]
    if not all(needed):
        raise Refused("В предложении заполнено не всё.", "Укажите, кого, куда и с какого дня.")
    things = (new.role, new.body, new.block, new.appointment and new.appointment.role)
    if any(thing and thing.municipality_id != access.municipality_id for thing in things):
        raise Refused("Выбрано из другого муниципалитета.", "Выберите из списков своего центра.")


def _draft(access: Access, change_id: int) -> CompositionChange:
    rows = CompositionChange.objects.select_for_update(of=("self",))
    change = rows.filter(municipality_id=access.municipality_id, pk=change_id).first()
    if change is None or change.state != ChangeState.DRAFT:
        raise Conflict("Черновика уже нет: по нему принято решение.", "Обновите список.")
    return change


def _carry_out(access: Access, change: CompositionChange, basis: str, act_on: date) -> None:
    if change.kind == ChangeKind.APPOINT:
        assert change.account is not None
        assert change.role is not None
        assert change.since is not None
        change.appointment = appoint(
            access=access,
            account=change.account,
            role=change.role,
            body=change.body,
            block=change.block,
            position=change.position,
            since=change.since,
            until=change.until,
            basis=basis,
        )
    elif change.kind == ChangeKind.END:
        assert change.appointment is not None
        end_appointment(access=access, appointment=change.appointment, on=change.until or act_on)
    else:
        _place(access, change, basis)


def _place(access: Access, change: CompositionChange, basis: str) -> None:
    assert change.body is not None
    assert change.block is not None
    rows = change.body.block_memberships.all()
    memberships = {row.block_id: BlockMembership(row.membership) for row in rows}
    if change.kind == ChangeKind.JOIN:
        memberships.setdefault(change.block.pk, BlockMembership.MEMBER)
    else:
        memberships.pop(change.block.pk, None)
    place_body(access=access, body=change.body, memberships=memberships, decision=basis)


def _decide(access: Access, change: CompositionChange, state: ChangeState, said: str) -> None:
    change.state, change.decided_at = state, clock.now()
    change.decided_label = access.actor.label
    change.save()
    event = ChangeDecided(
        subject_id=change.pk,
        change=str(change),
        approved=state == ChangeState.APPROVED,
        basis=said,
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
