"""The part of the card with what the law lets decide now, and what was decided."""

from __future__ import annotations

from itertools import groupby

from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.rules.naming import one_word
from otklik.casework.appeals.vocabulary import Regime
from otklik.casework.proceedings.models import Decision
from otklik.casework.proceedings.queries import decisions_of, offered
from otklik.casework.proceedings.rules.grounds import GroundTerms
from otklik.casework.proceedings.vocabulary import Verb
from otklik.web.desk.appeals.beside import has
from otklik.web.desk.appeals.panels import Panel
from otklik.web.desk.appeals.rights import Rights
from otklik.web.desk.frame import DeskRequest

ORDER = [str(verb) for verb in Verb]


def panel(request: DeskRequest, case: Appeal, rights: Rights) -> Panel | None:
    """Only what this person may do with the case as it stands: two queries."""
    grounds = offered(request.access, case)
    decided = list(decisions_of(case.pk).prefetch_related(None)) if has(case, Decision) else []
    law = case.regime == Regime.LAW59
    if not grounds and not decided and not law:
        return None
    context = {
        "case": case,
        "groups": grouped(grounds),
        "decided": decided,
        "law": law,
        "one_word": one_word(request.municipality.settings),
        "personal": rights.personal,
    }
    return Panel("desk/proceedings/panel.html", context, aside=True)


def grouped(grounds: list[GroundTerms]) -> list[tuple[str, list[GroundTerms]]]:
    """By what they decide, in the order of the law's verbs."""
    ordered = sorted(grounds, key=lambda one: ORDER.index(one.verb))
    return [
        (_label(verb), list(several)) for verb, several in groupby(ordered, lambda one: one.verb)
    ]


def _label(verb: str) -> str:
    label = Verb(verb).label
    return label[:1].upper() + label[1:]
