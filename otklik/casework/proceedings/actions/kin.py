"""Linking a case with earlier ones of the same author, by itself and by hand."""

from __future__ import annotations

from django.db import transaction

from otklik.base import clock
from otklik.base.errors import Conflict, NotFound, Refused
from otklik.casework.appeals.actions import link_repeat, mark_repetition, unlink_repeat
from otklik.casework.appeals.actions.locking import locked
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Repetition, Status
from otklik.casework.proceedings.events import KinLinked, KinUnlinked
from otklik.casework.proceedings.models import Definition, KinLink
from otklik.casework.proceedings.queries import (
    candidates,
    definitions,
    kin_of,
    local_day,
    repeated_kin,
)
from otklik.casework.proceedings.queries.kin import same_author
from otklik.casework.proceedings.rules.repetition import mark_of
from otklik.casework.proceedings.vocabulary import LEAST_COUNT, Kinship
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.records.journal.actions import record

_LOOK_AT = 50


@transaction.atomic
def link_kin_of(*, appeal_id: int) -> list[KinLink]:
    """Find what a new case repeats or doubles, by the municipality's definitions, and link it.

    «Дубликат»: the same author and text on the same day. «Повторное»: the same author and topic,
    answered already. Repeating it links nothing twice; a link taken off by hand stays off.
    """
    appeal = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal_id)
    access = Access.system(appeal.municipality_id, "Поиск повторных")
    words = definitions(appeal.municipality_id)
    known = set(KinLink.objects.filter(appeal=appeal).values_list("earlier_id", flat=True))
    longest = max((word.days for word in words.values()), default=365)
    found = []
    for earlier in candidates(appeal, days=longest)[:_LOOK_AT]:
        kind = _kinship(appeal, earlier, words)
        if kind is not None and earlier.pk not in known:
            found.append(_link(access, appeal, earlier, kind, by_hand=False))
    repeat = next((one.earlier_id for one in found), None)
    if repeat is not None and appeal.repeats_id is None:
        link_repeat(access=access, appeal_id=appeal.pk, earlier_id=repeat)
    if found:
        _mark(access, appeal, words)
    return found


@transaction.atomic
def mark_kin(*, appeal_id: int) -> None:
    """Mark a linked case anew: the centre has changed what its words mean."""
    appeal = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal_id)
    access = Access.system(appeal.municipality_id, "Поиск повторных")
    _mark(access, appeal, definitions(appeal.municipality_id))


@transaction.atomic
def link_kin(*, access: Access, appeal_id: int, number: str, kind: Kinship) -> KinLink:
    """Link by hand with the earlier case of that number; Refused for a stranger's case."""
    access = access.require(Permission.CLASSIFY)
    appeal = locked(access, appeal_id)
    earlier = Appeal.objects.filter(
        municipality_id=appeal.municipality_id, number__iexact=number.strip().lstrip("№ ")
    ).first()
    if earlier is None or earlier.pk == appeal.pk:
        raise NotFound("Обращения с таким номером нет.", "Проверьте номер по журналу.")
    if earlier.received_at > appeal.received_at:
        raise Refused(f"№ {earlier.number} поступило позже.", "Откройте его и свяжите с этим.")
    if not same_author(appeal, earlier):
        raise Refused(
            f"№ {earlier.number} написал другой заявитель: это не повторное обращение.",
            "Проверьте номер, телефон и почту заявителя.",
        )
    if KinLink.objects.filter(appeal=appeal, earlier=earlier, unlinked_at=None).exists():
        raise Conflict("Эти обращения уже связаны.", "Обновите карточку.")
    made = _link(access, appeal, earlier, kind, by_hand=True)
    if appeal.repeats_id is None:
        link_repeat(access=access, appeal_id=appeal.pk, earlier_id=earlier.pk)
    _mark(access, appeal, definitions(appeal.municipality_id))
    return made


@transaction.atomic
def unlink_kin(*, access: Access, link_id: int, reason: str) -> KinLink:
    """Take a link off; it stays in the history, and is not made again by itself."""
    access = access.require(Permission.CLASSIFY)
    link = KinLink.objects.select_related("earlier").filter(
        pk=link_id, unlinked_at__isnull=True, appeal__municipality_id=access.municipality_id
    ).first()  # fmt: skip
    if link is None:
        raise NotFound("Такой связи нет.", "Обновите карточку.")
    if not reason.strip():
        raise Refused("Не указано, почему связь снята.", "Напишите причину одной фразой.")
    appeal = locked(access, link.appeal_id)
    access = access.under(Permission.CLASSIFY, channel=appeal.channel)
    link.unlinked_at = clock.now()
    link.save(update_fields=["unlinked_at"])
    if appeal.repeats_id == link.earlier_id:
        unlink_repeat(access=access, appeal_id=appeal.pk)
    event = KinUnlinked(
        subject_id=appeal.pk,
        case_id=appeal.pk,
        earlier_id=link.earlier_id,
        earlier=link.earlier.number,
        reason=reason.strip(),
    )
    record(event, actor=access.actor, municipality_id=appeal.municipality_id)
    _mark(access, appeal, definitions(appeal.municipality_id))
    return link


def _mark(access: Access, appeal: Appeal, words: dict[str, Definition]) -> None:
    """By the links in force; a case that another system calls a repeat stays one."""
    today = local_day(appeal, appeal.received_at)
    repeated = [(today - local_day(appeal, one.received_at)).days for one in repeated_kin(appeal)]
    multiple = words["multiple"]
    found = mark_of(
        repeated=repeated,
        duplicate=kin_of(appeal.pk).filter(kind=Kinship.DUPLICATE).exists(),
        count=multiple.count or LEAST_COUNT,
        days=multiple.days,
    )
    appeal.refresh_from_db(fields=["repeats"])
    left = Repetition.REPEAT if appeal.repeats_id else ""
    mark_repetition(access=access, appeal_id=appeal.pk, repetition=found or left)


def _kinship(appeal: Appeal, earlier: Appeal, words: dict[str, Definition]) -> Kinship | None:
    if not same_author(appeal, earlier):
        return None
    apart = (local_day(appeal, appeal.received_at) - local_day(appeal, earlier.received_at)).days
    same_text = _plain(appeal.text) == _plain(earlier.text)
    if same_text and apart < words["duplicate"].days:
        return Kinship.DUPLICATE
    same_topic = appeal.topic_id is not None and appeal.topic_id == earlier.topic_id
    overdue = earlier.is_open and earlier.due_at is not None and earlier.due_at < appeal.received_at
    told = earlier.status == Status.ANSWERED or overdue
    if (same_topic or same_text) and told and apart <= words["repeat"].days:
        return Kinship.REPEAT
    return None


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("ё", "е").split())


def _link(
    access: Access, appeal: Appeal, earlier: Appeal, kind: Kinship, *, by_hand: bool
) -> KinLink:
    made = KinLink.objects.create(
        appeal=appeal,
        earlier=earlier,
        kind=kind,
        by_hand=by_hand,
        linked_at=clock.now(),
        linked_by=access.actor.label,
    )
    event = KinLinked(
        subject_id=appeal.pk,
        case_id=appeal.pk,
        earlier_id=earlier.pk,
        earlier=earlier.number,
        kind_label=Kinship(kind).label,
        by_hand=by_hand,
    )
    record(event, actor=access.actor, municipality_id=appeal.municipality_id)
    return made
