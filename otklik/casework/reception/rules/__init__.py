"""Slots of a schedule."""

from otklik.casework.reception.rules.slots import ChosenPlace, Line, Slot, chosen_place, slots_on

__all__ = ["ChosenPlace", "Line", "Slot", "chosen_place", "slots_on"]
