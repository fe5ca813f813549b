"""The only writers of the organisation."""

from otklik.directory.organisation.actions.appointments import (
    appoint,
    end_appointment,
    name_substitute,
)
from otklik.directory.organisation.actions.presets import apply_preset
from otklik.directory.organisation.actions.regulations import (
    enter_into_force,
    store_regulation,
)
from otklik.directory.organisation.actions.structure import (
    add_role,
    change_role,
    save_body,
    set_block_members,
)

__all__ = [
    "add_role",
    "apply_preset",
    "appoint",
    "change_role",
    "end_appointment",
    "enter_into_force",
    "name_substitute",
    "save_body",
    "set_block_members",
    "store_regulation",
]
