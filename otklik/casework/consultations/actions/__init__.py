"""The only writers of what is held on ПОС."""

from otklik.casework.consultations.actions.comments import note_comment, register_comment
from otklik.casework.consultations.actions.dates import advance, remind
from otklik.casework.consultations.actions.preparing import NewConsultation, export, place, save
from otklik.casework.consultations.actions.results import (
    attach_protocol,
    cancel,
    finish,
    keep_results,
    publish,
    read_file,
)

__all__ = [
    "NewConsultation",
    "advance",
    "attach_protocol",
    "cancel",
    "export",
    "finish",
    "keep_results",
    "note_comment",
    "place",
    "publish",
    "read_file",
    "register_comment",
    "remind",
    "save",
]
