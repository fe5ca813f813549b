"""The only writers of findings, signals and advice."""

from otklik.casework.quality.actions.advice import follow, recommend
from otklik.casework.quality.actions.findings import (
    NewConflict,
    NewFault,
    mark_fault,
    record_conflict,
    settle,
)
from otklik.casework.quality.actions.missed import note_missed_terms
from otklik.casework.quality.actions.signals import confirm, dismiss, gather_signals

__all__ = [
    "NewConflict",
    "NewFault",
    "confirm",
    "dismiss",
    "follow",
    "gather_signals",
    "mark_fault",
    "note_missed_terms",
    "recommend",
    "record_conflict",
    "settle",
]
