"""The only writers of saved and frozen cuts."""

from otklik.insight.cuts.actions.freezing import freeze, supply
from otklik.insight.cuts.actions.mailing import send_due, set_mailing, stop_mailing
from otklik.insight.cuts.actions.saving import forget_cut, pin, save_cut, share_cut, unpin

__all__ = [
    "forget_cut",
    "freeze",
    "pin",
    "save_cut",
    "send_due",
    "set_mailing",
    "share_cut",
    "stop_mailing",
    "supply",
    "unpin",
]
