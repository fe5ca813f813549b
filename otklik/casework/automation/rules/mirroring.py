"""Which other systems a rule of ours concerns. Pure."""

from __future__ import annotations

from otklik.casework.automation.rules.conditions import Group, parts_of
from otklik.casework.automation.vocabulary import Fact, Mode, Platform


def concerns(condition: Group, platform: Platform) -> bool:
    """Whether the rule may act on messages of the system: its channel is named, or none is."""
    mode, wanted, barred = parts_of(condition)
    if any(leaf.fact == Fact.CHANNEL and platform in leaf.values for leaf in barred):
        return False
    named = [leaf for leaf in wanted if leaf.fact == Fact.CHANNEL]
    if any(platform in leaf.values for leaf in named):
        return True
    # Joined by «any», the other conditions let in messages of every channel.
    return not named or (mode == Mode.ANY and len(named) < len(wanted))
