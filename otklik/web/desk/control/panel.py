"""The part of the card that tells how soon the case was looked at, and who was reminded of it."""

from __future__ import annotations

from otklik.casework.appeals.models import Appeal
from otklik.casework.control.models import Told
from otklik.casework.control.queries.reaction import reaction_of
from otklik.casework.control.queries.steps import told_of
from otklik.directory.organisation.vocabulary import Permission
from otklik.web.desk.appeals.beside import has
from otklik.web.desk.appeals.panels import Panel
from otklik.web.desk.appeals.rights import Rights
from otklik.web.desk.control.discipline import span_words
from otklik.web.desk.frame import DeskRequest


def panel(request: DeskRequest, case: Appeal, rights: Rights) -> Panel | None:
    """Shown to those who control terms: one query."""
    if not request.access.allows(
        Permission.CONTROL, body_id=case.executor_body_id, channel=case.channel
    ):
        return None
    reaction = reaction_of(case)
    return Panel(
        "desk/control/panel.html",
        {
            "case": case,
            "first": span_words(reaction.first) if reaction else "",
            "waited": span_words(reaction.waited) if reaction and reaction.waited else "",
            "told": told_of(case.pk)[:5] if has(case, Told) else [],
            "may_remind": case.is_open and case.executor_body_id is not None,
        },
        aside=True,
    )
