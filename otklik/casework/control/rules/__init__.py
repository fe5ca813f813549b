"""When a step fires and when people may be disturbed. Pure."""

from otklik.casework.control.rules.quiet import Manners, may_disturb
from otklik.casework.control.rules.steps import Step, fires_at, worked_back

__all__ = ["Manners", "Step", "fires_at", "may_disturb", "worked_back"]
