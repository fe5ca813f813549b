"""The alarms."""

from __future__ import annotations

from enum import StrEnum


class Alarm(StrEnum):
    LIFE = "life"
    SUICIDE = "suicide"
    GAS = "gas"
    WIRE = "wire"
    HATCH = "hatch"
    CHILDREN = "children"
    OUTAGE = "outage"
    THREAT = "threat"
    CORRUPTION = "corruption"
    OBSCENITY = "obscenity"

    @property
    def words(self) -> str:
        return _TITLES[self]

    @property
    def endangers(self) -> bool:
        """Whether somebody's life may hang on it."""
        return self in {Alarm.LIFE, Alarm.SUICIDE, Alarm.GAS, Alarm.WIRE, Alarm.HATCH}


_TITLES = {
    Alarm.LIFE: "угроза жизни и здоровью",
    Alarm.SUICIDE: "мысли о самоубийстве",
    Alarm.GAS: "запах или утечка газа",
    Alarm.WIRE: "оборванный провод",
    Alarm.HATCH: "открытый люк",
    Alarm.CHILDREN: "дети",
    Alarm.OUTAGE: "отключение",
    Alarm.THREAT: "угрозы",
    Alarm.CORRUPTION: "коррупция",
    Alarm.OBSCENITY: "брань",
}
