"""The shape of a preset: what one regulation fixes about its municipal centre.

Positions only, never names of people. What the document leaves open stays open (`None`, or a
line in `open_points`); what a working centre needs and the document does not say is marked
`assumed` with a note that the administrator reads.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from otklik.directory.organisation.vocabulary import (
    BlockMembership,
    BodyKind,
    MunicipalityKind,
    Permission,
    Scope,
)

Step = Literal[
    "register", "refer", "assign", "hand_over", "draft", "submit", "decide", "check", "approve",
    "sign", "send",
]  # fmt: skip
ChannelKind = Literal[
    "pos", "incident", "hotline122", "email", "phone", "portal", "social", "vk", "ok", "telegram",
    "twitter", "facebook", "instagram", "pages", "esia", "bi_cur", "active_citizen", "accounts",
    "other",
]  # fmt: skip
SettlementKind = Literal["urban_settlement", "settlement"]


class Part(BaseModel):
    """A piece of a preset; `clauses` are clause numbers without the slug, letters in Latin."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    clauses: tuple[str, ...] = ()
    note: str = ""


class Identity(Part):
    name: str
    short_name: str
    name_genitive: str
    kind: MunicipalityKind
    region: str
    seat: str | None
    oktmo: str | None


class Centre(Part):
    name: str
    form: str
    powers_holder: str | None = None
    place: str | None = None
    aim: str | None = None
    applicants: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    one_word: str | None = None


class EarlierAct(Part):
    title: str
    number: str
    issued_on: date
    issuer: str = ""
    repealed_on: date | None = None


class Act(EarlierAct):
    kind: str
    in_force_from: date | None
    in_force_note: str
    published_in: str
    control: str | None
    replaces: EarlierAct | None


class Grant(Part):
    scope: Scope
    permissions: tuple[Permission, ...] = Field(min_length=1)
    clause: str | None = None
    assumed: bool = False

    @model_validator(mode="after")
    def _founded(self) -> Self:
        if self.assumed == bool(self.clause):
            raise ValueError("у права должен быть либо пункт положения, либо отметка assumed")
        if self.assumed and not self.note:
            raise ValueError("к предположенному праву нужно пояснение для администратора (note)")
        return self


class RolePart(Part):
    slug: str
    label: str
    position: str
    positions: tuple[str, ...] = ()
    duties: str
    vacant: bool = False
    single: Literal["municipality", "block"] | None = None
    decision: str | None = None
    channels: tuple[ChannelKind, ...] = ()
    grants: tuple[Grant, ...] = Field(min_length=1)

    @property
    def assumed(self) -> bool:
        return any(grant.assumed for grant in self.grants)

    @property
    def notes(self) -> str:
        """The role's own note and those of assumed rights, a line each."""
        return "\n".join(filter(None, [self.note, *(g.note for g in self.grants)]))

    @property
    def widest(self) -> dict[Permission, Scope]:
        """Each permission once; of two scopes the wider."""
        order = list(Scope)
        found: dict[Permission, Scope] = {}
        for grant in self.grants:
            for permission in grant.permissions:
                known = found.get(permission, grant.scope)
                found[permission] = max(known, grant.scope, key=order.index)
        return found


class BodyPart(Part):
    name: str
    short: str = ""
    kind: BodyKind
    parent: str | None = None
    head_position: str = ""
    member: bool = False
    by_consent: bool = False


class BlockMemberPart(Part):
    body: str | None = None
    position: str = ""
    membership: BlockMembership


class BlockPart(Part):
    name: str
    name_assumed: bool = False
    directions: tuple[str, ...] = ()
    topic_groups: tuple[str, ...] = ()
    """Groups of the shipped classifier that belong to the directions; our reading."""
    role: str
    members: tuple[BlockMemberPart, ...] = Field(min_length=1)


class SettlementPart(Part):
    name: str
    kind: SettlementKind
    body: str | None = None
    by_consent: bool = False


class Combination(Part):
    position: str
    roles: tuple[str, ...] = Field(min_length=2)


class Substitution(Part):
    role: str
    position: str
    substitute: str
    when: str


class Term(Part):
    subject: str
    value: str
    days: int | None = None
    unit: Literal["calendar_days", "working_days", "working_hours"] | None = None


class ReportPart(Part):
    name: str
    sender: str
    recipient: str | None
    period: str | None


class Channel(Part):
    kind: ChannelKind
    name: str
    enabled: bool


class RouteStep(Part):
    step: Step
    role: str
    text: str
    clause: str | None = None
    assumed: bool = False


class Counterpart(Part):
    name: str


class Facts(BaseModel):
    """What the regulation says beyond rows of tables; kept whole in the municipality's settings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    centre: Centre
    in_force_note: str = ""
    published_in: str = ""
    control: str | None = None
    positions: dict[str, tuple[str, ...]] = {}
    vacant_roles: tuple[str, ...] = ()
    single_roles: dict[str, Literal["municipality", "block"]] = {}
    block_decision: str | None = None
    composition_decision: str | None = None
    decisions: dict[str, str] = {}
    members: tuple[str, ...] = ()
    members_by_consent: tuple[str, ...] = ()
    assumed_block_names: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    topics_note: str = ""
    combinations: tuple[Combination, ...] = ()
    substitutions: tuple[Substitution, ...] = ()
    terms: tuple[Term, ...] = ()
    reports: tuple[ReportPart, ...] = ()
    channels: tuple[Channel, ...] = ()
    route: tuple[RouteStep, ...] = ()
    counterparts: tuple[Counterpart, ...] = ()
    open_points: tuple[str, ...] = ()


class Preset(BaseModel):
    """One regulation as data. Made by `load`; every reference inside it is checked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: str
    municipality: Identity
    centre: Centre
    act: Act
    roles: tuple[RolePart, ...] = Field(min_length=1)
    bodies: tuple[BodyPart, ...] = Field(min_length=1)
    blocks: tuple[BlockPart, ...]
    settlements: tuple[SettlementPart, ...]
    topics: tuple[str, ...]
    topics_note: str = ""
    block_decision: str | None = None
    composition_decision: str | None = None
    combinations: tuple[Combination, ...]
    substitutions: tuple[Substitution, ...]
    terms: tuple[Term, ...]
    reports: tuple[ReportPart, ...]
    channels: tuple[Channel, ...]
    route: tuple[RouteStep, ...]
    counterparts: tuple[Counterpart, ...]
    open_points: tuple[str, ...]

    def role(self, slug: str) -> RolePart:
        """Raise KeyError when the preset has no such role."""
        return {role.slug: role for role in self.roles}[slug]

    def facts(self) -> Facts:
        """The part of the preset that has no table of its own."""
        shared = {
            name: getattr(self, name) for name in Facts.model_fields if name in Preset.model_fields
        }
        return Facts(
            **shared,
            in_force_note=self.act.in_force_note,
            published_in=self.act.published_in,
            control=self.act.control,
            positions={r.slug: r.positions or (r.position,) for r in self.roles},
            vacant_roles=tuple(r.slug for r in self.roles if r.vacant),
            single_roles={r.slug: r.single for r in self.roles if r.single},
            decisions={r.slug: r.decision for r in self.roles if r.decision},
            members=tuple(b.name for b in self.bodies if b.member),
            members_by_consent=tuple(b.name for b in self.bodies if b.by_consent),
            assumed_block_names=tuple(b.name for b in self.blocks if b.name_assumed),
        )
