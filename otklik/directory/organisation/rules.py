"""What a person may do: grants added up over roles and substitutions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

from otklik.base.actor import Actor
from otklik.base.errors import Forbidden
from otklik.directory.organisation.vocabulary import Permission

MEND = "Попросите администратора центра дать вам это право в разделе «Организация»."


@dataclass(frozen=True, slots=True)
class Reach:
    """How far one permission reaches: the whole municipality, or these bodies, or own work.

    `by_channel` is what is reached besides in single channels (pos, incident …), by roles that
    are limited to them. A thing whose channel is not said is not covered by it.
    """

    everywhere: bool = False
    body_ids: frozenset[int] = frozenset()
    own: bool = False
    by_channel: Mapping[str, Reach] = field(default_factory=dict, hash=False)

    def __or__(self, other: Reach) -> Reach:
        channels = {*self.by_channel, *other.by_channel}
        return Reach(
            everywhere=self.everywhere or other.everywhere,
            body_ids=self.body_ids | other.body_ids,
            own=self.own or other.own,
            by_channel={
                name: self.by_channel.get(name, NOTHING) | other.by_channel.get(name, NOTHING)
                for name in channels
            },
        )

    def __bool__(self) -> bool:
        """Whether anything is reached at all."""
        return self.everywhere or bool(self.body_ids) or self.own or any(self.by_channel.values())

    @property
    def plain(self) -> bool:
        """Whether something is reached whatever its channel."""
        return self.everywhere or bool(self.body_ids) or self.own

    def within(self, channels: Iterable[str]) -> Reach:
        """The same reach in these channels only."""
        return Reach(by_channel={name: self.at(name) for name in sorted(channels)})

    def at(self, channel: str) -> Reach:
        """What is reached of the things of one channel."""
        return replace(self, by_channel={}) | self.by_channel.get(channel, NOTHING)

    def covers(self, body_id: int | None, own: bool, channel: str | None) -> bool:
        """Whether a thing of this body and channel, done by oneself or not, is reached."""
        if self.everywhere or (body_id is not None and body_id in self.body_ids):
            return True
        if self.own and own:
            return True
        inner = self.by_channel.get(channel) if channel else None
        return inner is not None and inner.covers(body_id, own, None)


NOTHING = Reach()
EVERYTHING = Reach(everywhere=True)
SEEING = str(Permission.VIEW_APPEALS)


@dataclass(frozen=True)
class Access:
    """One person in one municipality on one day. Made by `queries.access_of`.

    `roles` names, for each permission, the roles that give it. `require` and `under` return the
    same access acting under the role that gave the right: whatever is recorded with the returned
    `actor` stands in the journal under that role (novoduginsky:2.1.7). Nothing is remembered
    between calls, so one access may serve several threads.
    """

    actor: Actor
    municipality_id: int
    account_id: int | None = None
    grants: Mapping[str, Reach] = field(default_factory=dict)
    unlimited: bool = False
    roles: Mapping[str, tuple[tuple[str, Reach], ...]] = field(default_factory=dict)

    @classmethod
    def system(cls, municipality_id: int, label: str = "Система") -> Access:
        """The program itself acting for a municipality: jobs, imports from the command line."""
        return cls(actor=Actor.system(label), municipality_id=municipality_id, unlimited=True)

    def reach(self, permission: str) -> Reach:
        return EVERYTHING if self.unlimited else self.grants.get(str(permission), NOTHING)

    def may(self, permission: str) -> bool:
        """Whether the permission is held at all, however narrow."""
        return bool(self.reach(permission))

    def allows(
        self,
        permission: str,
        *,
        body_id: int | None = None,
        account_id: int | None = None,
        channel: str | None = None,
    ) -> bool:
        """Whether the permission covers a thing held by this body or done by this account.

        `channel` is that of the case at hand; leave it out for what belongs to no channel.
        """
        return self.reach(permission).covers(body_id, self._own(account_id), channel)

    def require(
        self,
        permission: str,
        *,
        body_id: int | None = None,
        account_id: int | None = None,
        channel: str | None = None,
    ) -> Self:
        """This access acting under the role that covers the thing; Forbidden when none does.

        With the right held in single channels only and the channel not known yet, the returned
        access sees no cases of other channels: what it finds next, the right covers.
        """
        seeing = self
        if not self.allows(permission, body_id=body_id, account_id=account_id, channel=channel):
            own, inner = self._own(account_id), self.reach(permission).by_channel
            held = [name for name, reach in inner.items() if reach.covers(body_id, own, None)]
            if channel is not None or not held:
                raise _refusal(permission)
            seeing = self._seeing_only(held)
        return seeing.under(permission, body_id=body_id, account_id=account_id, channel=channel)

    def require_any(self, permission: str) -> Self:
        """This access acting under a role with the permission; Forbidden when it is not held.

        Held in single channels only, it sees no cases of others from now on.
        """
        reach = self.reach(permission)
        if not reach:
            raise _refusal(permission)
        plain = replace(reach, by_channel={})
        seeing = self if plain else self._seeing_only(reach.by_channel)
        return seeing.under(permission)

    def under(
        self,
        *permissions: str,
        body_id: int | None = None,
        account_id: int | None = None,
        channel: str | None = None,
    ) -> Self:
        """This access acting under the role that gives the first of these rights it holds here.

        Of several such roles the one acted under already stays, then one limited to the channel
        comes first. Never refuses: unchanged when no role is known.
        """
        own = self._own(account_id)
        for permission in permissions:
            held = self.roles.get(str(permission), ())
            fitting = [one for one in held if one[1].covers(body_id, own, channel)] or held
            if fitting:
                role = min(fitting, key=lambda one: (one[0] != self.actor.role, _width(one[1])))[0]
                return replace(self, actor=self.actor.under(role))
        return self

    def _seeing_only(self, channels: Iterable[str]) -> Self:
        seen = {SEEING: self.reach(SEEING).within(channels)}
        return replace(self, grants={**self.grants, **seen})

    def _own(self, account_id: int | None) -> bool:
        return account_id is not None and account_id == self.account_id


def _width(reach: Reach) -> bool:
    return not reach.by_channel


def _refusal(permission: str) -> Forbidden:
    label = getattr(permission, "label", str(permission))
    return Forbidden(f"У вас нет права: {label}.", MEND)
