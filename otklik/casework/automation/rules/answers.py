"""How far a ready answer may go by itself. Pure."""

from __future__ import annotations

from otklik.casework.automation.vocabulary import AnswerMode

ORDER = (AnswerMode.DRAFT, AnswerMode.APPROVAL, AnswerMode.SEND)


def allowed(wanted: AnswerMode, limit: AnswerMode, *, law59: bool, approved: bool) -> AnswerMode:
    """The wanted step, no further than the centre's limit.

    What no head has approved beforehand is a draft for a person to check. An answer to an
    обращение is signed by a person (59-ФЗ, art. 10 part 3): it stops at the approval.
    """
    if not approved:
        return AnswerMode.DRAFT
    furthest = AnswerMode.APPROVAL if law59 else AnswerMode.SEND
    return min(wanted, limit, furthest, key=ORDER.index)
