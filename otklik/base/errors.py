"""Errors that people read: a Russian sentence of what happened and what to do."""

from __future__ import annotations


class OtklikError(Exception):
    """What happened (`str(e)`) and how to mend it (`e.mend`), both Russian, fit to show."""

    def __init__(self, message: str, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend


class Forbidden(OtklikError):
    """The person has no right to do this."""


class Refused(OtklikError):
    """A rule of the law or of the centre says no."""


class Conflict(OtklikError):
    """Somebody else changed the thing meanwhile, or it is in another state now."""


class NotFound(OtklikError):
    """There is no such thing, or this person may not know that there is."""
