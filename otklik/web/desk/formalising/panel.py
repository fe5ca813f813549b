"""The part of the card «Формализация»: what the text suggests, what was entered and by whom."""

from __future__ import annotations

from typing import Any

from otklik.casework.appeals.models import Appeal
from otklik.casework.formalising.queries import Part, parts_of
from otklik.casework.formalising.vocabulary import FormalState, MessageKind, ObjectKind
from otklik.directory.topics.queries import themes_of
from otklik.directory.topics.vocabulary import NOT_SIGNIFICANT, NOT_SIGNIFICANT_LABEL
from otklik.language.masking import for_work
from otklik.web.desk.appeals.bodies import bodies_once
from otklik.web.desk.appeals.panels import Panel
from otklik.web.desk.appeals.rights import Rights
from otklik.web.desk.frame import DeskRequest

SHAPES = {
    FormalState.PROPOSED: "draft",
    FormalState.ENTERED: "review",
    FormalState.CONFIRMED: "done",
}


def panel(request: DeskRequest, case: Appeal, rights: Rights) -> Panel:
    """Two queries, and one for the bodies of the whole page."""
    themes = themes_of(case.municipality_id)
    names = {one.slug: one.name for one in themes} | {NOT_SIGNIFICANT: NOT_SIGNIFICANT_LABEL}
    parts = parts_of(request.access, case, _reasons(case))
    context = {
        "case": case,
        "rows": [_row(case, part, rights) for part in parts],
        "many": len(parts) > 1,
        "theme": names.get(case.theme, ""),
        "themes": [(one.slug, one.name) for one in themes if one.in_use]
        + [(NOT_SIGNIFICANT, NOT_SIGNIFICANT_LABEL)],
        "kinds": MessageKind.choices,
        "objects": ObjectKind.choices,
        "bodies": bodies_once(request),
        "classifies": rights.classify,
    }
    return Panel("desk/formalising/panel.html", context)


def _reasons(case: Appeal) -> list[str]:
    """Words of the first suggestion of a topic, when the card has read the suggestions."""
    read = getattr(case, "suggested", None) or []
    return list(read[0].reasons) if read else []


def _row(case: Appeal, part: Part, rights: Rights) -> dict[str, Any]:
    found, said = part.found, part.suggested
    state = FormalState(found.state) if found else FormalState.PROPOSED
    given = found if found is not None and found.essence else None
    return {
        "part": part,
        "number": part.question.number,
        "found": found,
        "said": said,
        "state": state,
        "shape": SHAPES[state],
        "shown": given if state != FormalState.PROPOSED else None,
        "value": _values(case, part, rights),
        "kind_label": MessageKind(said.kind.kind).label,
        "may_accept": case.is_open and part.may_confirm and state == FormalState.PROPOSED,
    }


def _values(case: Appeal, part: Part, rights: Rights) -> dict[str, Any]:
    """What stands in the form: what was entered, else what is suggested."""
    found, said = part.found, part.suggested
    if found is not None and found.essence:
        return {
            "essence": found.essence,
            "kind": found.kind,
            "object_kind": found.object_kind,
            "object_name": found.object_name,
            "holder": found.holder_id,
            "cause": found.cause,
        }
    return {
        "essence": said.essence.text if rights.personal else for_work(said.essence.text).text,
        "kind": said.kind.kind,
        "object_kind": said.object.kind if said.object else "",
        "object_name": said.object.name if said.object else "",
        "holder": case.house.holder_id if case.house else None,
        "cause": said.cause,
    }
