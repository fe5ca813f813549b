"""The only writers of formal parts."""

from otklik.casework.formalising.actions.checking import confirm, send_back
from otklik.casework.formalising.actions.entering import enter
from otklik.casework.formalising.actions.giving import give
from otklik.casework.formalising.rules import Entry

__all__ = ["Entry", "confirm", "enter", "give", "send_back"]
