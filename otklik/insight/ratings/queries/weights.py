"""The weights in force and the groups of peers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from django.db.models import QuerySet

from otklik.directory.organisation.models import Municipality
from otklik.directory.organisation.rules import Access
from otklik.insight.ratings.formulas import IN_FORCE
from otklik.insight.ratings.formulas.tally import Settings
from otklik.insight.ratings.models import CONTEST_DAYS, PeerGroup, Scheme
from otklik.insight.ratings.vocabulary import PartName, System
from otklik.records.journal.models import Entry
from otklik.records.journal.queries import recent

SETTINGS_KEY = "rating"
"""Where a preset may bring weights: `settings["rating"]`, of single systems under their names."""

WHOLE_NUMBERS = ("minimum", "prior")


@dataclass(frozen=True)
class Chosen:
    """What holds for one system; `scheme` is None where nobody has set weights here."""

    settings: Settings
    contest_days: int
    scheme: Scheme | None = None


def settings_of(
    municipality_id: int, system: System = System.WHOLE, preset: Any = None
) -> Settings:
    """The weights in force for one system. Two queries at most, one where `preset` (settings of
    the municipality) is read already."""
    return chosen_of(municipality_id, system, preset).settings


def chosen_of(municipality_id: int, system: System, preset: Any = None) -> Chosen:
    """Weights set by people, else those of the preset, else those of the edition in force."""
    scheme = Scheme.objects.filter(municipality_id=municipality_id, system=system).first()
    if scheme is not None:
        told = {**scheme.weights, "minimum": scheme.minimum, "prior": scheme.prior}
        return Chosen(read_settings(told, system), scheme.contest_days, scheme)
    given = preset
    if given is None:
        given = Municipality.objects.values_list("settings", flat=True).get(pk=municipality_id)
    told = given.get(SETTINGS_KEY, {}) if isinstance(given, dict) else {}
    if not isinstance(told, dict):
        told = {}
    inner = told.get(system.value)
    return Chosen(read_settings(inner if isinstance(inner, dict) else told, system), CONTEST_DAYS)


def read_settings(told: Mapping[str, Any], system: System) -> Settings:
    """Settings as told; broken values are passed over, unnamed parts weigh nothing.

    Where no part is named, or all of them are nothing, the weights of the edition hold.
    """
    known = {field.name for field in fields(Settings)}
    values: dict[str, Any] = {
        name: int(value) if name in WHOLE_NUMBERS else float(value)
        for name, value in told.items()
        if name in known and isinstance(value, int | float) and value >= 0
    }
    standing = IN_FORCE.defaults[system]
    weights = {part.value: values.get(part.value, 0.0) for part in PartName}
    rest = {name: values[name] for name in WHOLE_NUMBERS if name in values}
    if sum(weights.values()) <= 0:
        return replace(standing, **rest)
    return replace(standing, **weights, **rest)


def peer_groups(municipality_id: int) -> QuerySet[PeerGroup]:
    return PeerGroup.objects.filter(municipality_id=municipality_id)


def groups_of_bodies(municipality_id: int) -> dict[int, str]:
    """The name of the group by body. One query."""
    through = PeerGroup.bodies.through.objects.filter(peergroup__municipality_id=municipality_id)
    return dict(through.values_list("body_id", "peergroup__name"))


def history_of_weights(access: Access, names: Iterable[str]) -> list[Entry]:
    """Changes of weights and groups, newest first."""
    found = recent(access.municipality_id).filter(name__in=list(names))
    return list(found[:50])
