"""Slots of a schedule."""

from otklik.casework.reception.rules.slots import Line, Slot, slots_on

__all__ = ["Line", "Slot", "slots_on"]
