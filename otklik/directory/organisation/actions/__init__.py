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
from otklik.directory.organisation.actions.people import add_person
from otklik.directory.organisation.actions.presets import apply_preset
from otklik.directory.organisation.actions.regulations import (
    enter_into_force,
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
    "Member",
    "add_person",
    "add_role",
    "apply_preset",
    "appoint",
    "archive_body",
    "change_role",
    "end_appointment",
    "enter_into_force",
    "name_substitute",
    "place_body",
    "restore_body",
    "save_block",
    "save_body",
    "set_block_members",
    "store_regulation",
]
