"""The part of the card with the exchange with the ЦУР."""

from __future__ import annotations

from otklik.casework.appeals.models import Appeal
from otklik.casework.teamwork.queries import may_ask
from otklik.coordination.regional.models import RegionalItem
from otklik.coordination.regional.queries import items_of
from otklik.web.desk.appeals.beside import has
from otklik.web.desk.appeals.panels import Panel
from otklik.web.desk.appeals.rights import Rights
from otklik.web.desk.frame import DeskRequest


def panel(request: DeskRequest, case: Appeal, rights: Rights) -> Panel | None:
    """Nothing to those who may not ask where nothing was asked: one query."""
    rows = list(items_of(case.pk)) if has(case, RegionalItem) else []
    asks = may_ask(request.access, case)
    if not rows and not asks:
        return None
    context = {"case": case, "rows": rows, "may_ask": asks}
    return Panel("desk/regional/panel.html", context, aside=True)
