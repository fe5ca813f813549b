"""A rule that has changed must be entered anew in the systems that mirror it."""

from __future__ import annotations

from otklik.casework.automation.models import AutoRule, MirrorEntry
from otklik.casework.automation.vocabulary import MirrorState


def mark_stale(rule: AutoRule) -> int:
    """Mark what was entered of an earlier version; how many entries."""
    entered = MirrorEntry.objects.filter(
        rule=rule, state=MirrorState.ENTERED, version__lt=rule.version
    )
    return entered.update(state=MirrorState.STALE)
