"""Setting up a door: by those who keep the structure, for it gives roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace

from django.db import transaction

from otklik.base.errors import NotFound, Refused
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Body, Municipality, Role
from otklik.directory.organisation.queries import own, regulation_facts
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission
from otklik.exchange.channels.queries import installation_key
from otklik.exchange.channels.rules.sealing import seal
from otklik.exchange.signin.events import AccountUnbound, DoorSaved
from otklik.exchange.signin.models import ExternalDoor, RoleRule
from otklik.exchange.signin.queries import bound_to, checks_of, door_of, doors, new_key
from otklik.exchange.signin.rules.options import Options, address_fault
from otklik.exchange.signin.vocabulary import DoorKind
from otklik.records.journal.actions import record


@dataclass(frozen=True, kw_only=True)
class DoorWanted:
    """`secret` empty keeps the stored one."""

    kind: str
    title: str
    address: str
    client_id: str
    secret: str = ""
    enabled: bool = True
    for_staff: bool = True
    for_citizens: bool = False
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, kw_only=True)
class RuleWanted:
    claim: str
    value: str
    role_id: int
    body_id: int | None = None
    basis: str = ""


@transaction.atomic
def save_door(
    *,
    access: Access,
    wanted: DoorWanted,
    rules: Sequence[RuleWanted] = (),
    door_id: int | None = None,
) -> ExternalDoor:
    """Add a door or change one; its rules become these.

    A door cannot be switched on before it can work. Raises Refused, NotFound, Forbidden.
    """
    access = access.require(Permission.ORGANISE)
    wanted = _clean(wanted)
    _check(access, wanted, door_id)
    door = _row(access, wanted, door_id)
    for name in ("title", "address", "client_id", "enabled", "for_staff", "for_citizens"):
        setattr(door, name, getattr(wanted, name))
    door.options = asdict(wanted.options)
    if wanted.secret:
        door.secret = seal({"client_secret": wanted.secret}, installation_key())
    if door.enabled:
        _check_working(door)
    door.save()
    made = _replace_rules(access, door, rules)
    event = DoorSaved(
        subject_id=door.pk,
        door=door.title,
        enabled=door.enabled,
        rules=[f"{one.claim} = {one.value} → {one.role.label}" for one in made],
    )
    record(event, actor=access.actor, municipality_id=access.municipality_id)
    return door


def _clean(wanted: DoorWanted) -> DoorWanted:
    return replace(
        wanted,
        title=" ".join(wanted.title.split()),
        address=wanted.address.strip().rstrip("/"),
        client_id=wanted.client_id.strip(),
        for_citizens=wanted.for_citizens and wanted.kind == DoorKind.ESIA,
    )


def _check(access: Access, wanted: DoorWanted, door_id: int | None) -> None:
    if not wanted.title:
        raise Refused("Нет названия входа.", "Впишите, как назвать кнопку входа.")
    if fault := address_fault(wanted.address):
        raise Refused(f"Адрес «{wanted.address}» не подходит.", fault)
    if not wanted.client_id:
        raise Refused(
            "Не указан идентификатор системы.", "Впишите client_id (для ЕСИА — мнемонику)."
        )
    if wanted.enabled and not (wanted.for_staff or wanted.for_citizens):
        raise Refused("Не сказано, кто входит.", "Отметьте сотрудников или жителей.")
    others = doors(access).exclude(pk=door_id or 0)
    if others.filter(title=wanted.title).exists():
        raise Refused(f"Вход «{wanted.title}» уже есть.", "Дайте этому другое название.")
    taken = others.filter(enabled=True, for_citizens=True).first()
    if wanted.enabled and wanted.for_citizens and taken:
        raise Refused(
            f"Жители уже входят через «{taken.title}».", "Сначала выключите для них тот вход."
        )


def _check_working(door: ExternalDoor) -> None:
    faults = [one for one in checks_of(door) if not one.good]
    if faults:
        said = "; ".join(f"{one.what}: {one.state}".rstrip(".") for one in faults)
        raise Refused(f"Вход пока нельзя включить. {said}.", faults[0].mend)


def _row(access: Access, wanted: DoorWanted, door_id: int | None) -> ExternalDoor:
    if door_id is None:
        place = Municipality.objects.select_for_update().get(pk=access.municipality_id)
        return ExternalDoor(municipality=place, kind=wanted.kind, key=new_key(place, wanted.kind))
    door_of(access, door_id)
    return ExternalDoor.objects.select_for_update().get(pk=door_id, kind=wanted.kind)


def _replace_rules(
    access: Access, door: ExternalDoor, rules: Sequence[RuleWanted]
) -> list[RoleRule]:
    made = []
    decisions = regulation_facts(door.municipality).decisions
    for one in rules:
        claim, value = one.claim.strip(), one.value.strip()
        if not claim or not value:
            raise Refused(
                "В правиле ролей не хватает признака или значения.",
                "Заполните оба поля или уберите правило.",
            )
        body = own(access, Body, one.body_id) if one.body_id else None
        role = own(access, Role, one.role_id)
        basis = " ".join(one.basis.split())
        if decisions.get(role.slug) and not basis:
            raise Refused(
                f"Для роли «{role.label}» нужно основание: {decisions[role.slug]}.",
                "Впишите в правило документ, его дату и номер.",
            )
        made.append(
            RoleRule(door=door, claim=claim, value=value, role=role, body=body, basis=basis)
        )
    door.rules.all().delete()
    return RoleRule.objects.bulk_create(made)


@transaction.atomic
def unbind(*, access: Access, door_id: int, account_id: int) -> None:
    """Forget who of the other side this account was; he may be bound anew at the next entry."""
    access = access.require(Permission.ORGANISE)
    door = door_of(access, door_id)
    found = bound_to(door).filter(user_id=account_id).select_related("user").first()
    if found is None:
        raise NotFound("Этот сотрудник не привязан к входу.", "Обновите страницу.")
    account = Account.objects.get(pk=account_id)
    found.delete()
    event = AccountUnbound(subject_id=account.pk, full_name=account.full_name, door=door.title)
    record(event, actor=access.actor, municipality_id=access.municipality_id)
