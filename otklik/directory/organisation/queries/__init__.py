"""What a person may do here, and lists of the organisation."""

from otklik.directory.organisation.queries.access import (
    access_of,
    accesses_of,
    appointments_in_force,
    holders_of,
    municipalities_of,
)
from otklik.directory.organisation.queries.composition import (
    bodies,
    bodies_without,
    composition,
    municipality_by_slug,
    roles_with_grants,
    vacant_roles,
)
from otklik.directory.organisation.queries.duties import (
    Direction,
    acts_named_in,
    changes,
    described,
    directions,
    led_blocks,
    legal_acts,
    versions,
)
from otklik.directory.organisation.queries.keeping import (
    Branch,
    appointment_of,
    blocks_with_members,
    organisers_staying,
    own,
    people,
    tree,
)
from otklik.directory.organisation.queries.programs import access_of_role
from otklik.directory.organisation.queries.protection import (
    Door,
    door_of,
    factor_demanded,
    has_factor,
    password_length_for,
)
from otklik.directory.organisation.queries.reaching import reached
from otklik.directory.organisation.queries.regulation import (
    Foundation,
    centre_line,
    clause_labels,
    clause_register,
    foundations,
    regulation_facts,
    regulation_for,
    regulation_in_force,
)

__all__ = [
    "Branch",
    "Direction",
    "Door",
    "Foundation",
    "access_of",
    "access_of_role",
    "accesses_of",
    "acts_named_in",
    "appointment_of",
    "appointments_in_force",
    "blocks_with_members",
    "bodies",
    "bodies_without",
    "centre_line",
    "changes",
    "clause_labels",
    "clause_register",
    "composition",
    "described",
    "directions",
    "door_of",
    "factor_demanded",
    "foundations",
    "has_factor",
    "holders_of",
    "led_blocks",
    "legal_acts",
    "municipalities_of",
    "municipality_by_slug",
    "organisers_staying",
    "own",
    "password_length_for",
    "people",
    "reached",
    "regulation_facts",
    "regulation_for",
    "regulation_in_force",
    "roles_with_grants",
    "tree",
    "vacant_roles",
    "versions",
]
