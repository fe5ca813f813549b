"""Heads of sector blocks are asked to a meeting or a reception (tuapse:3.5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, NotFound, Refused
from otklik.casework.teamwork.events import BlocksInvited, InvitationAnswered, InvitationCancelled
from otklik.casework.teamwork.models import Invitation, InvitationGuest
from otklik.casework.teamwork.queries.leads import blocks_led, leads_of_blocks
from otklik.casework.teamwork.vocabulary import GuestState, InvitationKind
from otklik.directory.organisation.models import Block, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.notifications.actions import tell
from otklik.exchange.notifications.vocabulary import NoticeKind
from otklik.records.journal.actions import record


@transaction.atomic
def invite(
    *,
    access: Access,
    kind: InvitationKind,
    starts_at: datetime,
    place: str,
    agenda: str,
    block_ids: Sequence[int],
    minutes: int = 60,
) -> Invitation:
    """Ask blocks to come; their heads and those they named are told.

    Raises Refused for a moment gone by, no block, or a block without a head.
    """
    access = access.require_any(Permission.ASSIGN)
    if starts_at <= clock.now():
        raise Refused("Это время уже прошло.", "Выберите день и час впереди.")
    blocks = list(Block.objects.filter(pk__in=block_ids, municipality_id=access.municipality_id))
    _check_heads(access.municipality_id, blocks)
    made = Invitation.objects.create(
        municipality_id=access.municipality_id,
        kind=kind,
        starts_at=starts_at,
        minutes=minutes,
        place=place.strip(),
        agenda=agenda.strip(),
        inviter_label=access.actor.label,
        created_at=clock.now(),
    )
    InvitationGuest.objects.bulk_create(
        InvitationGuest(invitation=made, block=block) for block in blocks
    )
    event = BlocksInvited(
        subject_id=made.pk,
        kind_label=InvitationKind(kind).label,
        starts_at=starts_at,
        blocks=tuple(str(block) for block in blocks),
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    _tell(made, [block.pk for block in blocks], "Вас приглашают")
    return made


@transaction.atomic
def answer_invitation(
    *, access: Access, guest_id: int, accept: bool, remark: str = ""
) -> InvitationGuest:
    """Say for one's own block whether somebody comes; may be changed until it begins.

    Raises NotFound for another's block, Refused for a refusal without a reason.
    """
    found = InvitationGuest.objects.select_for_update(of=("self",)).select_related(
        "invitation", "block"
    )
    guest = found.filter(pk=guest_id, block_id__in=blocks_led(access)).first()
    if guest is None or guest.invitation.municipality_id != access.municipality_id:
        raise NotFound("Такого приглашения вашему блоку нет.", "Обновите список приглашений.")
    if guest.invitation.cancelled_at or guest.invitation.starts_at <= clock.now():
        raise Conflict("Встреча отменена или уже прошла.", "Отвечать на приглашение не нужно.")
    if not accept and not remark.strip():
        raise Refused("Не сказано, почему не сможете.", "Напишите причину или кто придёт за вас.")
    guest.state = GuestState.ACCEPTED if accept else GuestState.DECLINED
    guest.remark = remark.strip()[:300]
    guest.answered_at, guest.answered_label = clock.now(), access.actor.label
    guest.save()
    event = InvitationAnswered(
        subject_id=guest.invitation_id, block=str(guest.block), answer=GuestState(guest.state).label
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return guest


@transaction.atomic
def cancel_invitation(*, access: Access, invitation_id: int) -> Invitation:
    """Call it off; those invited are told."""
    access = access.require_any(Permission.ASSIGN)
    own = Invitation.objects.select_for_update().filter(municipality_id=access.municipality_id)
    found = own.filter(pk=invitation_id).first()
    if found is None:
        raise NotFound("Такого приглашения нет.", "Обновите список приглашений.")
    if found.cancelled_at:
        raise Conflict("Приглашение уже отменено.")
    found.cancelled_at = clock.now()
    found.save(update_fields=["cancelled_at"])
    event = InvitationCancelled(subject_id=found.pk)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    blocks = list(found.guests.values_list("block_id", flat=True))
    _tell(found, blocks, "Отменено приглашение", again=":cancelled")
    return found


def _check_heads(municipality_id: int, blocks: Sequence[Block]) -> None:
    if not blocks:
        raise Refused("Не выбран ни один блок.", "Отметьте, чьих руководителей пригласить.")
    without = [str(block) for block in blocks if not leads_of_blocks(municipality_id, [block.pk])]
    if without:
        raise Refused(
            f"У блока нет руководителя: {', '.join(without)}.", "Назначьте его в настройках."
        )


def _tell(made: Invitation, block_ids: Sequence[int], words: str, again: str = "") -> None:
    zone = Municipality.objects.get(pk=made.municipality_id).tz
    when = f"{made.starts_at.astimezone(zone):%d.%m.%Y в %H:%M}"
    tell(
        municipality_id=made.municipality_id,
        account_ids=leads_of_blocks(made.municipality_id, block_ids),
        kind=NoticeKind.INVITED,
        text=f"{words}: {made}, {when}, {made.place}.",
        url="/desk/invitations/",
        key=f"invitation:{made.pk}{again}",
    )
