"""Kinds of bodies rated as one: the administration with its units, institutions and so on."""

from __future__ import annotations

from dataclasses import dataclass

from otklik.directory.organisation.vocabulary import BodyKind


@dataclass(frozen=True)
class Family:
    """`pk` stands in addresses and snapshots: never given anew."""

    pk: int
    name: str
    kinds: tuple[BodyKind, ...]


FAMILIES = (
    Family(
        1,
        "Администрация и её подразделения",
        (
            BodyKind.ADMINISTRATION,
            BodyKind.DEPARTMENT,
            BodyKind.TERRITORIAL,
            BodyKind.OFFICIAL,
        ),
    ),
    Family(2, "Администрации поселений", (BodyKind.SETTLEMENT,)),
    Family(3, "Учреждения", (BodyKind.INSTITUTION,)),
    Family(4, "Предприятия", (BodyKind.ENTERPRISE,)),
    Family(5, "Внешние организации", (BodyKind.EXTERNAL,)),
)


def family_of(kind: str) -> Family:
    return next(one for one in FAMILIES if kind in one.kinds)
