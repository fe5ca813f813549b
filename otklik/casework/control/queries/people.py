"""Whom a reminder or a step of escalation reaches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.control.models import EscalationStep
from otklik.casework.control.vocabulary import Addressee
from otklik.directory.accounts.models import Account
from otklik.directory.organisation.models import Appointment, BlockMember, Body
from otklik.directory.organisation.queries import (
    accesses_of,
    appointments_in_force,
    holders_of,
)
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission


def executors_of(appeal: Appeal) -> QuerySet[Account]:
    """Those named in the case, else whoever answers in its executing body."""
    if appeal.account_ids:
        return Account.objects.filter(pk__in=appeal.account_ids, is_active=True)
    if appeal.executor_body_id is None:
        return Account.objects.none()
    return answering_in(appeal.executor_body_id, clock.today(appeal.municipality.tz))


def answering_in(body_id: int, on: date) -> QuerySet[Account]:
    """Those appointed to this very body with the right to prepare answers."""
    here = appointments_in_force(on).filter(
        body_id=body_id, role__grants__permission=Permission.DRAFT
    )
    return Account.objects.filter(pk__in=here.values("account_id"), is_active=True)


class Recipients:
    """People by step and body, each looked up once for a run."""

    def __init__(self, municipality_id: int, on: date) -> None:
        self._municipality_id, self._on = municipality_id, on
        self._known: dict[tuple[int, int | None, str], frozenset[int]] = {}
        self._above: dict[int, int | None] | None = None
        self._accesses: dict[int, Access] | None = None

    def of(self, step: EscalationStep, appeal: Appeal) -> frozenset[int]:
        if step.addressee == Addressee.EXECUTOR and appeal.account_ids:
            return frozenset(appeal.account_ids)
        key = (step.pk, appeal.executor_body_id, appeal.channel)
        if key not in self._known:
            self._known[key] = frozenset(self._find(step, appeal.executor_body_id, appeal.channel))
        return self._known[key]

    def _find(self, step: EscalationStep, body_id: int | None, channel: str) -> Iterable[int]:
        if step.addressee == Addressee.PERSON:
            return [] if step.account_id is None else [step.account_id]
        if step.addressee == Addressee.ROLE:
            return self._in_role(step, body_id, channel)
        if step.addressee == Addressee.EXECUTOR:
            found = answering_in(body_id, self._on) if body_id else Account.objects.none()
            return found.values_list("pk", flat=True)
        holders = holders_of(Permission.CONTROL, self._municipality_id, self._on)
        if self._accesses is None:
            able = holders.values_list("pk", flat=True)
            self._accesses = accesses_of(self._municipality_id, self._on, able)
        return [
            pk
            for pk, access in self._accesses.items()
            if access.allows(Permission.CONTROL, body_id=body_id, channel=channel)
        ]

    def _in_role(self, step: EscalationStep, body_id: int | None, channel: str) -> Iterable[int]:
        """Appointed in the role to the body, a body above it or its block, or to no body at all;
        nobody where the role is limited to other channels."""
        if step.role and step.role.channels and channel not in step.role.channels:
            return []
        bodies = self._up(body_id)
        blocks = BlockMember.objects.filter(body_id__in=bodies[:1]).values("block_id")
        here = (
            Q(body_id__in=bodies)
            | Q(body__isnull=True, block_id__in=blocks)
            | Q(body__isnull=True, block__isnull=True)
        )
        found: QuerySet[Appointment] = appointments_in_force(self._on).filter(
            here, role=step.role, account__is_active=True
        )
        return found.values_list("account_id", flat=True)

    def _up(self, body_id: int | None) -> list[int]:
        if self._above is None:
            rows = Body.objects.filter(municipality_id=self._municipality_id)
            self._above = dict(rows.values_list("pk", "parent_id"))
        line: list[int] = []
        while body_id is not None and body_id not in line:
            line.append(body_id)
            body_id = self._above.get(body_id)
        return line
