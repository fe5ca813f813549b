"""The only writers of the organisation."""

from otklik.directory.organisation.actions.appointments import (
    appoint,
    end_appointment,
    name_substitute,
)
from otklik.directory.organisation.actions.presets import apply_preset

__all__ = ["apply_preset", "appoint", "end_appointment", "name_substitute"]
