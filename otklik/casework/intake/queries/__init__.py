"""Reading imports: previews, runs, reports, profiles."""

from otklik.casework.intake.queries.differences import differences, record_of
from otklik.casework.intake.queries.earlier import duplicates_of, earlier_of_person, same_text
from otklik.casework.intake.queries.imports import (
    changes_of,
    problems_of,
    profile_by_name,
    profile_of,
    profiles,
    report_rows,
    run_of,
    runs,
    stalled_runs,
    upload_of,
)
from otklik.casework.intake.queries.networks import networks_of
from otklik.casework.intake.queries.previewing import Preview, preview
from otklik.casework.intake.queries.retention import Kept, kept_too_long

__all__ = [
    "Kept",
    "Preview",
    "changes_of",
    "differences",
    "duplicates_of",
    "earlier_of_person",
    "kept_too_long",
    "networks_of",
    "preview",
    "problems_of",
    "profile_by_name",
    "profile_of",
    "profiles",
    "record_of",
    "report_rows",
    "run_of",
    "runs",
    "same_text",
    "stalled_runs",
    "upload_of",
]
