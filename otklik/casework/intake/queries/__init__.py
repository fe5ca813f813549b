"""Reading imports: previews, runs, reports, profiles."""

from otklik.casework.intake.queries.imports import (
    problems_of,
    profile_by_name,
    profiles,
    report_rows,
    run_of,
    runs,
    stalled_runs,
    upload_of,
)
from otklik.casework.intake.queries.previewing import Preview, preview

__all__ = [
    "Preview",
    "preview",
    "problems_of",
    "profile_by_name",
    "profiles",
    "report_rows",
    "run_of",
    "runs",
    "stalled_runs",
    "upload_of",
]
