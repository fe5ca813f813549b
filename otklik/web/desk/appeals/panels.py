"""Parts of the card that other screens add, each with its own template and its own steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.module_loading import import_string

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

PANELS: tuple[str, ...] = (
    "otklik.web.desk.channels.panel.panel",
    "otklik.web.desk.likeness.panel.signals",
    "otklik.web.desk.problems.panel.panel",
    "otklik.web.desk.likeness.panel.panel",
    "otklik.web.desk.formalising.panel.panel",
    "otklik.web.desk.proceedings.panel.panel",
    "otklik.web.desk.teamwork.panel.panel",
    "otklik.web.desk.executor.panel.panel",
    "otklik.web.desk.quality.panel.panel",
    "otklik.web.desk.automation.panel.panel",
    "otklik.web.desk.control.panel.panel",
    "otklik.web.desk.tasks.panel.panel",
    "otklik.web.desk.regional.panel.panel",
    "otklik.web.desk.calls.panel.panel",
    "otklik.web.desk.imports.panel.panel",
)
"""Functions by name, for they import this module; in the order of the page. Each asks a fixed
number of queries."""


@cache
def _panels() -> tuple[PanelOf, ...]:
    return tuple(import_string(name) for name in PANELS)


def panels_of(request: DeskRequest, case: Appeal, rights: Rights) -> dict[str, list[Panel]]:
    """The parts that have something to say, as `main` and `aside`."""
    found = [panel for of in _panels() if (panel := of(request, case, rights))]
    return {
        "main": [panel for panel in found if not panel.aside],
        "aside": [panel for panel in found if panel.aside],
    }
