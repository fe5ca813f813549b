"""What a person may do here, and lists of the organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from otklik.base.actor import Actor
from otklik.base.errors import NotFound
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import (
    Appointment,
    BlockMember,
    Body,
    Municipality,
    Regulation,
    Role,
)
from otklik.directory.organisation.presets.schema import Centre, Facts
from otklik.directory.organisation.rules import Access, Reach
from otklik.directory.organisation.vocabulary import Permission, Scope


def municipality_by_slug(slug: str) -> Municipality:
    """Raise NotFound when there is none."""
    try:
        return Municipality.objects.get(slug=slug)
    except Municipality.DoesNotExist:
        raise NotFound(
            f"Муниципалитета «{slug}» в этой установке нет.",
            "Список: «otklik preset list»; создать: «otklik preset apply ИМЯ».",
        ) from None


def appointments_in_force(on: date) -> QuerySet[Appointment]:
    return Appointment.objects.filter(since__lte=on).filter(
        Q(until__isnull=True) | Q(until__gte=on)
    )


def municipalities_of(account: Account, on: date) -> QuerySet[Municipality]:
    """Where this person has an appointment today."""
    roles = appointments_in_force(on).filter(account=account).values("role__municipality_id")
    return Municipality.objects.filter(pk__in=roles).order_by("short_name")


def access_of(account: Account, municipality_id: int, on: date) -> Access:
    """All grants of a person's appointments of the day, added up. Three queries at most."""
    appointments = list(
        appointments_in_force(on)
        .filter(account=account, role__municipality_id=municipality_id)
        .select_related("role")
        .prefetch_related("role__grants")
    )
    bodies = _bodies_below(municipality_id, [a.body_id for a in appointments if a.body_id])
    blocks = _bodies_of_blocks([a.block_id for a in appointments if a.block_id])
    grants: dict[str, Reach] = defaultdict(Reach)
    for appointment in appointments:
        for grant in appointment.role.grants.all():
            grants[grant.permission] |= _reach(grant.scope, appointment, bodies, blocks)
    label = account.short_name
    position = next((a.position for a in appointments if a.position), "")
    return Access(
        actor=Actor("person", f"{label}, {position}" if position else label, account.pk),
        municipality_id=municipality_id,
        account_id=account.pk,
        grants=dict(grants),
    )


def _reach(
    scope: str,
    appointment: Appointment,
    bodies: dict[int, frozenset[int]],
    blocks: dict[int, frozenset[int]],
) -> Reach:
    if scope == Scope.MUNICIPALITY:
        return Reach(everywhere=True, own=True)
    own_bodies = bodies.get(appointment.body_id or 0, frozenset())
    if scope == Scope.BODY:
        return Reach(body_ids=own_bodies, own=True)
    if scope == Scope.BLOCK:
        return Reach(
            body_ids=own_bodies | blocks.get(appointment.block_id or 0, frozenset()),
            own=True,
        )
    return Reach(own=True)


def _bodies_below(municipality_id: int, roots: list[int]) -> dict[int, frozenset[int]]:
    """Each root body with all bodies below it."""
    if not roots:
        return {}
    children: dict[int | None, list[int]] = defaultdict(list)
    for pk, parent in Body.objects.filter(municipality_id=municipality_id).values_list(
        "pk", "parent_id"
    ):
        children[parent].append(pk)
    return {root: frozenset(_descend(root, children)) for root in roots}


def _descend(root: int, children: dict[int | None, list[int]]) -> Iterable[int]:
    pending, seen = [root], set[int]()
    while pending:
        body = pending.pop()
        if body not in seen:
            seen.add(body)
            pending.extend(children[body])
    return seen


def _bodies_of_blocks(block_ids: list[int]) -> dict[int, frozenset[int]]:
    if not block_ids:
        return {}
    found: dict[int, set[int]] = defaultdict(set)
    rows = BlockMember.objects.filter(block_id__in=block_ids, body__isnull=False)
    for block_id, body_id in rows.values_list("block_id", "body_id"):
        if body_id is not None:
            found[block_id].add(body_id)
    return {block: frozenset(ids) for block, ids in found.items()}


def bodies(municipality_id: int) -> QuerySet[Body]:
    """Active bodies in the centre's own order."""
    return Body.objects.filter(municipality_id=municipality_id, is_active=True)


def roles_with_grants(municipality_id: int) -> QuerySet[Role]:
    return Role.objects.filter(municipality_id=municipality_id).prefetch_related("grants")


def holders_of(
    permission: Permission,
    municipality_id: int,
    on: date,
    *,
    body_id: int | None = None,
) -> QuerySet[Account]:
    """Accounts whose appointments of the day carry the permission (for a body, when given)."""
    found = appointments_in_force(on).filter(
        role__municipality_id=municipality_id, role__grants__permission=permission
    )
    if body_id is not None:
        found = found.filter(Q(role__grants__scope=Scope.MUNICIPALITY) | Q(body_id=body_id))
    return Account.objects.filter(pk__in=found.values("account_id"), is_active=True)


def regulation_facts(municipality: Municipality) -> Facts:
    """What the centre's regulation says beyond tables: terms, reports, route, open points.

    A municipality made without a preset has only the name and form of its centre.
    """
    stored = municipality.settings.get("regulation")
    if stored:
        return Facts.model_validate(stored)
    return Facts(centre=Centre(name=municipality.centre_name, form=municipality.centre_form))


def vacant_roles(municipality_id: int, on: date) -> QuerySet[Role]:
    """Roles that nobody holds on the day (novoduginsky:2.1)."""
    held = appointments_in_force(on).filter(role__municipality_id=municipality_id)
    return Role.objects.filter(municipality_id=municipality_id).exclude(
        pk__in=held.values("role_id")
    )


def regulation_in_force(municipality_id: int, on: date) -> Regulation | None:
    """The act by which the centre works on the day."""
    acts = Regulation.objects.filter(municipality_id=municipality_id, in_force_from__lte=on)
    return acts.exclude(repealed_on__lte=on).order_by("-in_force_from").first()


def composition(municipality_id: int, on: date) -> QuerySet[Appointment]:
    """Who holds which role on the day, with the basis of each appointment (dedovichi:10)."""
    return (
        appointments_in_force(on)
        .filter(role__municipality_id=municipality_id)
        .select_related("account", "role", "body", "block")
        .order_by("role__order", "since", "pk")
    )


def bodies_without(role_slug: str, municipality_id: int, on: date) -> QuerySet[Body]:
    """Active bodies for which nobody holds the role on the day (dedovichi:15)."""
    held = appointments_in_force(on).filter(
        role__municipality_id=municipality_id, role__slug=role_slug, body__isnull=False
    )
    return bodies(municipality_id).exclude(pk__in=held.values("body_id"))


def clause_register(municipality: Municipality) -> dict[str, list[str]]:
    """Clause number → what in this centre comes from it (ust-kubinsky:1.1, tuapse:1.2)."""
    found: dict[str, list[str]] = defaultdict(list)
    for role in municipality.roles.all():
        for clause in role.clauses:
            found[clause].append(f"роль «{role.label}»")
    facts = regulation_facts(municipality)
    for step in facts.route:
        if step.clause:
            found[step.clause].append(f"шаг «{step.text}»")
    parts = [
        *(("канал", channel.name, channel.clauses) for channel in facts.channels),
        *(("срок", term.subject, term.clauses) for term in facts.terms),
        *(("отчёт", report.name, report.clauses) for report in facts.reports),
        *(("взаимодействие", other.name, other.clauses) for other in facts.counterparts),
    ]
    for kind, name, clauses in parts:
        for clause in clauses:
            found[clause].append(f"{kind} «{name}»")
    return dict(found)


def regulation_for(access: Access, on: date) -> Regulation:
    """The version in force on the day, open to every participant whatever the rights.

    Raises NotFound for those who take no part, and where no act is in force on the day.
    """
    act = regulation_in_force(access.municipality_id, on)
    if act is None or not (access.unlimited or access.grants):
        raise NotFound(
            f"На {on:%d.%m.%Y} действующего положения нет.",
            "Администратор центра вносит его в разделе «Организация».",
        )
    return act
