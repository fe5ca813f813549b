"""Setting weights and grouping peers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from django.db import IntegrityError, transaction

from otklik.base import clock
from otklik.base.errors import Forbidden, NotFound, Refused
from otklik.directory.organisation.models import Body, Municipality
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.insight.ratings.events import PeersGrouped, RatingWeighed
from otklik.insight.ratings.models import PeerGroup, Scheme
from otklik.insight.ratings.queries import chosen_of
from otklik.insight.ratings.rules.families import FAMILIES
from otklik.insight.ratings.vocabulary import PartName, System
from otklik.records.journal.actions import record

MOST = 1000


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Weights by part in any units; numbers of questions and working days."""

    weights: Mapping[str, float] = field(default_factory=dict)
    minimum: int = 5
    prior: int = 10
    contest_days: int = 5


@transaction.atomic
def set_weights(*, access: Access, system: System, new: Weights) -> Scheme:
    """Set the weights of a system; what stood before is in the journal beside what stands now."""
    access = _setter(access)
    given = {part.value: float(new.weights.get(part.value, 0)) for part in PartName}
    _check(given, new)
    place = Municipality.objects.select_for_update().get(pk=access.municipality_id)
    before = chosen_of(place.pk, system)
    told = {"minimum": new.minimum, "prior": new.prior, "contest_days": new.contest_days}
    scheme, _ = Scheme.objects.update_or_create(
        municipality=place,
        system=system,
        defaults={
            "weights": given,
            **told,
            "set_at": clock.now(),
            "set_label": access.actor.label,
        },
    )
    event = RatingWeighed(
        subject_id=scheme.pk,
        system=system.value,
        before={**asdict(before.settings), "contest_days": before.contest_days},
        after={**given, **told},
    )
    record(event, actor=access.actor, municipality_id=place.pk)
    return scheme


@transaction.atomic
def save_peers(
    *, access: Access, name: str, body_ids: Iterable[int], group_id: int | None = None
) -> PeerGroup:
    """Make or change a group; a body leaves the group it stood in before."""
    access = _setter(access)
    name = " ".join(name.split())[:120]
    if not name:
        raise Refused("У группы нет названия.", "Назовите её, например «Школы».")
    Municipality.objects.select_for_update().get(pk=access.municipality_id)
    bodies = Body.objects.filter(municipality_id=access.municipality_id, pk__in=list(body_ids))
    if not bodies:
        raise Refused("В группе нет ни одного органа.", "Отметьте органы или удалите группу.")
    group = _group(access, group_id) if group_id else None
    group = group or PeerGroup(municipality_id=access.municipality_id)
    group.name = name
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError:
        raise Refused(f"Группа «{name}» уже есть.", "Выберите другое название.") from None
    through = PeerGroup.bodies.through.objects
    through.filter(body__in=bodies, peergroup__municipality_id=access.municipality_id).exclude(
        peergroup=group
    ).delete()
    group.bodies.set(bodies)
    _told(access, group, [body.pk for body in bodies])
    return group


@transaction.atomic
def drop_peers(*, access: Access, group_id: int) -> None:
    """Drop a group; its bodies stand without one."""
    access = _setter(access)
    group = _group(access, group_id)
    _told(access, group, [])
    group.delete()


@transaction.atomic
def group_by_kind(*, access: Access) -> list[PeerGroup]:
    """Groups by the kinds of bodies, in place of all that stand."""
    access = _setter(access)
    bodies = Body.objects.filter(municipality_id=access.municipality_id, is_active=True)
    PeerGroup.objects.filter(municipality_id=access.municipality_id).delete()
    made = []
    for family in FAMILIES:
        ids = list(bodies.filter(kind__in=family.kinds).values_list("pk", flat=True))
        if ids:
            made.append(save_peers(access=access, name=family.name, body_ids=ids))
    return made


def _setter(access: Access) -> Access:
    access = access.require_any(Permission.SET_UP)
    if not access.reach(Permission.SET_UP).everywhere:
        raise Forbidden(
            "Веса рейтинга задаёт тот, кто настраивает весь центр.",
            "Попросите администратора центра.",
        )
    return access


def _check(given: Mapping[str, float], new: Weights) -> None:
    if any(not 0 <= value <= MOST for value in given.values()):
        raise Refused("Вес не может быть меньше нуля.", "Поставьте ноль, чтобы часть не считалась.")
    if not sum(given.values()) > 0:
        raise Refused("Все веса нулевые.", "Дайте вес хотя бы одной части.")
    if not (1 <= new.minimum <= MOST and 0 <= new.prior <= MOST):
        raise Refused(
            "Наименьшая выборка — от 1, условных вопросов — от 0 до 1000.", "Исправьте числа."
        )
    if not 1 <= new.contest_days <= 90:
        raise Refused("На оспаривание — от 1 до 90 рабочих дней.", "Исправьте число дней.")


def _group(access: Access, group_id: int) -> PeerGroup:
    found = PeerGroup.objects.filter(pk=group_id, municipality_id=access.municipality_id).first()
    if found is None:
        raise NotFound("Такой группы нет.", "Обновите список групп.")
    return found


def _told(access: Access, group: PeerGroup, body_ids: list[int]) -> None:
    event = PeersGrouped(subject_id=group.pk, name_given=group.name, body_ids=tuple(body_ids))
    record(event, actor=access.actor, municipality_id=access.municipality_id)
