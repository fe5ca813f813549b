"""The part of the card with what rules did with the case."""

from __future__ import annotations

from otklik.casework.appeals.models import Appeal
from otklik.casework.automation.actions.erring import may_judge
from otklik.casework.automation.models import Firing
from otklik.casework.automation.queries.effect import firings_of
from otklik.casework.automation.rules import Why
from otklik.casework.automation.rules.describing import Names
from otklik.casework.automation.vocabulary import Fact
from otklik.web.desk.appeals.beside import has
from otklik.web.desk.appeals.panels import Panel
from otklik.web.desk.appeals.rights import Rights
from otklik.web.desk.automation.frame import KEEPERS
from otklik.web.desk.automation.trial import why_said
from otklik.web.desk.frame import DeskRequest

_TEXTUAL = (Fact.WORDS, Fact.PHRASE)


def panel(request: DeskRequest, case: Appeal, rights: Rights) -> Panel | None:
    """One query; nothing where no rule has acted."""
    fired = list(firings_of(case.pk)) if has(case, Firing) else []
    if not fired:
        return None
    context = {
        "rows": [{"firing": one, "why": _words(one.why)} for one in fired],
        "judges": may_judge(request.access, case),
        "opens": any(request.access.may(right) for right in KEEPERS),
    }
    return Panel("desk/automation/panel.html", context, aside=True)


def _words(why: list[list[str]]) -> str:
    """Only the words of the text: topic and place stand on the card anyway."""
    told = tuple(
        Why(Fact(fact), value, found) for fact, value, found in why if Fact(fact) in _TEXTUAL
    )
    return why_said(told, Names())
