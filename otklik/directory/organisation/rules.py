"""What a person may do: grants added up over roles and substitutions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from otklik.base.actor import Actor
from otklik.base.errors import Forbidden

MEND = "Попросите администратора центра дать вам это право в разделе «Организация»."


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one permission reaches: the whole municipality, or these bodies, or own work."""

    everywhere: bool = False
    body_ids: frozenset[int] = frozenset()
    own: bool = False

    def __or__(self, other: Reach) -> Reach:
        return Reach(
            everywhere=self.everywhere or other.everywhere,
            body_ids=self.body_ids | other.body_ids,
            own=self.own or other.own,
        )


@dataclass(frozen=True)
class Access:
    """One person in one municipality on one day. Made by `queries.access_of`."""

    actor: Actor
    municipality_id: int
    account_id: int | None = None
    grants: Mapping[str, Reach] = field(default_factory=dict)
    unlimited: bool = False

    @classmethod
    def system(cls, municipality_id: int, label: str = "Система") -> Access:
        """The program itself acting for a municipality: jobs, imports from the command line."""
        return cls(actor=Actor.system(label), municipality_id=municipality_id, unlimited=True)

    def reach(self, permission: str) -> Reach:
        if self.unlimited:
            return Reach(everywhere=True)
        return self.grants.get(str(permission), Reach())

    def may(self, permission: str) -> bool:
        """Whether the permission is held at all, however narrow."""
        reach = self.reach(permission)
        return reach.everywhere or bool(reach.body_ids) or reach.own

    def allows(
        self,
        permission: str,
        *,
        body_id: int | None = None,
        account_id: int | None = None,
    ) -> bool:
        """Whether the permission covers a thing held by this body or done by this account."""
        reach = self.reach(permission)
        if reach.everywhere:
            return True
        if body_id is not None and body_id in reach.body_ids:
            return True
        return reach.own and account_id is not None and account_id == self.account_id

    def require(
        self,
        permission: str,
        *,
        body_id: int | None = None,
        account_id: int | None = None,
    ) -> None:
        """Raise Forbidden when the permission does not cover the thing."""
        if not self.allows(permission, body_id=body_id, account_id=account_id):
            label = getattr(permission, "label", str(permission))
            raise Forbidden(f"У вас нет права: {label}.", MEND)

    def require_any(self, permission: str) -> None:
        """Raise Forbidden when the permission is not held at all."""
        if not self.may(permission):
            label = getattr(permission, "label", str(permission))
            raise Forbidden(f"У вас нет права: {label}.", MEND)
