"""Acts that an answer or a template names stay linked with it (tuapse:1.8)."""

from __future__ import annotations

from datetime import date

from otklik.casework.replies.models import Reply, ReplyTemplate
from otklik.directory.organisation.queries import acts_named_in


def link_acts(owner: Reply | ReplyTemplate, municipality_id: int) -> None:
    """Keep the links as the text stands now."""
    owner.acts.set(acts_named_in(municipality_id, owner.text))


def outdated_acts(reply: Reply, on: date) -> tuple[str, ...]:
    """Acts the answer refers to that are not in force on the day."""
    if not reply.pk:
        return ()
    return tuple(str(act) for act in reply.acts.all() if not act.in_force(on))
