"""The only writers of the organisation."""

from otklik.directory.organisation.actions.appointments import (
    appoint,
    end_appointment,
    name_substitute,
)
from otklik.directory.organisation.actions.blocks import (
    Member,
    place_body,
    save_block,
    set_block_members,
)
from otklik.directory.organisation.actions.centre import (
    note_consent,
    save_centre_card,
)
from otklik.directory.organisation.actions.changes import (
    ApprovingAct,
    NewChange,
    approve_change,
    propose_change,
    reject_change,
)
from otklik.directory.organisation.actions.duties import (
    hold_direction,
    mark_job_description,
    set_directions_due,
)
from otklik.directory.organisation.actions.library import change_legal_act, keep_legal_act
from otklik.directory.organisation.actions.people import (
    add_person,
    add_person_as_draft,
    block_person,
    unblock_person,
)
from otklik.directory.organisation.actions.presets import apply_preset
from otklik.directory.organisation.actions.protection import BOUNDS, Protection, save_protection
from otklik.directory.organisation.actions.regulations import (
    enter_into_force,
    repeal,
    store_regulation,
)
from otklik.directory.organisation.actions.structure import (
    add_role,
    archive_body,
    change_role,
    restore_body,
    save_body,
)

__all__ = [
    "BOUNDS",
    "ApprovingAct",
    "Member",
    "NewChange",
    "Protection",
    "add_person",
    "add_person_as_draft",
    "add_role",
    "apply_preset",
    "appoint",
    "approve_change",
    "archive_body",
    "block_person",
    "change_legal_act",
    "change_role",
    "end_appointment",
    "enter_into_force",
    "hold_direction",
    "keep_legal_act",
    "mark_job_description",
    "name_substitute",
    "note_consent",
    "place_body",
    "propose_change",
    "reject_change",
    "repeal",
    "restore_body",
    "save_block",
    "save_body",
    "save_centre_card",
    "save_protection",
    "set_block_members",
    "set_directions_due",
    "store_regulation",
    "unblock_person",
]
