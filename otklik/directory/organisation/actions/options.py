"""Settings of single rooms that a municipality keeps beside its name."""

from __future__ import annotations

from typing import Any

from otklik.directory.organisation.models import Municipality


def set_option(*, municipality_id: int, name: str, value: Any) -> None:
    """Set or, with None, drop an option, inside the caller's transaction.

    The caller checks the right and records to the journal: it knows what the option means.
    """
    row = Municipality.objects.select_for_update().get(pk=municipality_id)
    if value is None:
        row.settings.pop(name, None)
    else:
        row.settings[name] = value
    row.save(update_fields=["settings"])
