"""What a person may do here, and lists of the organisation."""

from otklik.directory.organisation.queries.access import (
    access_of,
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
from otklik.directory.organisation.queries.keeping import (
    Branch,
    appointment_of,
    blocks_with_members,
    organisers_staying,
    own,
    people,
    tree,
)
from otklik.directory.organisation.queries.regulation import (
    Foundation,
    clause_labels,
    clause_register,
    foundations,
    regulation_facts,
    regulation_for,
    regulation_in_force,
)

__all__ = [
    "Branch",
    "Foundation",
    "access_of",
    "appointment_of",
    "appointments_in_force",
    "blocks_with_members",
    "bodies",
    "bodies_without",
    "clause_labels",
    "clause_register",
    "composition",
    "foundations",
    "holders_of",
    "municipalities_of",
    "municipality_by_slug",
    "organisers_staying",
    "own",
    "people",
    "regulation_facts",
    "regulation_for",
    "regulation_in_force",
    "roles_with_grants",
    "tree",
    "vacant_roles",
]
