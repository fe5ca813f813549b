"""The only writers of forms and reports of bodies."""

from otklik.coordination.returns.actions.filling import hand_in, save_draft
from otklik.coordination.returns.actions.forms import NewForm, open_periods, save_form
from otklik.coordination.returns.actions.judging import accept, send_back
from otklik.coordination.returns.actions.reminding import remind

__all__ = [
    "NewForm",
    "accept",
    "hand_in",
    "open_periods",
    "remind",
    "save_draft",
    "save_form",
    "send_back",
]
