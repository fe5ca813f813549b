"""The only writers of norms, shares of time and notes of time."""

from otklik.insight.workload.actions.norms import drop_norm, guess_norms, set_norm
from otklik.insight.workload.actions.notes import note_time
from otklik.insight.workload.actions.shares import drop_share, set_share

__all__ = ["drop_norm", "drop_share", "guess_norms", "note_time", "set_norm", "set_share"]
