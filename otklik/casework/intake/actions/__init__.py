"""The only writers of what comes in: messages, cards, imports."""

from otklik.casework.intake.actions.differences import decide_difference
from otklik.casework.intake.actions.messages import take_message
from otklik.casework.intake.actions.networks import add_network, switch_network
from otklik.casework.intake.actions.profiles import edit_profile, remove_profile, save_profile
from otklik.casework.intake.actions.registering import take_to_bodies
from otklik.casework.intake.actions.running import (
    BATCH,
    RunSession,
    fail_import,
    run_import_chunk,
)
from otklik.casework.intake.actions.starting import start_import
from otklik.casework.intake.actions.take import classify, take
from otklik.casework.intake.actions.uploads import as_file, clear_uploads, keep_upload

__all__ = [
    "BATCH",
    "RunSession",
    "add_network",
    "as_file",
    "classify",
    "clear_uploads",
    "decide_difference",
    "edit_profile",
    "fail_import",
    "keep_upload",
    "remove_profile",
    "run_import_chunk",
    "save_profile",
    "start_import",
    "switch_network",
    "take",
    "take_message",
    "take_to_bodies",
]
