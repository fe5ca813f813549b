"""What other programs may be allowed."""

from __future__ import annotations

from otklik.directory.organisation.vocabulary import Permission

OFFERED = (Permission.VIEW_APPEALS, Permission.VIEW_PERSONAL, Permission.REGISTER)
"""The rights that the programs' door has a use for."""

CALLS_PER_MINUTE = 120
MOST_CALLS_PER_MINUTE = 6000
