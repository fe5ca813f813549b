"""Parts of the card that other screens add, each with its own template and its own steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from otklik.casework.appeals.models import Appeal
from otklik.web.desk.appeals.rights import Rights
from otklik.web.desk.frame import DeskRequest


@dataclass(frozen=True)
class Panel:
    """The template is given `panel`, the values of `context`; `aside` puts it beside the text."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    aside: bool = False


PanelOf = Callable[[DeskRequest, Appeal, Rights], Panel | None]

PANELS: tuple[PanelOf, ...] = ()
"""In the order of the page. Each asks a fixed number of queries."""


def panels_of(request: DeskRequest, case: Appeal, rights: Rights) -> dict[str, list[Panel]]:
    """The parts that have something to say, as `main` and `aside`."""
    found = [panel for of in PANELS if (panel := of(request, case, rights))]
    return {
        "main": [panel for panel in found if not panel.aside],
        "aside": [panel for panel in found if panel.aside],
    }
