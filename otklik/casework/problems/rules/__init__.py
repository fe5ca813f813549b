"""Pure rules of mass problems."""

from otklik.casework.problems.rules.causes import Cause, probable_cause
from otklik.casework.problems.rules.joining import LEAST, MOST_LEAST, fits, group_of
from otklik.casework.problems.rules.spikes import WEEKS, is_spike, usual_level
from otklik.casework.problems.rules.spikes import told as spike_told
from otklik.casework.problems.rules.wording import commonest, middle, personal_text, title_of

__all__ = [
    "LEAST",
    "MOST_LEAST",
    "WEEKS",
    "Cause",
    "commonest",
    "fits",
    "group_of",
    "is_spike",
    "middle",
    "personal_text",
    "probable_cause",
    "spike_told",
    "title_of",
    "usual_level",
]
