"""What may be decided about a case now, and how the notice would read."""

from __future__ import annotations

from collections.abc import Mapping

from otklik.base import clock
from otklik.casework.appeals.models import Appeal
from otklik.casework.appeals.vocabulary import Regime
from otklik.casework.proceedings.queries.cases import facts_of, local_day
from otklik.casework.proceedings.queries.grounds import grounds_for
from otklik.casework.proceedings.rules.checks import Asked, CaseFacts, check_decision, check_regime
from otklik.casework.proceedings.rules.grounds import GroundTerms
from otklik.casework.proceedings.rules.notice import filled
from otklik.casework.proceedings.vocabulary import CLOSING, OF_MESSAGES, Verb
from otklik.directory.organisation.rules import Access
from otklik.directory.organisation.vocabulary import Permission

_OF_MESSAGE = "Рассмотрение сообщения № {номер} от {дата} прекращено по вашей просьбе."


def offered(access: Access, appeal: Appeal) -> list[GroundTerms]:
    """Grounds that this person may use on this case as it stands: one query."""
    return [terms for terms in grounds_for(appeal) if _fits(access, appeal, terms)]


def _fits(access: Access, appeal: Appeal, terms: GroundTerms) -> bool:
    if appeal.regime != Regime.LAW59 and terms.verb not in OF_MESSAGES:
        return False
    if terms.verb == Verb.RESUME and appeal.is_open:
        return False
    if (terms.verb in CLOSING or terms.verb == Verb.REQUEST) and not appeal.is_open:
        return False
    return access.allows(terms.permission, body_id=appeal.executor_body_id, channel=appeal.channel)


def notice_preview(
    appeal: Appeal, ground: GroundTerms, values: Mapping[str, str] | None = None
) -> str:
    """The notice as it will be sent; blanks that nobody filled yet disappear."""
    centre = appeal.municipality.centre_name or appeal.municipality.name
    known = {
        "номер": appeal.number,
        "дата": f"{local_day(appeal, appeal.received_at):%d.%m.%Y}",
        "центр": centre,
        **(values or {}),
    }
    template = ground.template if appeal.regime == Regime.LAW59 else _OF_MESSAGE
    return filled(template, known)


def check_of(access: Access, appeal: Appeal, ground: GroundTerms, asked: Asked) -> CaseFacts:
    """Whether the decision would be taken; raises what the action would (nothing is locked)."""
    access.require(
        Permission(ground.permission), body_id=appeal.executor_body_id, channel=appeal.channel
    )
    case = facts_of(appeal)
    if ground.verb not in OF_MESSAGES:
        check_regime(ground, case)
    check_decision(ground, case, asked, clock.today(appeal.municipality.tz))
    return case
