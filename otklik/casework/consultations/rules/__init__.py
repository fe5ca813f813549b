"""Pure rules of what is held on ПОС: files of results, figures, texts to place."""

from otklik.casework.consultations.rules.figures import checked_votes, share
from otklik.casework.consultations.rules.results import CommentRow, Problem, Reading, read_results
from otklik.casework.consultations.rules.texts import checked_link, checked_options, placing_text

__all__ = [
    "CommentRow",
    "Problem",
    "Reading",
    "checked_link",
    "checked_options",
    "checked_votes",
    "placing_text",
    "read_results",
    "share",
]
